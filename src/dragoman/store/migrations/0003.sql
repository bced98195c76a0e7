-- Rows of other systems come in without their records in JSON, which are put together when they are read: what was
-- stored stays as it is, under another name, and the views of views.sql stand in its place.

ALTER TABLE documents RENAME COLUMN record TO whole;
ALTER TABLE documents RENAME TO document_rows;
ALTER TABLE events RENAME COLUMN record TO whole;
ALTER TABLE events RENAME TO event_rows;
CREATE TYPE foreign_row AS STRUCT(file VARCHAR, line BIGINT, "names" VARCHAR, cells VARCHAR, note VARCHAR, date JSON, place JSON, counts JSON);
ALTER TABLE event_rows ADD COLUMN imported foreign_row;

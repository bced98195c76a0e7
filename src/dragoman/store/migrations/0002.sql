-- The day of an event and of a statement beside it, so that what goes by time need not look up every document.

ALTER TABLE events ADD COLUMN published_day DATE;
ALTER TABLE events ADD COLUMN day DATE;
ALTER TABLE statements ADD COLUMN day DATE;
UPDATE events SET published_day = d.published_day FROM documents d WHERE d.id = events.document;
UPDATE events SET day = coalesce(date_start, published_day);
UPDATE statements SET day = date_start;
UPDATE statements SET day = d.published_day FROM documents d WHERE d.id = statements.document AND day IS NULL;

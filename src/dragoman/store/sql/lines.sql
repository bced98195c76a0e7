-- From `lines` (JSON Lines as `dragoman code` writes them, with their kind, id and document) to rows, by the shapes of shapes.py.
-- Of two documents of the same id the last stays.

CREATE OR REPLACE TEMP TABLE documents_in AS
SELECT n, json, json_transform(json, $document) AS r
FROM lines WHERE kind = 'document'
QUALIFY n = max(n) OVER (PARTITION BY id);

CREATE OR REPLACE TEMP TABLE events_in AS
SELECT e.n, e.json, e.r, NULL::foreign_row AS imported, row_number() OVER (PARTITION BY e.r.document ORDER BY e.n) - 1 AS place,
    d.r.sentences AS sentences, TRY_CAST(left(d.r.published, 10) AS DATE) AS published_day
FROM (
    SELECT n, json, json_transform(json, $event) AS r FROM lines WHERE kind = 'event'
) e JOIN documents_in d ON d.r.id = e.r.document AND e.n > d.n;

CREATE OR REPLACE TEMP TABLE statements_in AS
SELECT s.n, s.json, s.r, row_number() OVER (PARTITION BY s.r.document ORDER BY s.n) - 1 AS place,
    coalesce(s.r.content[1].start, s.r.cue.start) AS begins, d.r.sentences AS sentences,
    TRY_CAST(left(d.r.published, 10) AS DATE) AS published_day
FROM (
    SELECT n, json, json_transform(json, $statement) AS r FROM lines WHERE kind = 'statement'
) s JOIN documents_in d ON d.r.id = s.r.document AND s.n > d.n;

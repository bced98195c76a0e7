"""Make a store of many events for the benchmark of the service, out of a small one; the same call, the same store.

Each copy of the small store gets its own documents, ids, days and places; countries and names of the parties are drawn
anew by a hash of the row, a few of them often and many of them seldom, as in news. They stand in the order of days, as
news come in. Texts get a line of their own, so that they do not compress away. The whole
records are left empty: no list, count or picture of the service reads them.
"""

import shutil
from pathlib import Path

from dragoman.store import open_store

# A draw between 0 and 1 that depends on the row and on what is drawn alone.
DRAW = "CREATE OR REPLACE TEMP MACRO draw(row, salt) AS (hash(row, salt) % 1000003) / 1000003.0"
# Square of a draw: the first of a list come often, the last seldom.
PICK = "CREATE OR REPLACE TEMP MACRO pick(list, row, salt) AS list[1 + floor(len(list) * pow(draw(row, salt), 2))::INTEGER]"
MAKE = """
CREATE TEMP TABLE codes AS SELECT list(DISTINCT code ORDER BY code) AS codes FROM (
    SELECT unnest(countries) AS code FROM actors UNION ALL
    SELECT chr(65 + (i // 26)::INTEGER) || chr(65 + (i % 26)::INTEGER) || 'X' FROM range(150) t(i));
CREATE TEMP TABLE old_documents AS FROM document_rows;
CREATE TEMP TABLE old_events AS FROM event_rows;
CREATE TEMP TABLE old_actors AS FROM actors;
DELETE FROM document_rows; DELETE FROM event_rows; DELETE FROM actors; DELETE FROM statements; DELETE FROM sources;
DELETE FROM signatures; DELETE FROM copies;
INSERT INTO document_rows BY NAME
SELECT d.* REPLACE (
    substr(md5(d.id || '-' || c), 1, 16) AS id, NULL AS whole,
    DATE '2015-01-01' + floor(3650 * draw(d.id || c, 'day'))::INTEGER AS published_day,
    (DATE '2015-01-01' + floor(3650 * draw(d.id || c, 'day'))::INTEGER)::VARCHAR AS published,
    'Publisher ' || floor(400 * pow(draw(d.id || c, 'publisher'), 2))::INTEGER AS publisher,
    text || chr(10) || chr(10) || 'Number ' || md5(c::VARCHAR) || ' of ' || sha256(d.id || c) AS text)
FROM range($copies) t(c) CROSS JOIN old_documents d ORDER BY published_day, c;
INSERT INTO event_rows BY NAME
WITH drawn AS (
    SELECT e.* REPLACE (
        substr(md5(e.id || '-' || c), 1, 16) AS id, substr(md5(e.document || '-' || c), 1, 16) AS document, NULL AS whole,
        CASE WHEN e.date_start IS NOT NULL
            THEN DATE '2015-01-01' + floor(3650 * draw(e.document || c, 'day'))::INTEGER END AS date_start,
        CASE WHEN e.date_start IS NOT NULL
            THEN DATE '2015-01-01' + floor(3650 * draw(e.document || c, 'day'))::INTEGER END AS date_end,
        DATE '2015-01-01' + floor(3650 * draw(e.document || c, 'day'))::INTEGER AS published_day,
        DATE '2015-01-01' + floor(3650 * draw(e.document || c, 'day'))::INTEGER AS day,
        [{'name': 'Party ' || floor(20000 * pow(draw(e.id || c, 'a'), 3))::INTEGER, 'id': NULL, 'kind': a.kind,
            'country': [pick(codes, e.id || c, 'a')], 'sectors': a.sectors, 'role': a.role} for a in e.actors] AS actors,
        [{'name': 'Party ' || floor(20000 * pow(draw(e.id || c, 'r'), 3))::INTEGER, 'id': NULL, 'kind': a.kind,
            'country': [pick(codes, e.id || c, 'r')], 'sectors': a.sectors, 'role': a.role} for a in e.recipients] AS recipients,
        CASE WHEN e.place_country IS NOT NULL THEN pick(codes, e.id || c, 'a') END AS place_country,
        round(e.place_lat + floor(40 * draw(e.id || c, 'lat')) / 10, 5) AS place_lat,
        round(e.place_lon + floor(40 * draw(e.id || c, 'lon')) / 10, 5) AS place_lon)
    FROM range($copies) t(c) CROSS JOIN old_events e, codes ORDER BY published_day, c, e.document, e.position)
SELECT * REPLACE (
    list_distinct(flatten([a.country for a in actors])) AS actor_countries,
    list_distinct(flatten([a.country for a in recipients])) AS recipient_countries,
    flatten([[{'actor': a, 'recipient': r} for r in list_distinct(flatten([y.country for y in recipients]))]
        for a in list_distinct(flatten([x.country for x in actors]))]) AS dyads)
FROM drawn;
INSERT INTO actors BY NAME
SELECT document, id AS record, part, place - 1 AS position, a.name, a.id, a.kind, a.country AS countries, a.sectors, a.role
FROM (
    SELECT document, id, 'actor' AS part, unnest(actors) AS a, generate_subscripts(actors, 1) AS place FROM events UNION ALL
    SELECT document, id, 'recipient', unnest(recipients), generate_subscripts(recipients, 1) FROM events);
"""


def make(small: Path, out: Path, events: int) -> int:
    """Write a store of about so many events; returns how many."""
    shutil.copy(small, out)
    with open_store(out, write=True) as connection:
        connection.execute(DRAW)
        connection.execute(PICK)
        (there,) = connection.execute("SELECT count(*) FROM events").fetchone() or (0,)
        copies = max(1, round(events / there))
        for statement in MAKE.split(";\n"):
            if statement.strip():
                needs = "$copies" in statement
                connection.execute(statement, {"copies": copies} if needs else None)
        connection.execute("CHECKPOINT")
        (number,) = connection.execute("SELECT count(*) FROM events").fetchone() or (0,)
    return int(number)

-- Views for reading. They are made again whenever a store is written to by a newer version.

-- Events as one flat table: the columns of `dragoman code --to csv`, and whose copy the document is.
CREATE OR REPLACE VIEW event_table AS
WITH parties AS (
    SELECT
        document,
        record,
        list("name" ORDER BY "position") FILTER (part = 'actor') AS actor_names,
        list(coalesce(id, '') ORDER BY "position") FILTER (part = 'actor') AS actor_ids,
        list(kind ORDER BY "position") FILTER (part = 'actor') AS actor_kinds,
        list(array_to_string(countries, '/') ORDER BY "position") FILTER (part = 'actor') AS actor_countries,
        list(array_to_string(sectors, '/') ORDER BY "position") FILTER (part = 'actor') AS actor_sectors,
        list(coalesce("role", '') ORDER BY "position") FILTER (part = 'actor') AS actor_roles,
        list("name" ORDER BY "position") FILTER (part = 'recipient') AS recipient_names,
        list(coalesce(id, '') ORDER BY "position") FILTER (part = 'recipient') AS recipient_ids,
        list(kind ORDER BY "position") FILTER (part = 'recipient') AS recipient_kinds,
        list(array_to_string(countries, '/') ORDER BY "position") FILTER (part = 'recipient') AS recipient_countries,
        list(array_to_string(sectors, '/') ORDER BY "position") FILTER (part = 'recipient') AS recipient_sectors,
        list(coalesce("role", '') ORDER BY "position") FILTER (part = 'recipient') AS recipient_roles
    FROM actors WHERE part IN ('actor', 'recipient') GROUP BY document, record
),
chains AS (
    SELECT
        document,
        record,
        list("name" ORDER BY "position") AS attribution_names,
        list(array_to_string(countries, '/') ORDER BY "position") AS attribution_countries,
        list(coalesce(commitment, '') ORDER BY "position") AS attribution_commitments
    FROM sources GROUP BY document, record
)
SELECT
    e.document, d.source_id, d.url, d.title, d.publisher, d.published,
    e.id AS event, e.type, e.modes, e.contexts, e.quad, e.scale, e.cameo, e.goldstein,
    coalesce(p.actor_names, []) AS actor_names,
    coalesce(p.actor_ids, []) AS actor_ids,
    coalesce(p.actor_kinds, []) AS actor_kinds,
    coalesce(p.actor_countries, []) AS actor_countries,
    coalesce(p.actor_sectors, []) AS actor_sectors,
    coalesce(p.actor_roles, []) AS actor_roles,
    coalesce(p.recipient_names, []) AS recipient_names,
    coalesce(p.recipient_ids, []) AS recipient_ids,
    coalesce(p.recipient_kinds, []) AS recipient_kinds,
    coalesce(p.recipient_countries, []) AS recipient_countries,
    coalesce(p.recipient_sectors, []) AS recipient_sectors,
    coalesce(p.recipient_roles, []) AS recipient_roles,
    e.happened, e.polarity, e.realis, e.certainty,
    coalesce(c.attribution_names, []) AS attribution_names,
    coalesce(c.attribution_countries, []) AS attribution_countries,
    coalesce(c.attribution_commitments, []) AS attribution_commitments,
    e.date_start, e.date_end, e.date_precision, e.date_text,
    e.place_name, e.place_country, e.place_admin1, e.place_lat, e.place_lon, e.place_precision,
    e.place_geonames_id,
    e.counts.killed.low AS killed_low, e.counts.killed.best AS killed_best, e.counts.killed.high AS killed_high,
    e.counts.injured.low AS injured_low, e.counts.injured.best AS injured_best, e.counts.injured.high AS injured_high,
    e.counts.arrested.low AS arrested_low, e.counts.arrested.best AS arrested_best,
    e.counts.arrested.high AS arrested_high,
    e.counts.displaced.low AS displaced_low, e.counts.displaced.best AS displaced_best,
    e.counts.displaced.high AS displaced_high,
    e.counts.participants.low AS participants_low, e.counts.participants.best AS participants_best,
    e.counts.participants.high AS participants_high,
    e.counts.amount.low AS amount_low, e.counts.amount.best AS amount_best, e.counts.amount.high AS amount_high,
    e.trigger, e.trigger_start, e.trigger_end, e.sentence, e.sentence_text, e."statement", e.confidence, e.run,
    k.head AS copy_of,  -- id of the document that this one is a copy of, null where it is none; `copy_of IS NULL` counts once
    coalesce(e.date_start, d.published_day) AS day,  -- the first day of the act, else the day of publication
FROM events e
LEFT JOIN documents d ON d.id = e.document
LEFT JOIN parties p ON (p.document, p.record) = (e.document, e.id)
LEFT JOIN chains c ON (c.document, c.record) = (e.document, e.id)
LEFT JOIN copies k ON k.document = e.document;

-- Statements as one flat table, with their speakers.
CREATE OR REPLACE VIEW statement_table AS
WITH parties AS (
    SELECT
        document,
        record,
        list("name" ORDER BY "position") FILTER (part = 'speaker') AS speaker_names,
        list(coalesce(id, '') ORDER BY "position") FILTER (part = 'speaker') AS speaker_ids,
        list(kind ORDER BY "position") FILTER (part = 'speaker') AS speaker_kinds,
        list(array_to_string(countries, '/') ORDER BY "position") FILTER (part = 'speaker') AS speaker_countries,
        list(array_to_string(sectors, '/') ORDER BY "position") FILTER (part = 'speaker') AS speaker_sectors,
        list(coalesce("role", '') ORDER BY "position") FILTER (part = 'speaker') AS speaker_roles,
        list("name" ORDER BY "position") FILTER (part = 'addressee') AS addressee_names,
        list(array_to_string(countries, '/') ORDER BY "position") FILTER (part = 'addressee') AS addressee_countries
    FROM actors WHERE part IN ('speaker', 'addressee') GROUP BY document, record
),
chains AS (
    SELECT document, record, list("name" ORDER BY "position") AS attribution_names FROM sources GROUP BY document, record
)
SELECT
    s.document, d.source_id, d.url, d.title, d.publisher, d.published,
    s.id AS "statement", s.kind,
    coalesce(p.speaker_names, []) AS speaker_names,
    coalesce(p.speaker_ids, []) AS speaker_ids,
    coalesce(p.speaker_kinds, []) AS speaker_kinds,
    coalesce(p.speaker_countries, []) AS speaker_countries,
    coalesce(p.speaker_sectors, []) AS speaker_sectors,
    coalesce(p.speaker_roles, []) AS speaker_roles,
    s.cue, s.cue_lemma, s.content, s.content_start, s.content_end,
    coalesce(p.addressee_names, []) AS addressee_names,
    coalesce(p.addressee_countries, []) AS addressee_countries,
    coalesce(c.attribution_names, []) AS attribution_names,
    s.date_start AS occasion_date_start, s.date_end AS occasion_date_end,
    s.place_name AS occasion_place_name, s.place_country AS occasion_place_country,
    s.stance, s.asserts, s.event, s.sentence, s.sentence_text, s.confidence, s.run,
    k.head AS copy_of,  -- id of the document that this one is a copy of, null where it is none
FROM statements s
LEFT JOIN documents d ON d.id = s.document
LEFT JOIN parties p ON (p.document, p.record) = (s.document, s.id)
LEFT JOIN chains c ON (c.document, c.record) = (s.document, s.id)
LEFT JOIN copies k ON k.document = s.document;

-- Who did it to whom: one row an event and pair of countries, acts that happened, each article once.
CREATE OR REPLACE VIEW dyads AS
SELECT
    e.id AS event,  -- id of the event
    e.document,  -- id of the document
    pair.actor,  -- country of who did it
    pair.recipient,  -- country of whom it was done to; of an act done together, each is once the actor
    coalesce(e.date_start, d.published_day) AS day,  -- the first day of the act, else the day of publication
    e.type, e.quad, e.scale, e.goldstein, e.confidence
FROM (SELECT *, unnest(dyads) AS pair FROM events WHERE happened) e
LEFT JOIN documents d ON d.id = e.document
WHERE e.document NOT IN (SELECT document FROM copies);

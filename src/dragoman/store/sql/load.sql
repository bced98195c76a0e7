-- From `documents_in`, `events_in` and `statements_in` into the tables, in the transaction of the caller.
-- A document that comes replaces its earlier self with all its records.

DELETE FROM sources WHERE document IN (SELECT r.id FROM documents_in);
DELETE FROM actors WHERE document IN (SELECT r.id FROM documents_in);
DELETE FROM statements WHERE document IN (SELECT r.id FROM documents_in);
DELETE FROM event_rows WHERE document IN (SELECT r.id FROM documents_in);
DELETE FROM signatures WHERE document IN (SELECT r.id FROM documents_in);
DELETE FROM document_rows WHERE id IN (SELECT r.id FROM documents_in);

INSERT INTO document_rows BY NAME
SELECT r.id, r.url, r.title, r.publisher, r.byline, r."language", r.published,
    TRY_CAST(left(r.published, 10) AS DATE) AS published_day,
    r.retrieved, r.licence, r.place_line, r.source_id, r.text,
    coalesce(len(r.sentences), 0) AS sentences, coalesce(len(r.missed), 0) AS missed, r.run, json AS whole
FROM documents_in;

INSERT INTO event_rows BY NAME
SELECT * EXCLUDE (n, parties, one_side, mutual),
    CASE
        WHEN parties = 'sides'
            THEN flatten([[{'actor': a, 'recipient': b} for b in recipient_countries] for a in actor_countries])
        WHEN NOT mutual OR one_side < 2 THEN []
        WHEN len(actor_countries) > 1
            THEN flatten([[{'actor': a, 'recipient': b} for b in actor_countries if b <> a] for a in actor_countries])
        ELSE [{'actor': a, 'recipient': a} for a in actor_countries]
    END AS dyads,
    coalesce(date_start, published_day) AS day,
FROM (
    SELECT n, published_day,
        CASE WHEN len(r.recipients) > 0 THEN 'sides' ELSE 'together' END AS parties,
        len([a for a in r.actors if len(a.country) > 0]) AS one_side,
        r.type IN $mutual AS mutual,
        r.id, r.document, place AS "position", r.type, r.modes, r.contexts, r.quad.code AS quad, r.scale, r.cameo,
        r.goldstein,
        [{'name': a.name, 'id': a.id, 'kind': a.kind, 'country': a.country, 'sectors': a.sectors, 'role': a."role"}
            for a in r.actors] AS actors,
        [{'name': a.name, 'id': a.id, 'kind': a.kind, 'country': a.country, 'sectors': a.sectors, 'role': a."role"}
            for a in r.recipients] AS recipients,
        [{'name': s.source.name, 'country': s.source.country, 'commitment': s.commitment} for s in r.attribution]
            AS attribution,
        coalesce(list_sort(list_distinct(flatten([a.country for a in r.actors]))), []) AS actor_countries,
        coalesce(list_sort(list_distinct(flatten([a.country for a in r.recipients]))), []) AS recipient_countries,
        (r.status.polarity, r.status.realis, r.status.certainty) = ('affirmed', 'actual', 'certain') AS happened,
        r.status.polarity, r.status.realis, r.status.certainty,
        TRY_CAST(left(r.date.start, 10) AS DATE) AS date_start, TRY_CAST(left(r.date."end", 10) AS DATE) AS date_end,
        r.date.precision AS date_precision, r.date.text AS date_text,
        r.place.name AS place_name, r.place.country AS place_country, r.place.admin1 AS place_admin1,
        r.place.lat AS place_lat, r.place.lon AS place_lon, r.place.precision AS place_precision,
        r.place.geonames_id AS place_geonames_id,
        r.counts, r.trigger.text AS trigger, r.trigger.start AS trigger_start, r.trigger."end" AS trigger_end,
        r.sentence, CASE WHEN r.sentence >= 0 THEN sentences[r.sentence + 1].text END AS sentence_text,
        r."statement", r.confidence.record AS confidence, r.run, json AS whole, imported,
    FROM events_in
);

INSERT INTO statements BY NAME
SELECT * EXCLUDE (n, begins, sentences, number, published_day), coalesce(date_start, published_day) AS day,
    CASE WHEN begins < sentences[number].end THEN number - 1 END AS sentence,
    CASE WHEN begins < sentences[number].end THEN sentences[number].text END AS sentence_text,
FROM (
    SELECT n, begins, sentences, published_day, len([s for s in sentences if s.start <= begins]) AS number,
        r.id, r.document, place AS "position", r.kind, r.cue.text AS cue, r.cue.lemma AS cue_lemma,
        coalesce(array_to_string([c.text for c in r.content], ' … '), '') AS content,
        [{'name': a.name, 'id': a.id, 'kind': a.kind, 'country': a.country, 'sectors': a.sectors, 'role': a."role"}
            for a in r.speakers] AS speakers,
        [{'name': a.name, 'id': a.id, 'kind': a.kind, 'country': a.country, 'sectors': a.sectors, 'role': a."role"}
            for a in r.addressees] AS addressees,
        [{'name': s.source.name, 'country': s.source.country, 'commitment': s.commitment} for s in r.attribution]
            AS attribution,
        r.content[1].start AS content_start, r.content[-1]."end" AS content_end,
        TRY_CAST(left(r.occasion.date.start, 10) AS DATE) AS date_start,
        TRY_CAST(left(r.occasion.date."end", 10) AS DATE) AS date_end,
        r.occasion.date.precision AS date_precision, r.occasion.date.text AS date_text,
        r.occasion.place.name AS place_name, r.occasion.place.country AS place_country,
        r.occasion.place.admin1 AS place_admin1, r.occasion.place.lat AS place_lat, r.occasion.place.lon AS place_lon,
        r.occasion.place.precision AS place_precision, r.occasion.place.geonames_id AS place_geonames_id,
        [{'target': s.target.name, 'value': s."value", 'strength': s.strength} for s in r.stance] AS stance,
        r.asserts, r.event, r.confidence.record AS confidence, r.run, json AS record,
    FROM statements_in
);

INSERT INTO actors BY NAME
SELECT document, record, part, place - 1 AS "position", a.name, a.id, a.kind, a.country AS countries, a.sectors, a."role",
    a.resolved_by, a.confidence, a.mentions[1].text AS mention, a.mentions[1].start AS mention_start,
    a.mentions[1]."end" AS mention_end,
FROM (
    SELECT n, r.document AS document, r.id AS record, 'actor' AS part, unnest(r.actors) AS a,
        generate_subscripts(r.actors, 1) AS place
    FROM events_in
    UNION ALL
    SELECT n, r.document, r.id, 'recipient', unnest(r.recipients), generate_subscripts(r.recipients, 1)
    FROM events_in
    UNION ALL
    SELECT n, r.document, r.id, 'speaker', unnest(r.speakers), generate_subscripts(r.speakers, 1)
    FROM statements_in
    UNION ALL
    SELECT n, r.document, r.id, 'addressee', unnest(r.addressees), generate_subscripts(r.addressees, 1)
    FROM statements_in
);

INSERT INTO sources BY NAME
SELECT document, record, place - 1 AS "position", s.source.name, s.source.id, s.source.kind,
    s.source.country AS countries, s.source.sectors, s.source."role", s.cue.text AS cue, s.kind AS said, s.commitment,
    s."statement",
FROM (
    SELECT n, r.document AS document, r.id AS record, unnest(r.attribution) AS s,
        generate_subscripts(r.attribution, 1) AS place
    FROM events_in
    UNION ALL
    SELECT n, r.document, r.id, unnest(r.attribution), generate_subscripts(r.attribution, 1)
    FROM statements_in
);

INSERT INTO runs BY NAME
SELECT DISTINCT r.run AS id FROM documents_in WHERE r.run IS NOT NULL AND r.run NOT IN (SELECT id FROM runs) ORDER BY id;

-- Views for reading. They are made again whenever a store is written to by a newer version.

-- The pieces of a record that is put together of columns. Field for field, and in their order, as dragoman.records has them.
CREATE OR REPLACE MACRO span_record("start", "end", "text") AS
    {'start': "start", 'end': "end", 'text': "text", 'sentence': 0};
CREATE OR REPLACE MACRO party_record(p) AS {
    'name': p.name, 'id': p.id, 'kind': coalesce(p.kind, 'unknown'), 'country': p.country, 'sectors': p.sectors,
    'role': p."role", 'mentions': []::VARCHAR[], 'resolved_by': NULL, 'confidence': NULL};
CREATE OR REPLACE MACRO reason_records(field, given, "by", note) AS [
    {'field': field, 'value': v::VARCHAR, 'by': "by", 'evidence': []::VARCHAR[], 'alternatives': []::VARCHAR[],
        'probability': NULL, 'note': note}
    for v in given if v IS NOT NULL];
CREATE OR REPLACE MACRO kept_record("names", cells) AS
    map_from_entries(list_filter(list_zip(string_split("names", chr(31)), string_split(cells, chr(31))), lambda pair: pair[2] <> ''));

-- One row an article.
CREATE OR REPLACE VIEW documents AS
SELECT
    r.rowid,  -- number of the row in the file, by which it is found at once; another one when the article comes again
    r.* EXCLUDE (whole),
    CASE WHEN r.whole IS NOT NULL OR NOT starts_with(r.run, 'import:') THEN r.whole
        ELSE to_json({
            'record': 'document', 'id': r.id, 'text': r.text, 'url': r.url, 'title': r.title, 'publisher': r.publisher,
            'byline': r.byline, 'language': r."language", 'published': r.published, 'retrieved': r.retrieved,
            'licence': r.licence, 'place_line': r.place_line, 'removed': []::VARCHAR[],
            'sentences': [span_record(0, length(r.text), r.text)], 'source_id': r.source_id, 'entities': []::VARCHAR[],
            'missed': []::VARCHAR[], 'timexes': []::VARCHAR[], 'toponyms': []::VARCHAR[], 'run': r.run})
    END AS record,  -- the whole record, as in JSON Lines: sentences, removed, entities, missed, timexes, toponyms
FROM document_rows r;

-- One row an act in a document (a report of it).
CREATE OR REPLACE VIEW events AS
SELECT
    r.rowid,  -- number of the row in the file, by which it is found at once; another one when its article comes again
    r.* EXCLUDE (whole, imported),
    CASE WHEN r.imported IS NULL THEN r.whole
        ELSE to_json({
            'record': 'event', 'id': r.id, 'document': r.document, 'type': r.type, 'modes': r.modes, 'contexts': r.contexts,
            'quad': CASE WHEN r.quad IS NOT NULL THEN {'code': r.quad, 'name': ['verbal cooperation', 'material cooperation',
                'verbal conflict', 'material conflict'][r.quad]} END,
            'scale': r.scale, 'cameo': r.cameo, 'goldstein': r.goldstein,
            'actors': [party_record(p) for p in r.actors], 'recipients': [party_record(p) for p in r.recipients],
            'status': {'polarity': r.polarity, 'realis': r.realis, 'certainty': r.certainty},
            'attribution': [{
                'source': party_record({'name': s.name, 'id': NULL, 'kind': NULL, 'country': s.country,
                    'sectors': []::VARCHAR[], 'role': NULL}),
                'cue': NULL, 'kind': NULL, 'commitment': s.commitment, 'statement': NULL} for s in r.attribution],
            'date': r.imported.date, 'place': r.imported.place,
            -- Counts of a row have no words of their own: those of the act stand in for them.
            'counts': replace(r.imported.counts, '"span":null',
                concat('"span":', to_json(span_record(r.trigger_start, r.trigger_end, r.trigger))))::JSON,
            'trigger': span_record(r.trigger_start, r.trigger_end, r.trigger), 'sentence': r.sentence,
            'evidence': []::VARCHAR[], 'statement': r."statement",
            'confidence': CASE WHEN r.confidence IS NULL THEN '{}'::JSON ELSE to_json({'record': r.confidence}) END,
            'why': flatten([
                reason_records('type', [r.type], r.run, r.imported.note), reason_records('modes', r.modes, r.run, NULL),
                reason_records('contexts', r.contexts, r.run, NULL), reason_records('quad', [r.quad], r.run, NULL),
                reason_records('scale', [r.scale], r.run, NULL), reason_records('cameo', [r.cameo], r.run, NULL),
                reason_records('actors', [p.name for p in r.actors], r.run, NULL),
                reason_records('recipients', [p.name for p in r.recipients], r.run, NULL),
                reason_records('attribution', [s.name for s in r.attribution], r.run, NULL),
                reason_records('polarity', [r.polarity], r.run, NULL), reason_records('realis', [r.realis], r.run, NULL),
                reason_records('certainty', [r.certainty], r.run, NULL),
                reason_records('date', [CASE WHEN r.imported.date IS NOT NULL THEN coalesce(
                    nullif(r.imported.date->>'start', ''), nullif(r.imported.date->>'end', ''),
                    nullif(r.imported.date->>'text', ''), 'unknown') END], r.run, NULL),
                reason_records('place', [r.place_name], r.run, NULL),
                flatten([reason_records(concat('counts.', k), [r.imported.counts->>k->>'text'], r.run, NULL)
                    for k in json_keys(r.imported.counts)]),
                reason_records('row', [to_json(kept_record(r.imported.names, r.imported.cells))], r.run,
                    concat(r.imported.file, r.imported.line))]),
            'run': r.run})
    END AS record,  -- the whole record, as in JSON Lines: actors, recipients, evidence, why
FROM event_rows r;

-- Events as one flat table: the columns of `dragoman code --to csv`, and whose copy the document is.
CREATE OR REPLACE VIEW event_table AS
SELECT
    e.document, d.source_id, d.url, d.title, d.publisher, d.published,
    e.id AS event, e.type, e.modes, e.contexts, e.quad, e.scale, e.cameo, e.goldstein,
    [a.name for a in e.actors] AS actor_names,
    [coalesce(a.id, '') for a in e.actors] AS actor_ids,
    [a.kind for a in e.actors] AS actor_kinds,
    [array_to_string(a.country, '/') for a in e.actors] AS actor_countries,
    [array_to_string(a.sectors, '/') for a in e.actors] AS actor_sectors,
    [coalesce(a."role", '') for a in e.actors] AS actor_roles,
    [a.name for a in e.recipients] AS recipient_names,
    [coalesce(a.id, '') for a in e.recipients] AS recipient_ids,
    [a.kind for a in e.recipients] AS recipient_kinds,
    [array_to_string(a.country, '/') for a in e.recipients] AS recipient_countries,
    [array_to_string(a.sectors, '/') for a in e.recipients] AS recipient_sectors,
    [coalesce(a."role", '') for a in e.recipients] AS recipient_roles,
    e.happened, e.polarity, e.realis, e.certainty,
    [a.name for a in e.attribution] AS attribution_names,
    [array_to_string(a.country, '/') for a in e.attribution] AS attribution_countries,
    [coalesce(a.commitment, '') for a in e.attribution] AS attribution_commitments,
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
    e.day,  -- the first day of the act, else the day of publication
FROM events e
LEFT JOIN documents d ON d.id = e.document
LEFT JOIN copies k ON k.document = e.document;

-- Statements as one flat table: the columns of `dragoman code --records statements --to csv`.
CREATE OR REPLACE VIEW statement_table AS
SELECT
    s.document, d.source_id, d.url, d.title, d.publisher, d.published,
    s.id AS "statement", s.kind,
    [a.name for a in s.speakers] AS speaker_names,
    [coalesce(a.id, '') for a in s.speakers] AS speaker_ids,
    [a.kind for a in s.speakers] AS speaker_kinds,
    [array_to_string(a.country, '/') for a in s.speakers] AS speaker_countries,
    [array_to_string(a.sectors, '/') for a in s.speakers] AS speaker_sectors,
    [coalesce(a."role", '') for a in s.speakers] AS speaker_roles,
    s.cue, s.cue_lemma, s.content, s.content_start, s.content_end,
    [a.name for a in s.addressees] AS addressee_names,
    [coalesce(a.id, '') for a in s.addressees] AS addressee_ids,
    [a.kind for a in s.addressees] AS addressee_kinds,
    [array_to_string(a.country, '/') for a in s.addressees] AS addressee_countries,
    [array_to_string(a.sectors, '/') for a in s.addressees] AS addressee_sectors,
    [coalesce(a."role", '') for a in s.addressees] AS addressee_roles,
    [a.name for a in s.attribution] AS attribution_names,
    [array_to_string(a.country, '/') for a in s.attribution] AS attribution_countries,
    [coalesce(a.commitment, '') for a in s.attribution] AS attribution_commitments,
    s.date_start AS occasion_date_start, s.date_end AS occasion_date_end,
    s.date_precision AS occasion_date_precision, s.date_text AS occasion_date_text,
    s.place_name AS occasion_place_name, s.place_country AS occasion_place_country,
    s.place_admin1 AS occasion_place_admin1, s.place_lat AS occasion_place_lat, s.place_lon AS occasion_place_lon,
    s.place_precision AS occasion_place_precision, s.place_geonames_id AS occasion_place_geonames_id,
    [a.target for a in s.stance] AS stance_targets,
    [a."value" for a in s.stance] AS stance_values,
    [a.event for a in s.asserts] AS asserts,
    [coalesce(a.commitment, '') for a in s.asserts] AS asserts_commitments,
    s.event, s.sentence, s.sentence_text, s.confidence, s.run,
    k.head AS copy_of,  -- id of the document that this one is a copy of, null where it is none
FROM statements s
LEFT JOIN documents d ON d.id = s.document
LEFT JOIN copies k ON k.document = s.document;

-- Who did it to whom: one row an event and pair of countries, acts that happened, each article once.
CREATE OR REPLACE VIEW dyads AS
SELECT
    e.id AS event,  -- id of the event
    e.document,  -- id of the document
    pair.actor,  -- country of who did it
    pair.recipient,  -- country of whom it was done to; of an act done together, each is once the actor
    e.day,  -- the first day of the act, else the day of publication
    e.type, e.quad, e.scale, e.goldstein, e.confidence
FROM (SELECT *, unnest(dyads) AS pair FROM events WHERE happened) e
WHERE e.document NOT IN (SELECT document FROM copies);

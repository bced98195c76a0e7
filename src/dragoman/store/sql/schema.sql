-- Tables of a Dragoman store, version 3. The words after each column go into the file itself (COMMENT ON) and into
-- docs/store.md. No keys are declared: uniqueness is kept by the one writer, and loading a million rows stays quick.
-- Records are much alike: zstd writes them in half the time and a ninth of the room of what DuckDB would choose.

CREATE TYPE party AS STRUCT("name" VARCHAR, id VARCHAR, kind VARCHAR, country VARCHAR[], sectors VARCHAR[], "role" VARCHAR);
CREATE TYPE link AS STRUCT("name" VARCHAR, country VARCHAR[], commitment VARCHAR);
CREATE TYPE counted AS STRUCT(low DOUBLE, best DOUBLE, high DOUBLE);
CREATE TYPE foreign_row AS STRUCT(file VARCHAR, line BIGINT, "names" VARCHAR, cells VARCHAR, note VARCHAR, date JSON, place JSON, counts JSON);

-- What kind of file this is.
CREATE TABLE store (
    "key" VARCHAR,  -- `format` is "dragoman", `version` the version of these tables
    "value" VARCHAR,  -- its value
);

-- One row a program, with its model and tables, that made records.
CREATE TABLE runs (
    id VARCHAR,  -- twelve hex digits that every record carries
    version VARCHAR,  -- version of the program; null where the records came in from a file that names the id alone
    hashes JSON,  -- SHA-256 (16 hex digits) of model, codebook and knowledge
    options JSON,  -- options that change records
    machine VARCHAR,  -- instruction set, on which the last digits of a probability may depend
);

-- One row an input that was read, coded or not: where each document came from, and what is finished.
CREATE TABLE inputs (
    id VARCHAR,  -- 16 hex digits over the content and what its source says of it
    file VARCHAR,  -- the file it stood in; FEED#ID for an item of a feed
    line INTEGER,  -- its line there, counted from 1; null where the file is one text
    source_id VARCHAR,  -- the id that the input gave the text
    publisher VARCHAR,  -- the publisher that the input gave, also where another input gave the same text
    document VARCHAR,  -- id of the document made from it; null where it failed
    run VARCHAR,  -- the run that it is finished for
);

-- One row an input that failed, or that had to be mended before it was read.
CREATE TABLE errors (
    input VARCHAR,  -- id of the input; null where there was nothing to read (no such file)
    file VARCHAR,  -- where it stands
    line INTEGER,  -- its line there, counted from 1; null where the whole file is meant
    stage VARCHAR,  -- intake (bytes to document), coding (document to records), worker (its process ended)
    error VARCHAR,  -- name of the error's class
    what VARCHAR,  -- what was wrong
    "do" VARCHAR,  -- what to do about it
    lost BOOLEAN,  -- true if the text is not among the documents; false if it was mended and coded
    source_id VARCHAR,  -- the id that the input gave the text
    document VARCHAR,  -- id of the document, where it was read before the fault
    trace VARCHAR,  -- the traceback, only of errors nobody raised on purpose
);

-- What the view documents is made of.
CREATE TABLE document_rows (
    id VARCHAR,  -- 16 hex digits of SHA-256 over text and URL
    url VARCHAR,  -- address of the page
    title VARCHAR,  -- title of the article
    publisher VARCHAR,  -- who published it
    byline VARCHAR,  -- who wrote it
    "language" VARCHAR,  -- ISO 639-1
    published VARCHAR,  -- ISO 8601 date or timestamp of publication, as found
    published_day DATE,  -- its day
    retrieved VARCHAR,  -- when it was fetched
    licence VARCHAR,  -- under which licence
    place_line VARCHAR,  -- place of the dateline
    source_id VARCHAR,  -- the id that the input gave the text
    text VARCHAR,  -- title and body; the base of every offset
    sentences INTEGER,  -- how many sentences it has
    missed INTEGER,  -- how many words looked like an act or a statement and were not coded
    run VARCHAR,  -- id of the run that coded it; import:FORMAT for a row of another system, which has no article
    whole JSON USING COMPRESSION zstd,  -- the record as it came in; null for a row of another system, whose record is put together of the columns
);

-- What the view events is made of.
CREATE TABLE event_rows (
    id VARCHAR,  -- stable id of document, trigger and type
    document VARCHAR,  -- id of the document
    "position" INTEGER,  -- its place among the document's events, from 0
    type VARCHAR,  -- PLOVER type
    modes VARCHAR[],  -- PLOVER modes
    contexts VARCHAR[],  -- PLOVER contexts
    quad INTEGER,  -- 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
    scale DOUBLE,  -- PLOVER score, -10 (hostile) to 10 (friendly)
    cameo VARCHAR,  -- CAMEO code, with its leading zero
    goldstein DOUBLE,  -- Goldstein score of the CAMEO code
    actors party[],  -- who acts; all parties of an act done together. Table actors has more of them
    recipients party[],  -- whom it is done to, said to or aimed at
    actor_countries VARCHAR[],  -- countries of the actors, each once: ISO 3166-1 alpha-3, or UNO EUR IGO NGO MNC ISM IMG
    recipient_countries VARCHAR[],  -- countries of the recipients, each once
    dyads STRUCT(actor VARCHAR, recipient VARCHAR)[],  -- countries of who and whom, each pair once; of an act that parties do together, both ways
    happened BOOLEAN,  -- affirmed, actual and certain, so the text says
    polarity VARCHAR,  -- affirmed or negated
    realis VARCHAR,  -- actual, future, hypothetical or historical
    certainty VARCHAR,  -- certain, probable or possible
    attribution link[],  -- who says so, outermost first; empty: the outlet itself. Table sources has more of them
    date_start DATE,  -- first day, null where open or unknown
    date_end DATE,  -- last day, null where open or unknown
    date_precision VARCHAR,  -- minute … day, week, month, quarter, year, decade, range, unknown
    date_text VARCHAR,  -- the words that date it
    place_name VARCHAR,  -- where it took place, so the text says
    place_country VARCHAR,  -- ISO 3166-1 alpha-3
    place_admin1 VARCHAR,  -- first-order division
    place_lat DOUBLE,  -- degrees north, WGS 84
    place_lon DOUBLE,  -- degrees east, WGS 84
    place_precision VARCHAR,  -- exact, near, admin2, admin1, country, region or unknown
    place_geonames_id BIGINT,  -- id in GeoNames
    counts STRUCT(killed counted, injured counted, arrested counted, displaced counted, participants counted, amount counted),  -- how many, as the text gives it: low, best, high
    trigger VARCHAR,  -- the words that carry the act; in rows of other systems those that stand for it
    trigger_start INTEGER,  -- its first character in the document's text
    trigger_end INTEGER,  -- one past its last character
    sentence INTEGER,  -- number of its sentence, from 0
    sentence_text VARCHAR,  -- its sentence
    "statement" VARCHAR,  -- id of the statement that is this act
    confidence DOUBLE,  -- 0 to 1, of the whole record
    run VARCHAR,  -- id of the run that made it
    whole JSON USING COMPRESSION zstd,  -- the record as it came in; null for a row of another system, whose record is put together of the columns
    published_day DATE,  -- the day on which its document was published
    day DATE,  -- the first day of the act, else the day of publication; what filters and series by time go by
    imported foreign_row,  -- of a row of another system: file and line, the cells that no column holds and their names (parted by U+001F), a note on the type, and date, place and counts as in the record
);

-- One row a thing said.
CREATE TABLE statements (
    id VARCHAR,  -- stable id of document, cue and content
    document VARCHAR,  -- id of the document
    "position" INTEGER,  -- its place among the document's statements, from 0
    kind VARCHAR,  -- direct (all inside quotation marks), indirect or mixed
    cue VARCHAR,  -- the words that say that it is said
    cue_lemma VARCHAR,  -- their dictionary form
    content VARCHAR,  -- what is said; parts that other words divide are joined with ' … '
    content_start INTEGER,  -- its first character in the document's text
    content_end INTEGER,  -- one past its last character
    speakers party[],  -- who says it
    addressees party[],  -- to whom
    attribution link[],  -- who passed it on, outermost first
    date_start DATE,  -- first day on which it was said, null where open or unknown
    date_end DATE,  -- last day
    date_precision VARCHAR,  -- minute … day, week, month, quarter, year, decade, range, unknown
    date_text VARCHAR,  -- the words that date it
    place_name VARCHAR,  -- where it was said
    place_country VARCHAR,  -- ISO 3166-1 alpha-3
    place_admin1 VARCHAR,  -- first-order division
    place_lat DOUBLE,  -- degrees north, WGS 84
    place_lon DOUBLE,  -- degrees east, WGS 84
    place_precision VARCHAR,  -- exact, near, admin2, admin1, country, region or unknown
    place_geonames_id BIGINT,  -- id in GeoNames
    stance STRUCT(target VARCHAR, "value" VARCHAR, strength DOUBLE)[],  -- the side it takes: support, oppose, neutral or mixed
    asserts STRUCT(event VARCHAR, commitment VARCHAR)[],  -- events that the content speaks of, and how far the speaker stands behind them
    event VARCHAR,  -- id of the speech act that it is
    sentence INTEGER,  -- number of its first sentence, from 0
    sentence_text VARCHAR,  -- its first sentence
    confidence DOUBLE,  -- 0 to 1, of the whole record
    run VARCHAR,  -- id of the run that made it
    record JSON USING COMPRESSION zstd,  -- the whole record, as in JSON Lines: speakers, addressees, content, why
    day DATE,  -- the first day on which it was said, else the day of publication
);

-- One row an actor and the part it plays in an event or a statement.
CREATE TABLE actors (
    document VARCHAR,  -- id of the document
    record VARCHAR,  -- id of the event or statement
    part VARCHAR,  -- actor or recipient of an event; speaker or addressee of a statement
    "position" INTEGER,  -- its place in that list, from 0
    "name" VARCHAR,  -- canonical name
    id VARCHAR,  -- key in the knowledge base, null where unknown
    kind VARCHAR,  -- person, organisation, country, place, group, crowd or unknown
    countries VARCHAR[],  -- one code unless it truly stands for several states
    sectors VARCHAR[],  -- PLOVER sectors, primary first
    "role" VARCHAR,  -- the office as the text gives it
    resolved_by VARCHAR,  -- name, fuzzy, office+country, metonym, coreference, description or nationality
    confidence DOUBLE,  -- 0 to 1
    mention VARCHAR,  -- the words that name it in this record
    mention_start INTEGER,  -- their first character in the document's text
    mention_end INTEGER,  -- one past their last character
);

-- One row a link of the chain of those who say so; an event without one is told by the outlet itself.
CREATE TABLE sources (
    document VARCHAR,  -- id of the document
    record VARCHAR,  -- id of the event or statement that is passed on
    "position" INTEGER,  -- its place in the chain, 0 the outermost
    "name" VARCHAR,  -- canonical name of who says so
    id VARCHAR,  -- key in the knowledge base, null where unknown
    kind VARCHAR,  -- person, organisation, country, place, group, crowd or unknown
    countries VARCHAR[],  -- its countries
    sectors VARCHAR[],  -- its PLOVER sectors, primary first
    "role" VARCHAR,  -- the office as the text gives it
    cue VARCHAR,  -- the words that say that it says so
    said VARCHAR,  -- direct, indirect or mixed
    commitment VARCHAR,  -- asserts, denies, doubts or reports; null where the cue does not say
    "statement" VARCHAR,  -- id of the statement that carries it
);

-- One row a document that is a copy of another; the earliest of a group, its head, has no row.
CREATE TABLE copies (
    document VARCHAR,  -- id of the copy
    head VARCHAR,  -- id of the earliest document of its group
    kind VARCHAR,  -- exact (the same words) or near
    similarity DOUBLE,  -- share of the three-word sequences of both that stand in both (Jaccard), copy and head
);

-- One row a document: the sketch by which copies are found.
CREATE TABLE signatures (
    document VARCHAR,  -- id of the document
    scheme VARCHAR,  -- how it was made; a sketch of another scheme is made again
    words VARCHAR,  -- 16 hex digits over the words alone: equal for exact copies
    signature UINTEGER[],  -- MinHash of the three-word sequences
);

/** Which words of a text carry which part of a record, and where one part ends and another begins. */

/** Parts in the order in which a legend lists them. */
export const ROLES = ["actor", "act", "recipient", "speaker", "cue", "content", "source", "place", "date", "count", "missed"];

/** A text by Unicode code points, which is how records count; a JavaScript string counts otherwise beyond U+FFFF. */
export function codePoints(text) {
  return Array.from(text);
}

/** The words of an event: act, parties, sources, date, place, counts. */
export function eventMarks(event) {
  return [
    ...spans("act", [event.trigger]),
    ...actors("actor", event.actors),
    ...actors("recipient", event.recipients),
    ...sources(event.attribution),
    ...spans("date", [event.date?.span]),
    ...spans("place", [event.place?.span]),
    ...spans("count", Object.values(event.counts ?? {}).map((count) => count.span)),
  ];
}

/** The words of a statement: speakers, cue, content, addressees, sources, date and place of the occasion. */
export function statementMarks(statement) {
  return [
    ...actors("speaker", statement.speakers),
    ...actors("recipient", statement.addressees),
    ...spans("cue", [statement.cue]),
    ...spans("content", statement.content),
    ...sources(statement.attribution),
    ...spans("date", [statement.occasion?.date?.span]),
    ...spans("place", [statement.occasion?.place?.span]),
  ];
}

/** All marks of an article; each knows its record, misses have none. */
export function allMarks(coded) {
  const own = (record, marks) => marks.map((mark) => ({ ...mark, record: record.id }));
  return [
    ...coded.events.flatMap((event) => own(event, eventMarks(event))),
    ...coded.statements.flatMap((statement) => own(statement, statementMarks(statement))),
    ...spans("missed", (coded.document.missed ?? []).map((miss) => miss.span)),
  ];
}

/** Cut [start, end) where any mark begins or ends; each piece with the marks that cover it. */
export function pieces(start, end, marks) {
  const here = marks.filter((mark) => mark.start < end && start < mark.end);
  const edges = new Set([start, end]);
  for (const mark of here) for (const edge of [mark.start, mark.end]) if (start < edge && edge < end) edges.add(edge);
  const ordered = [...edges].sort((a, b) => a - b);
  return ordered.slice(0, -1).map((from, i) => {
    const to = ordered[i + 1];
    return { start: from, end: to, marks: here.filter((mark) => mark.start <= from && to <= mark.end) };
  });
}

/** Where a record stands in the text: its trigger, or its cue or content. */
export function anchor(record) {
  const first = record.trigger ?? [record.cue, ...(record.content ?? [])].filter(Boolean).sort((a, b) => a.start - b.start)[0];
  return first ?? { start: 0, end: 0, sentence: null };
}

function spans(role, list) {
  return list.filter(Boolean).map(({ start, end }) => ({ start, end, role }));
}

/** The mention that the record used, which is the first. */
function actors(role, list) {
  return spans(role, (list ?? []).map((actor) => actor.mentions?.[0]));
}

function sources(chain) {
  return (chain ?? []).flatMap((link) => [...actors("source", [link.source]), ...spans("cue", [link.cue])]);
}

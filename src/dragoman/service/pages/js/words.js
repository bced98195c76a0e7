/** Records in words: the short phrases that cards, tables and pictures share (as `dragoman explain` says them). */

const PLAIN = new Set(["affirmed", "actual", "certain"]);
const SAID = { denies: "denied by", doubts: "doubted by", reports: "reported by" };
export const QUADS = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];

/** Columns of the API that count by quad, in the order of QUADS. */
export const QUAD_COLUMNS = QUADS.map((name) => name.replace(" ", "_"));

/** The quad of most events of a row that has QUAD_COLUMNS, 1 to 4; 0 where it counts none. */
export function leadingQuad(row) {
  const counts = QUAD_COLUMNS.map((column) => row[column] || 0);
  const most = Math.max(...counts);
  return most ? counts.indexOf(most) + 1 : 0;
}

/** A name with its codes: "Andrei Rudenko (RUS GOV)". */
export function actorWords(actor) {
  const codes = [(actor.country ?? []).join("/"), (actor.sectors ?? []).join("/")].filter(Boolean).join(" ");
  return codes ? `${actor.name} (${codes})` : actor.name;
}

/** Names with codes, or a dash where the text names nobody. */
export function actorsWords(actors) {
  return (actors ?? []).map(actorWords).join(", ") || "—";
}

/** The type with its modes: "CONSULT/visit". */
export function typeWords(event) {
  return [event.type, ...(event.modes ?? [])].join("/");
}

/** What keeps an act from being a plain fact: negated, future, possible … */
export function statusWords(event) {
  const { polarity, realis, certainty } = event.status ?? {};
  return [polarity, realis, certainty].filter((value) => value && !PLAIN.has(value));
}

/** Who says so, nearest to the act first: "said by Im Chon Il, passed on by KCNA". */
export function chainWords(chain) {
  if (!chain?.length) return "";
  const [inner, ...outer] = [...chain].reverse();
  const name = (link) => (link.source ? actorWords(link.source) : actorWords(link));
  return [`${SAID[inner.commitment] ?? "said by"} ${name(inner)}`, ...outer.map((link) => `passed on by ${name(link)}`)].join(", ");
}

/** The days of a date, short: "2023-06-25", "2023-06-21/30", "2011…", or nothing where unknown. */
export function dayWords(date) {
  if (!date || (!date.start && !date.end)) return "";
  const { start, end, precision } = date;
  if (!start || !end) return `${start ?? ""}…${end ?? ""}`;
  if (precision === "month" && start.slice(0, 7) === end.slice(0, 7)) return start.slice(0, 7);
  if (precision === "year" && start.slice(0, 4) === end.slice(0, 4)) return start.slice(0, 4);
  if (start === end) return start;
  return `${start}/${start.slice(0, 8) === end.slice(0, 8) ? end.slice(8) : end}`;
}

/** The days and the words that gave them: "2023-06-25 (day: “Sunday”)". */
export function dateWords(date) {
  const days = dayWords(date);
  if (!days && !date?.text) return "";
  return `${days || "day not known"} (${date.text ? `${date.precision}: “${date.text}”` : date.precision})`;
}

/** A place with its country and how exact it is: "Beijing (CHN)", "near Goma (COD)". */
export function placeWords(place) {
  if (!place) return "";
  const near = place.precision === "near" ? "near " : "";
  return near + (place.country && place.precision !== "country" ? `${place.name} (${place.country})` : place.name);
}

/** How many: "20", "20 or more", "20 to 30 (25)", "about 200", or only the words. */
export function countWords({ low = null, best = null, high = null, text = "" }) {
  if (low !== null && high !== null) return low === high ? number(low) : `${number(low)} to ${number(high)}${best !== null ? ` (${number(best)})` : ""}`;
  if (low !== null) return `${number(low)} or more`;
  if (high !== null) return `${number(high)} or fewer`;
  return best !== null ? `about ${number(best)}` : `“${text}”`;
}

/** All counts of an act: "killed 20 or more, injured 3". */
export function countsWords(counts) {
  return Object.keys(counts ?? {}).sort().map((kind) => `${kind} ${countWords(counts[kind])}`).join(", ");
}

/** A number with thin spaces at thousands; whole numbers without ".0". */
export function number(value) {
  const [whole, part] = String(Number.isInteger(value) ? value : Math.round(value * 100) / 100).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, "\u202f") + (part ? `.${part}` : "");
}

/** "1 event", "2 events". */
export function plural(count, noun) {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** Confidence of a record, as a number or as a map with the key `record`; null where none is given. */
export function confidenceOf(record) {
  const value = typeof record.confidence === "number" ? record.confidence : record.confidence?.record;
  return value ?? null;
}

/** "2023-06-26" as "26 June 2023"; anything else as it is. */
export function longDay(day) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)/.exec(day ?? "");
  if (!parts) return day ?? "";
  const month = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"][parts[2] - 1];
  return month ? `${Number(parts[3])} ${month} ${parts[1]}` : day;
}

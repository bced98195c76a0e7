/** Events as a table, a page at a time; each row leads to its words in the article. */

import { address, ask, withMore } from "./api.js";
import { element, put } from "./dom.js";
import { current, filters, linkTo } from "./state.js";
import { chainWords, confidenceOf, placeWords, statusWords } from "./words.js";

const ROWS = 50;

/** Draw the page of the table that the state names. */
export async function table(place, signal) {
  const now = current();
  const { items, next } = await ask("events", withMore(filters(), { limit: ROWS, order: now.get("order"), cursor: now.get("cursor") }), signal);
  put(place, downloads("events", ["csv", "jsonl", "geojson"]),
    items.length ? element("div", { class: "wide" }, element("table", { class: "events" }, element("caption", { class: "unseen" }, "Events"), head(), element("tbody", {}, items.map(row)))) : nothing(),
    pages(next));
}

/** Links to the same records as files. */
export function downloads(path, forms) {
  const names = { csv: "CSV", jsonl: "JSON Lines", geojson: "GeoJSON" };
  return element("p", { class: "downloads" }, "These records as ", forms.map((form, i) => [i ? ", " : "",
    element("a", { href: address(path, withMore(filters(), { format: form })), download: `${path}.${form}` }, names[form])]));
}

/** What stands where no record meets the filters. */
export function nothing() {
  return element("p", { class: "none" }, "No record meets these filters.");
}

/** On to the next page, and back to the first. */
export function pages(next) {
  const first = current().has("cursor") && element("a", { href: linkTo({ cursor: null }) }, "First page");
  const on = next && element("a", { href: linkTo({ cursor: next }), rel: "next" }, "Next page");
  return (first || on) && element("nav", { class: "pages", "aria-label": "Pages of the list" }, first, on);
}

function head() {
  const order = current().get("order") ?? "newest";
  const sorted = (words, by) => element("a", { href: linkTo({ order: by === "newest" && order === "newest" ? "oldest" : by === "newest" ? null : by }) }, words, order === by ? " ↓" : by === "newest" && order === "oldest" ? " ↑" : "");
  return element("thead", {}, element("tr", {}, [sorted("Day", "newest"), "Act", "Who to whom", "In the words", sorted("Sure", "confidence")].map((words) => element("th", { scope: "col" }, words))));
}

function row(event) {
  const link = `article.html?id=${encodeURIComponent(event.document)}&record=${encodeURIComponent(event.id)}`;
  const names = (actors) => (actors ?? []).map((actor, i) => [i ? ", " : "", element("span", { title: actor.role ?? null }, actor.name)]);
  const chain = chainWords(event.attribution);
  return element("tr", {},
    element("td", { class: "day", "data-label": "Day" }, event.day ?? ""),
    element("td", { class: `act quad-${event.quad ?? 0}`, "data-label": "Act" }, element("a", { href: link }, event.type), event.modes?.length ? element("span", { class: "mode" }, ` ${event.modes.join(", ")}`) : null,
      statusWords(event).map((word) => element("span", { class: "state" }, word))),
    element("td", { class: "who", "data-label": "Who to whom" }, event.actors?.length ? names(event.actors) : element("span", { class: "nobody" }, "nobody named"),
      event.recipients?.length ? [element("span", { class: "arrow", "aria-label": "to" }, " → "), names(event.recipients)] : null,
      event.place && element("span", { class: "where" }, event.place.precision === "near" ? "" : event.place.precision === "exact" ? "at " : "in ", placeWords(event.place))),
    element("td", { class: "sentence", "data-label": "In the words" }, event.sentence_text, element("span", { class: "from" }, [event.publisher, chain].filter(Boolean).join(" · "))),
    element("td", { class: "sure", "data-label": "Sure" }, confidenceOf(event)?.toFixed(2) ?? ""));
}

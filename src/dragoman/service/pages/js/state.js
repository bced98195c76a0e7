/** The state of the page Corpus is its address: every filter and view is a parameter, so that each state is a link. */

/** Filters with the words that a reader sees, in the order in which chips show them. Those of the API have its names. */
export const FILTERS = {
  q: "words", scope: "looked for in", type: "type", quad: "class", mode: "mode", context: "context", country: "country", party: "party",
  actor: "actor", recipient: "recipient", actor_country: "country of the actor", recipient_country: "country of the recipient", place: "took place in",
  from: "from", until: "until", status: "status", min_confidence: "confidence at least", publisher: "publisher", document: "article", copies: "copies",
};
/** Filters of statements alone, which other views keep in the address and do not ask by. */
export const STATEMENT_FILTERS = { stance: "side taken", target: "towards" };
const VIEWS = ["table", "map", "network", "quotations", "articles"];
const SHOWN = ["view", "cursor", "step", "zoom", "map", "by", "edges", "order"]; // how things are shown, not which
const listeners = [];

/** The parameters of the address that this page knows. */
export function current() {
  const known = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(location.search)) if ((name in FILTERS || name in STATEMENT_FILTERS || SHOWN.includes(name)) && value) known.append(name, value);
  return known;
}

/** The view below the timeline. */
export function view() {
  const asked = current().get("view");
  return VIEWS.includes(asked) ? asked : VIEWS[0];
}

/** Only the filters, ready for the API; without: names left out, because a picture shows what lies around them. */
export function filters(without = []) {
  const kept = new URLSearchParams();
  for (const [name, value] of current()) if (name in FILTERS && !without.includes(name)) kept.append(name, value);
  return kept;
}

/** The filters of statements, for the one view that lists them. */
export function statementFilters() {
  const kept = new URLSearchParams();
  for (const [name, value] of current()) if (name in STATEMENT_FILTERS) kept.append(name, value);
  return kept;
}

/** All values of a filter. */
export function values(name) {
  return current().getAll(name);
}

/** The address after changes: name to value, list of values, or null to drop it. A change of filters begins at page one. */
export function linkTo(changes) {
  const next = current();
  if (!("cursor" in changes)) next.delete("cursor");
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of [value].flat()) if (one !== null && one !== undefined && one !== "") next.append(name, one);
  }
  return next.size ? `?${next}` : "./";
}

/** Go to the address after changes and tell everybody. quiet: neither a step in the history nor news. */
export function go(changes, { quiet = false } = {}) {
  const link = linkTo(changes);
  if (quiet) return history.replaceState(null, "", link);
  history.pushState(null, "", link);
  tell();
}

/** Add or take away one value of a filter. */
export function toggle(name, value) {
  const now = values(name);
  go({ [name]: now.includes(value) ? now.filter((one) => one !== value) : [...now, value] });
}

/** Be told of every change of state, also of those by the browser's back and forward. */
export function onChange(listener) {
  listeners.push(listener);
}

/** Links with these changes are followed without loading the page anew. */
export function follow(event) {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const to = new URL(link.href);
  const here = new URL("./", document.baseURI);
  if (to.origin !== here.origin || to.pathname !== here.pathname || link.hasAttribute("download") || link.target) return;
  event.preventDefault();
  history.pushState(null, "", to);
  tell();
}

function tell() {
  for (const listener of listeners) listener();
}

addEventListener("popstate", tell);

/** Articles that have events of this kind, a page at a time. */

import { ask, withMore } from "./api.js";
import { element, put } from "./dom.js";
import { current, filters } from "./state.js";
import { nothing, pages } from "./table.js";
import { longDay, plural } from "./words.js";

const TAKEN = ["q", "publisher", "from", "until", "country", "type", "copies"]; // the filters that /api/documents knows
const ROWS = 50;

/** Draw the list. */
export async function articles(place, signal) {
  const [asked, dropped] = shared(TAKEN);
  const { items, next } = await ask("documents", withMore(asked, { limit: ROWS, cursor: current().get("cursor") }), signal);
  put(place, dropped, items.length ? element("ol", { class: "articles" }, items.map(item)) : nothing(), pages(next));
}

/** The filters that an address knows, and a note on those that it does not. */
export function shared(taken, renamed = {}) {
  const asked = new URLSearchParams();
  const left = new Set();
  for (const [name, value] of filters()) taken.includes(renamed[name] ?? name) ? asked.append(renamed[name] ?? name, value) : left.add(name);
  return [asked, left.size > 0 && element("p", { class: "help" }, `Not filtered here by ${[...left].map((name) => name.replace("_", " ")).join(", ")}.`)];
}

function item(article) {
  return element("li", {},
    element("h3", {}, element("a", { href: `article.html?id=${encodeURIComponent(article.id)}` }, article.title ?? article.begins.slice(0, 80))),
    element("p", { class: "from" }, [article.publisher, longDay(article.published), plural(article.events, "event"), plural(article.statements, "statement"),
      article.copies ? plural(article.copies, "copy").replace("copys", "copies") : null].filter(Boolean).join(" · ")),
    element("p", { class: "begins" }, begins(article)));
}

function begins({ begins: words, title }) {
  const rest = title && words.startsWith(title) ? words.slice(title.length).trim() : words;
  return rest && `${rest.replace(/\s+\S*$/, "")} …`;
}

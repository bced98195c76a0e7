/** One coded article beside its records: the view that the pages Article and Try share. */

import { card } from "./card.js";
import { element, safeAddress } from "./dom.js";
import { anchor } from "./marks.js";
import { GROUPS, markedText } from "./text.js";
import { longDay, plural, typeWords } from "./words.js";

/**
 * The view of {document, events, statements}.
 *
 * addressOf(id): link of a record. hidden: set of groups of marks not shown. onState({record, hidden}): a reader chose.
 * Returns {node, choose(id, {move})}; move scrolls both sides to the record.
 */
export function reading(coded, { addressOf, definitions, hidden = new Set(), onState = () => {}, more = [] }) {
  const { document: article, events, statements } = coded;
  const byId = new Map(events.map((event) => [event.id, event]));
  let chosen = null;
  const text = markedText(coded, addressOf, (id) => choose(id, { side: "cards", told: true }));
  const around = { addressOf, definitions, show: (spans) => text.show(spans), titleOf: (id) => byId.has(id) && typeWords(byId.get(id)) };
  const records = [...events, ...statements].sort((a, b) => anchor(a).start - anchor(b).start);
  const cards = new Map(records.map((record) => [record.id, card(record, around)]));
  const list = element("div", { class: "cards", tabindex: 0, role: "region", "aria-label": "Records" },
    cards.size ? [...cards.values()] : element("p", { class: "none" }, "Nothing coded: nothing here looked like an act or a statement."));

  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-record]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(link.dataset.record === chosen ? null : link.dataset.record, { side: "text", told: true });
  });

  /** side: which side scrolls to the record, "text", "cards" or "both"; told: the page's address follows. */
  function choose(id, { side = "both", told = false } = {}) {
    chosen = cards.has(id) ? id : null;
    const words = text.choose(chosen);
    for (const [one, node] of cards) {
      node.classList.toggle("chosen", one === chosen);
      node.querySelector("h3 a").setAttribute("aria-current", one === chosen ? "true" : "false");
    }
    if (chosen && side !== "cards") words?.scrollIntoView({ block: "center", behavior: calm() });
    if (chosen && side !== "text") {
      cards.get(chosen).scrollIntoView({ block: "nearest", behavior: calm() });
      if (told) cards.get(chosen).querySelector("h3 a").focus({ preventScroll: true });
    }
    if (told) onState({ record: chosen, hidden });
  }

  const node = element("div", { class: "reading" },
    element("section", { class: "sheet article", "aria-label": "Text" }, head(article), legend(hidden, (groups) => { text.hide(groups); onState({ record: chosen, hidden: groups }); }),
      text.node, aside(article, coded), more),
    element("section", { class: "records", "aria-label": `${plural(events.length, "event")} and ${plural(statements.length, "statement")}` },
      element("h2", {}, `${plural(events.length, "event")}, ${plural(statements.length, "statement")}`), list));
  text.hide(hidden);
  node.addEventListener("keydown", (event) => { if (event.key === "Escape" && chosen) choose(null, { told: true }); });
  return { node, choose };
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

/** Publisher, day and place above the text, and the title where the text does not begin with it. */
function head(article) {
  const titled = article.title && !article.text.startsWith(`${article.title}\n`);
  return element("header", { class: "about" },
    element("p", {}, [article.publisher, longDay(article.published), article.place_line, article.byline].filter(Boolean).map((words, i) => [i ? " · " : "", element("span", {}, words)]),
      safeAddress(article.url) && [" · ", element("a", { href: article.url, rel: "noreferrer noopener" }, "source")]),
    titled && element("h1", {}, article.title));
}

/** The signs of the marks; each can be switched off. */
function legend(hidden, onChange) {
  const box = ([group, { name, roles }]) => element("label", {},
    element("input", { type: "checkbox", checked: !hidden.has(group), on: { change: (event) => { event.target.checked ? hidden.delete(group) : hidden.add(group); onChange(hidden); } } }),
    element("span", { class: `mark ${roles[0]}` }, name));
  return element("fieldset", { class: "legend" }, element("legend", {}, "Marks"), Object.entries(GROUPS).map(box));
}

/** What was seen and not coded, who is in the article, and what intake took out. */
function aside(article) {
  const section = (title, note, rows) => rows.length > 0 && element("details", { class: "aside" },
    element("summary", {}, `${title} `, element("span", { class: "number" }, rows.length)), element("p", { class: "help" }, note), element("ul", {}, rows));
  const row = (words, reason) => element("li", {}, element("q", {}, words), " ", element("span", { class: "reason" }, reason));
  return [
    section("Seen and not coded", "Words that looked like an act or a statement, and why they are none.", (article.missed ?? []).map((miss) => row(miss.span.text, miss.reason))),
    section("Taken out before reading", "What intake removed from the body: removed, never lost.", (article.removed ?? []).map((part) => row(part.text, part.reason))),
    section("Who is named", "Everybody in the article, with all words that mean them.", (article.entities ?? []).map(({ actor, mentions }) =>
      element("li", {}, element("b", {}, actor.name), " ", element("span", { class: "codes" }, [...actor.country, ...actor.sectors].join(" ")), " ",
        element("span", { class: "reason" }, [...new Set(mentions.map((mention) => mention.text))].join(", "))))),
  ];
}

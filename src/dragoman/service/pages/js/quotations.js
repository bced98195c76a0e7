/** What was said, by speaker; the newest of the page first, those who say most above. */

import { address, ask, withMore } from "./api.js";
import { shared } from "./articles.js";
import { element, put } from "./dom.js";
import { current, go, statementFilters } from "./state.js";
import { nothing, pages } from "./table.js";
import { longDay, plural } from "./words.js";

const TAKEN = ["q", "speaker", "country", "from", "until", "min_confidence", "publisher", "document", "copies"];
const ROWS = 200;
const SIDES = { "": "any side, or none", support: "supports", oppose: "opposes", mixed: "both supports and opposes", neutral: "takes neither side" };

/** Draw the page of statements, grouped by their first speaker. */
export async function quotations(place, signal) {
  const [asked, dropped] = shared(TAKEN, { party: "speaker", actor: "speaker" });
  for (const [name, value] of statementFilters()) asked.append(name, value);
  const csv = address("statements", withMore(asked, { format: "csv" }));
  const { items, next } = await ask("statements", withMore(asked, { limit: ROWS, cursor: current().get("cursor") }), signal);
  put(place, side(), element("p", { class: "downloads" }, "These statements as ", element("a", { href: csv, download: "statements.csv", "aria-label": "Statements as CSV" }, "CSV")), dropped,
    items.length ? element("div", { class: "speakers" }, bySpeaker(items).map(group)) : nothing(), pages(next));
}

/** Choice of the side that a speaker takes, and towards whom. */
function side() {
  const now = current();
  const sides = element("select", { id: "filter-stance", on: { change: () => go({ stance: sides.value || null }) } },
    Object.entries(SIDES).map(([value, words]) => element("option", { value, selected: value === (now.get("stance") ?? "") }, words)));
  const target = element("input", { id: "filter-target", type: "text", value: now.get("target") ?? "", autocomplete: "off", spellcheck: "false", on: { change: () => go({ target: target.value.trim() || null }) } });
  const field = (input, words) => element("p", { class: "field" }, element("label", { for: input.id }, words), input);
  return element("form", { class: "sides", "aria-label": "Side taken", on: { submit: (event) => { event.preventDefault(); if (target.value.trim() !== (now.get("target") ?? "")) go({ target: target.value.trim() || null }); } } },
    field(sides, "The speaker"), field(target, "towards (part of a name)"));
}

function bySpeaker(items) {
  const groups = new Map();
  for (const item of items) {
    const speaker = item.speakers?.[0] ?? { name: "Nobody named" };
    const key = `${speaker.id ?? ""} ${speaker.name}`;
    if (!groups.has(key)) groups.set(key, { speaker, items: [] });
    groups.get(key).items.push(item);
  }
  return [...groups.values()].sort((a, b) => b.items.length - a.items.length);
}

function group({ speaker, items }) {
  const name = items[0].speakers?.length
    ? element("button", { type: "button", class: "name", title: "Only this speaker", on: { click: () => go({ party: speaker.name }) } }, speaker.name)
    : element("span", { class: "name" }, speaker.name);
  return element("section", { class: "speaker" },
    element("h3", {}, name, " ", element("span", { class: "codes" }, [...(speaker.country ?? []), ...(speaker.sectors ?? [])].join(" "))),
    element("p", { class: "from" }, [speaker.role, plural(items.length, "statement")].filter(Boolean).join(" · ")),
    items.map(quote));
}

function quote(item) {
  const link = `article.html?id=${encodeURIComponent(item.document)}&record=${encodeURIComponent(item.id)}`;
  const stance = (item.stance ?? []).map((one) => `${one.value} ${one.target?.name ?? one.target}`).join(", ");
  return element("figure", {},
    element("blockquote", { class: item.kind === "indirect" ? "told" : "quoted" }, element("p", {}, item.content)),
    element("figcaption", {}, element("a", { href: link }, longDay(item.day) || "undated"), [item.publisher, stance].filter(Boolean).map((words) => ` · ${words}`)));
}

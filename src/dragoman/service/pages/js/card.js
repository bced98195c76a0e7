/** A card: one record as a reader asks: what, who to whom, was it so, who says so, when, where, how sure. */

import { element } from "./dom.js";
import { chainWords, confidenceOf, countsWords, dateWords, number, placeWords, QUADS, statusWords } from "./words.js";
import { why } from "./why.js";

/**
 * The card of an event or statement.
 *
 * around: {addressOf(id), definitions (code to meaning), show(spans), titleOf(event id) or null}.
 */
export function card(record, around) {
  const event = Boolean(record.trigger || record.type);
  const chain = chainWords(record.attribution);
  return element("article", { class: `card ${event ? `quad-${quadOf(record)}` : "statement"}`, id: `record-${record.id}`, "aria-labelledby": `name-${record.id}` },
    element("header", {},
      element("h3", { id: `name-${record.id}` }, element("a", { href: around.addressOf(record.id), "data-record": record.id }, event ? typeName(record) : statementName(record))),
      sure(record)),
    event ? parties(record.actors, record.recipients, record.trigger) : parties(record.speakers, record.addressees, record.cue),
    !event && quotation(record),
    statusWords(record).length > 0 && element("p", { class: "status" }, statusWords(record).map((word) => element("span", {}, word))),
    chain && element("p", { class: "chain" }, chain),
    facts(event ? eventFacts(record) : statementFacts(record, around)),
    why(record, around.definitions, around.show));
}

function quadOf(event) {
  return event.quad?.code ?? event.quad ?? 0;
}

function typeName(event) {
  return [element("span", { class: "type" }, event.type), event.modes?.length ? element("span", { class: "mode" }, ` ${event.modes.join(", ")}`) : null];
}

function statementName(statement) {
  return [element("span", { class: "type" }, "Statement"), element("span", { class: "mode" }, ` ${statement.kind}`)];
}

function parties(from, to, words) {
  return element("p", { class: "who" },
    from?.length ? names(from) : element("span", { class: "nobody" }, "nobody named"),
    words?.text && element("span", { class: "deed" }, ` ${words.text} `),
    to?.length ? [element("span", { class: "arrow", "aria-label": "to" }, "→ "), names(to)] : null);
}

function names(actors) {
  return actors.map((actor, i) => [i ? ", " : "", element("span", { class: "party", title: known(actor) || null }, element("b", {}, actor.name), codes(actor))]);
}

function codes(actor) {
  const words = [...(actor.country ?? []), ...(actor.sectors ?? [])].join(" ");
  return words && element("span", { class: "codes" }, ` ${words}`);
}

function known(actor) {
  return [actor.kind !== "unknown" && actor.kind, actor.role, actor.id, actor.resolved_by && `known by ${actor.resolved_by}`].filter(Boolean).join(", ");
}

function quotation(statement) {
  const said = (statement.content ?? []).map((span) => span.text).join(" … ");
  return said && element("blockquote", { class: statement.kind === "indirect" ? "told" : "quoted" }, element("p", {}, said));
}

function sure(record) {
  const value = confidenceOf(record);
  if (value === null) return null;
  return element("p", { class: "sure", title: `confidence ${value.toFixed(2)}` },
    element("span", { class: "unseen" }, "confidence "), element("meter", { min: 0, max: 1, value, "aria-hidden": "true" }), value.toFixed(2));
}

function facts(pairs) {
  const set = pairs.filter(([, value]) => (Array.isArray(value) ? value.length : value));
  return set.length > 0 && element("dl", {}, set.map(([label, value]) => element("div", {}, element("dt", {}, label), element("dd", {}, value))));
}

function eventFacts(event) {
  const quad = QUADS[quadOf(event) - 1];
  const given = (value) => value !== null && value !== undefined;
  const codes = [quad, given(event.scale) && `PLOVER ${number(event.scale)}`, event.cameo && `CAMEO ${event.cameo}`, given(event.goldstein) && `Goldstein ${number(event.goldstein)}`].filter(Boolean);
  return [
    ["when", dateWords(event.date)],
    ["where", placeWords(event.place)],
    ["how many", countsWords(event.counts)],
    ["context", (event.contexts ?? []).join(", ")],
    ["codes", codes.join(" · ")],
    ["categories", (event.categories ?? []).join(", ")],
  ];
}

function statementFacts(statement, { addressOf, titleOf }) {
  const link = (id, label) => element("a", { href: addressOf(id), "data-record": id }, titleOf(id) ?? `event ${id.slice(0, 8)}`, label ? ` (${label})` : "");
  return [
    ["when", dateWords(statement.occasion?.date)],
    ["where", placeWords(statement.occasion?.place)],
    ["takes a side", (statement.stance ?? []).map((stance) => `${stance.value} ${stance.target.name}`).join(", ")],
    ["is the act", statement.event ? [link(statement.event)] : []],
    ["speaks of", (statement.asserts ?? []).map((assertion, i) => [i ? ", " : "", link(assertion.event, assertion.commitment)])],
  ];
}

/** Why a record has its values: each decision with the rule or head that made it, its words, and the runners-up. */

import { element } from "./dom.js";

/** The reasons of a record, closed at first. show(spans): colours words of the text while a reason is looked at. */
export function why(record, definitions, show) {
  if (!record.why?.length) return null;
  const meaning = definitions.get(record.type);
  return element("details", { class: "why" },
    element("summary", {}, "Why"),
    meaning && element("p", { class: "meaning" }, element("b", {}, record.type), ` ${meaning}`),
    element("ul", {}, record.why.map((reason) => one(reason, show))));
}

function one(reason, show) {
  const spans = reason.evidence ?? [];
  const on = { pointerenter: () => show(spans), pointerleave: () => show([]) };
  return element("li", { on },
    element("p", { class: "decided" },
      element("span", { class: "field" }, reason.field), " ",
      element("b", {}, reason.value || "nothing said"), " ",
      chance(reason.probability)),
    element("p", { class: "by" }, kind(reason.by), " ", element("code", {}, reason.by)),
    spans.length > 0 && element("p", { class: "on" }, "on ", spans.map((span, i) => [i ? ", " : "", words(span, show)])),
    reason.alternatives?.length > 0 && element("p", { class: "others" }, "rather than ",
      reason.alternatives.map((other, i) => [i ? ", " : "", element("span", { class: "other" }, other.value, other.probability != null && [" ", chance(other.probability)])])),
    reason.note && element("p", { class: "note" }, reason.note));
}

/** The words of the evidence; a press shows them in the text. */
function words(span, show) {
  const press = () => show([span])?.scrollIntoView({ block: "center", behavior: "smooth" });
  return element("button", { type: "button", class: "words", on: { click: press, focus: () => show([span]), blur: () => show([]) } }, `“${span.text}”`);
}

/** A probability with a bar as long as it is high. */
function chance(value) {
  if (value === null || value === undefined) return null;
  const bar = element("meter", { min: 0, max: 1, value, "aria-hidden": "true" });
  return element("span", { class: "chance" }, bar, value.toFixed(2));
}

function kind(by) {
  if (by.startsWith("head:")) return "the model’s head";
  return /\.(toml|csv)/.test(by) ? "a row of" : "the rule";
}

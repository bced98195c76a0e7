/** The form of filters: it shows the state of the page and changes it; numbers beside choices say what they would give. */

import { ask } from "./api.js";
import { element, put } from "./dom.js";
import { current, FILTERS, filters, go, linkTo, STATEMENT_FILTERS, statementFilters, toggle, values, view } from "./state.js";
import { QUADS, number } from "./words.js";

const STATUS = { "": "happened, so the text says", negated: "negated", future: "announced or planned", hypothetical: "would, could, if", historical: "long ago", uncertain: "not certain", any: "any" };
/** Facets that the form needs; also asked for by corpus.js. */
export const FACETS = ["type", "quad", "country", "status", "publisher", "mode", "context", "place"];
const NAMES = { ...FILTERS, ...STATEMENT_FILTERS };
const SHOWN_COUNTRIES = 8;

/** Build the form inside `place`. Returns show({facets}), to be called after each answer of /api/facets. */
export function filterForm(place, names) {
  const rows = new Map();
  const types = element("fieldset", { class: "choices" }, element("legend", {}, "Type"));
  const quads = element("fieldset", { class: "choices quads" }, element("legend", {}, "Class"));
  const countries = element("fieldset", { class: "choices" }, element("legend", {}, "Country of a party"));
  const lists = Object.fromEntries(["publisher", "mode", "context", "place", "country", "party"].map((name) => [name, element("datalist", { id: `list-${name}` })]));
  const country = text("country-add", "Another country", "country", (value) => {
    const code = names.codeOf(value.replace(/ \(\d.*$/, ""));
    country.input.setCustomValidity(value && !code ? "No country of this name" : "");
    country.input.reportValidity();
    if (code && !values("country").includes(code)) toggle("country", code);
    if (code) country.input.value = "";
  });
  const party = text("party", "Actor or recipient", "party");
  party.input.addEventListener("input", later(async () => {
    if (party.input.value.length < 2) return;
    const { items } = await ask("actors", { q: party.input.value, limit: 12 });
    put(lists.party, items.map((item) => element("option", { value: item.name }, item.countries.join(" "))));
  }));
  const words = text("q", "Words", null);
  const scope = select("scope", "in", { "": "the sentence", article: "the whole article" });
  const status = select("status", "Status", STATUS);
  const sure = element("input", { id: "filter-min_confidence", type: "range", min: 0, max: 0.95, step: 0.05, on: {
    input: () => { sureWords.value = Number(sure.value).toFixed(2); },
    change: () => go({ min_confidence: Number(sure.value) || null }),
  } });
  const sureWords = element("output", { for: sure.id });
  const more = ["mode", "context", "publisher", "place"].map((name) => text(name, { place: "Took place in (code)" }[name] ?? capital(FILTERS[name]), name));
  const copies = element("input", { type: "checkbox", id: "filter-copies", on: { change: () => go({ copies: copies.checked ? "true" : null }) } });

  put(place, place.querySelector("summary"), element("form", { on: { submit: (event) => { event.preventDefault(); document.activeElement.dispatchEvent(new Event("change")); } } },
    element("div", { class: "pair" }, words.field, scope.field),
    party.field, quads, types, countries, country.field,
    element("div", { class: "pair" }, date("from", "From"), date("until", "Until")),
    status.field,
    element("p", { class: "field" }, element("label", { for: sure.id }, "Confidence at least ", sureWords), sure),
    element("details", {}, element("summary", {}, "More filters"), more.map((one) => one.field),
      element("p", { class: "field" }, element("label", { class: "check" }, copies, " count each printing of a copied article"))),
    Object.values(lists), element("button", { type: "submit", class: "unseen" }, "Apply")));

  return ({ facets }) => {
    const now = current();
    for (const { input, name } of [words, scope, status, party, ...more]) if (document.activeElement !== input) input.value = now.get(name) ?? "";
    for (const name of ["from", "until"]) place.querySelector(`#filter-${name}`).value = now.get(name) ?? "";
    sure.value = now.get("min_confidence") ?? 0;
    sureWords.value = Number(sure.value).toFixed(2);
    copies.checked = now.get("copies") === "true";
    choices(rows, types, "type", [...(facets.type ?? [])].sort((a, b) => (a.value < b.value ? -1 : 1)), (code) => code);
    choices(rows, quads, "quad", [1, 2, 3, 4].map((code) => ({ value: String(code), count: (facets.quad ?? []).find((one) => String(one.value) === String(code))?.count ?? 0 })), (code) => QUADS[code - 1]);
    choices(rows, countries, "country", (facets.country ?? []).slice(0, SHOWN_COUNTRIES), names.nameOf);
    for (const name of ["publisher", "mode", "context", "place"]) put(lists[name], (facets[name] ?? []).map(({ value, count }) => element("option", { value }, number(count))));
    put(lists.country, (facets.country ?? []).map(({ value, count }) => element("option", { value: names.nameOf(value) }, number(count))));
  };
}

/** What is filtered, as words that can be taken away one by one. */
export function chips(place, names) {
  const chip = ([name, value]) => {
    const shown = { quad: () => QUADS[value - 1], country: () => names.nameOf(value), actor_country: () => names.nameOf(value), recipient_country: () => names.nameOf(value),
      place: () => names.nameOf(value), status: () => STATUS[value], copies: () => "each printing", document: () => value.slice(0, 8), scope: () => "the whole article" }[name]?.() ?? value;
    const rest = values(name).filter((one) => one !== value);
    return element("a", { class: "chip", href: linkTo({ [name]: rest }) }, element("span", {}, `${NAMES[name]} `), element("b", {}, shown), element("span", { class: "x", "aria-label": "take away" }, "×"));
  };
  const all = [...filters(), ...(view() === "quotations" ? statementFilters() : [])];
  put(place, all.map(chip), all.length > 1 && element("a", { class: "chip clear", href: linkTo(Object.fromEntries(Object.keys(NAMES).map((name) => [name, null]))) }, "take all away"));
}

/** Boxes with counts. Rows are kept and renewed in place, so that the keyboard's focus stays where it is. */
function choices(rows, place, name, entries, label) {
  const chosen = values(name);
  const most = Math.max(1, ...entries.map(({ count }) => count));
  const listed = [...entries, ...chosen.filter((value) => !entries.some((one) => one.value === value)).map((value) => ({ value, count: 0 }))];
  for (const [key, row] of rows) if (row.place === place) row.node.hidden = !listed.some(({ value }) => key === `${name} ${value}`);
  for (const { value, count } of listed) {
    const key = `${name} ${value}`;
    if (!rows.has(key)) rows.set(key, choice(place, name, value, label(value)));
    const { node, box, bar, figure } = rows.get(key);
    if (node.parentNode !== place) place.append(node);
    box.checked = chosen.includes(value);
    figure.textContent = number(count);
    bar.setAttribute("width", `${(100 * count) / most}%`);
  }
}

function choice(place, name, value, words) {
  const box = element("input", { type: "checkbox", value, on: { change: () => toggle(name, value) } });
  const figure = element("span", { class: "figure" });
  const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  bar.setAttribute("height", "100%");
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("aria-hidden", "true");
  picture.append(bar);
  const node = element("label", { class: `choice ${name}-${value}` }, box, element("span", { class: "words" }, words), figure, picture);
  return { place, node, box, bar, figure };
}

function text(name, label, list, changed = (value) => go({ [name]: value.trim() || null })) {
  const input = element("input", { id: `filter-${name}`, list: list && `list-${list}`, autocomplete: "off", spellcheck: "false", type: name === "q" ? "search" : "text", on: { change: () => changed(input.value) } });
  return { name, input, field: element("p", { class: "field" }, element("label", { for: input.id }, label), input) };
}

function select(name, label, options) {
  const input = element("select", { id: `filter-${name}`, on: { change: () => go({ [name]: input.value || null }) } }, Object.entries(options).map(([value, words]) => element("option", { value }, words)));
  return { name, input, field: element("p", { class: "field" }, element("label", { for: input.id }, label), input) };
}

function date(name, label) {
  const input = element("input", { id: `filter-${name}`, type: "date", on: { change: () => go({ [name]: input.value || null }) } });
  return element("p", { class: "field" }, element("label", { for: input.id }, label), input);
}

function later(work, wait = 200) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(() => work().catch(() => {}), wait); };
}

function capital(words) {
  return words[0].toUpperCase() + words.slice(1);
}

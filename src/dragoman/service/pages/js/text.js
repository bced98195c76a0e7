/** The article's text with the words of its records marked; the choosing of one record; showing of evidence. */

import { element } from "./dom.js";
import { allMarks, codePoints, pieces, ROLES } from "./marks.js";
import { actorsWords, typeWords } from "./words.js";

/** Parts that a reader can hide, with their name in the legend; what is said by the same sign stands together. */
export const GROUPS = {
  act: { name: "act", roles: ["act", "cue"] },
  actor: { name: "actor or speaker", roles: ["actor", "speaker"] },
  recipient: { name: "recipient", roles: ["recipient"] },
  content: { name: "what is said", roles: ["content"] },
  source: { name: "source", roles: ["source"] },
  place: { name: "place", roles: ["place"] },
  date: { name: "date or number", roles: ["date", "count"] },
  missed: { name: "not coded", roles: ["missed"] },
};

/**
 * The text of a coded article.
 *
 * addressOf(record id): the link of a record. onChoose(id): somebody clicked its words.
 * Returns {node, choose(id or null), show([span, …]), hide(set of groups)}.
 */
export function markedText(coded, addressOf, onChoose) {
  const points = codePoints(coded.document.text);
  const marks = allMarks(coded);
  const records = new Map([...coded.events, ...coded.statements].map((record) => [record.id, record]));
  const linked = new Set();
  const made = [];

  const piece = ({ start, end, marks: over }) => {
    const words = points.slice(start, end).join("");
    if (!over.length) {
      const node = document.createTextNode(words);
      made.push({ node, start, end, marks: over });
      return node;
    }
    const anchors = over.filter((mark) => mark.record && mark.role === anchorRole(records.get(mark.record)));
    const id = anchors.map((mark) => mark.record).find((record) => !linked.has(record)) ?? anchors[0]?.record;
    const again = linked.has(id); // a trigger that other words cut in two is one stop of the Tab key, not two
    linked.add(id);
    const node = id
      ? element("a", { href: addressOf(id), title: titleOf(records.get(id)), tabindex: again ? -1 : null }, words)
      : element("span", {}, words);
    made.push({ node, start, end, marks: over });
    return node;
  };

  const node = element("div", { class: "text", lang: coded.document.language ?? "en" }, paragraphs(points).map(({ start, end }, i) => {
    const title = i === 0 && points.slice(start, end).join("") === coded.document.title;
    return element(title ? "h1" : "p", {}, pieces(start, end, marks).map(piece));
  }));
  node.addEventListener("click", (event) => {
    const hit = made.find((one) => one.node === event.target);
    const id = hit && recordAt(hit.marks, records, event.target.getAttribute("href"), addressOf);
    if (!id || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onChoose(id);
  });

  const choose = (id) => {
    node.classList.toggle("chosen", Boolean(id));
    for (const one of made) if (one.marks.length) one.node.className = classes(one.marks, id);
    return made.find((one) => one.marks.some((mark) => mark.record === id && mark.role === anchorRole(records.get(id))))?.node;
  };
  choose(null);
  return {
    node,
    choose,
    show: (spans) => highlight(made, spans),
    hide: (groups) => Object.keys(GROUPS).forEach((group) => node.classList.toggle(`hide-${group}`, groups.has(group))),
  };
}

/** The part by which a record is reached: its act, its cue, or what is said where there is no cue. */
function anchorRole(record) {
  if (!record) return null;
  return record.trigger ? "act" : record.cue ? "cue" : "content";
}

function titleOf(record) {
  return record.trigger ? `${typeWords(record)}: ${actorsWords(record.actors)} → ${actorsWords(record.recipients)}` : `Statement: ${actorsWords(record.speakers)}`;
}

/** Which record a click on these words means: that of the link, else the one with the shortest mark here. */
function recordAt(marks, records, href, addressOf) {
  const own = marks.filter((mark) => mark.record).sort((a, b) => a.end - a.start - (b.end - b.start));
  return own.find((mark) => href && addressOf(mark.record) === href)?.record ?? own[0]?.record;
}

function classes(marks, chosen) {
  const seen = chosen ? marks.filter((mark) => mark.record === chosen) : marks;
  const roles = ROLES.filter((role) => seen.some((mark) => mark.role === role));
  return ["mark", ...roles, ...(chosen && seen.length ? ["of-chosen"] : [])].join(" ");
}

/** Paragraphs as [start, end) in code points; one blank line stands between them. */
function paragraphs(points) {
  const found = [];
  let start = 0;
  for (let i = 0; i <= points.length; i++) {
    if (i === points.length || (points[i] === "\n" && points[i + 1] === "\n")) {
      if (i > start) found.push({ start, end: i });
      start = i + 2;
    }
  }
  return found;
}

/** Colour words without touching the document, where the browser can; returns the first element that holds them. */
function highlight(made, spans) {
  if (!globalThis.CSS?.highlights) return null;
  const ranges = spans.flatMap(({ start, end }) => made.filter((one) => one.start < end && start < one.end).map((one) => {
    const words = one.node.firstChild ?? one.node;
    const within = codePoints(words.data);
    const from = Math.max(start - one.start, 0);
    const to = Math.min(end, one.end) - one.start;
    const range = new Range();
    range.setStart(words, within.slice(0, from).join("").length);
    range.setEnd(words, within.slice(0, to).join("").length);
    return range;
  }));
  if (ranges.length) CSS.highlights.set("evidence", new Highlight(...ranges));
  else CSS.highlights.delete("evidence");
  return ranges[0]?.startContainer.parentElement ?? null;
}

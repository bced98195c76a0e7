/** The frame of a drawing: its name, its ways out (PNG, SVG, CSV), a line that says what is pointed at, its numbers. */

import { element, put } from "./dom.js";
import { savePng, saveSvg } from "./save.js";

/**
 * A frame without a drawing yet.
 *
 * name: also that of the files. controls: elements beside the name. Returns {node, draw, note, readout, numbers}:
 * draw(width → svg) draws now and whenever the width changes; note(words, …) stands below; readout(words) follows the
 * pointer and the focus; numbers(csv address, heads, rows) are the same data as a table and a file.
 */
export function picture(name, { controls = [], hint = "\u00a0" } = {}) {
  const drawing = element("div", { class: "drawing" });
  const line = element("p", { class: "readout", "aria-live": "polite" });
  const under = element("div", { class: "under" });
  const table = element("details", { class: "numbers" });
  const csv = element("a", { class: "way", hidden: true }, "CSV");
  const way = (words, save) => element("button", { type: "button", class: "way", "aria-label": `${name} as ${words}`, on: { click: () => save(drawing.querySelector("svg"), name) } }, words);
  const node = element("figure", { class: "picture" },
    element("figcaption", {}, element("h2", {}, name), element("div", { class: "controls" }, controls),
      element("p", { class: "ways" }, way("PNG", savePng), way("SVG", saveSvg), csv)),
    drawing, line, under, table);

  let make = null;
  let drawn = 0;
  const redraw = (force) => {
    const width = Math.floor(drawing.clientWidth);
    if (!make || !width || (!force && width === drawn)) return;
    drawn = width;
    put(drawing, make(width));
  };
  new ResizeObserver(() => redraw(false)).observe(drawing);
  return {
    node,
    draw: (how) => { make = how; redraw(true); },
    note: (...words) => put(under, words),
    readout: (words) => { line.textContent = words || hint; line.classList.toggle("hint", !words); },
    numbers: (address, heads, rows) => {
      csv.hidden = false;
      csv.href = address;
      csv.download = `${fileName(name)}.csv`;
      csv.setAttribute("aria-label", `${name} as CSV`);
      put(table, rows.length > 0 && [element("summary", {}, "The numbers"), element("div", { class: "wide", tabindex: 0, role: "region", "aria-label": `${name}: the numbers` }, element("table", {},
        element("thead", {}, element("tr", {}, heads.map((head) => element("th", { scope: "col" }, head)))),
        element("tbody", {}, rows.map((row) => element("tr", {}, row.map((cell, i) => element(i ? "td" : "th", i ? {} : { scope: "row" }, String(cell ?? ""))))))))]);
    },
  };
}

/** A file's name out of a picture's: "Who to whom" gives "who-to-whom". */
export function fileName(name) {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

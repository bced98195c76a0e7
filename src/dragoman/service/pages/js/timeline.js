/** Events over time: cooperation above the line, conflict below; a brush on it sets the filter of days. */

import { address, ask, withMore } from "./api.js";
import { brush } from "./brush.js";
import { element, shape } from "./dom.js";
import { key } from "./key.js";
import { lastDay, periodWords, stepFor, STEPS, tickWords } from "./periods.js";
import { picture } from "./picture.js";
import { current, filters, go } from "./state.js";
import { number, plural, QUAD_COLUMNS, QUADS } from "./words.js";

const HEIGHT = 150;
const EDGE = { left: 30, right: 6, top: 8, bottom: 20 };
const LABEL = 62; // pixels that a label of the axis needs
// Nearest to the line first: material acts weigh more and stand on it.
const UP = [1, 0];
const DOWN = [3, 2];

/** The timeline inside `place`. Returns show(signal). */
export function timeline(place) {
  const steps = element("select", { "aria-label": "Step", on: { change: () => go({ step: steps.value || null }) } },
    element("option", { value: "" }, "step: by itself"), STEPS.map((step) => element("option", { value: step }, `by ${step}`)));
  const zoom = element("button", { type: "button", on: { click: () => go({ zoom: current().has("zoom") ? null : "1" }) } });
  const frame = picture("Timeline", { controls: [steps, zoom], hint: "Drag over the picture, or move its two handles with the arrow keys, to choose days." });
  place.append(frame.node);
  let asked = "";
  let select = () => {};

  return async (signal) => {
    const now = current();
    const [from, until] = [now.get("from"), now.get("until")];
    const near = now.has("zoom") && (from || until);
    zoom.textContent = near ? "All days" : "Only these days";
    zoom.hidden = !from && !until;
    steps.value = now.get("step") ?? "";
    const asking = filters(near ? [] : ["from", "until"]);
    const step = STEPS.includes(now.get("step")) ? now.get("step") : await stepOf(asking, signal);
    const parameters = withMore(asking, { by: step });
    if (asked !== String(parameters)) {
      const { columns, rows, left_out: leftOut } = await ask("series", parameters, signal);
      asked = String(parameters);
      const periods = rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
      frame.draw((width) => {
        const drawn = draw(periods, step, width, frame.readout);
        select = drawn.select;
        select(current().get("from"), current().get("until"));
        return drawn.svg;
      });
      frame.readout("");
      frame.note(leftOutWords(leftOut));
      frame.numbers(address("series", withMore(parameters, { format: "csv" })),
        ["period", "events", ...QUADS], periods.filter((row) => row.events).map((row) => [periodWords(row.period, step), row.events, ...QUAD_COLUMNS.map((column) => row[column])]));
    }
    select(from, until);
  };
}

/** The step that suits the stretch of these events. */
async function stepOf(asking, signal) {
  const { facets } = await ask("facets", withMore(asking, { of: "month" }), signal);
  const months = facets.month.map(({ value }) => value).filter(Boolean).sort();
  return months.length ? stepFor(asking.get("from") ?? `${months[0]}-01`, asking.get("until") ?? `${months.at(-1)}-28`) : "month";
}

function draw(periods, step, width, readout) {
  const inner = width - EDGE.left - EDGE.right;
  const sums = (row, quads) => quads.reduce((sum, quad) => sum + row[QUAD_COLUMNS[quad]], 0);
  const up = Math.max(1, ...periods.map((row) => sums(row, UP)));
  const down = Math.max(1, ...periods.map((row) => sums(row, DOWN)));
  const unit = (HEIGHT - EDGE.top - EDGE.bottom) / (up + down);
  const zero = EDGE.top + up * unit;
  const bar = inner / Math.max(1, periods.length);
  const x = (i) => EDGE.left + i * bar;
  const every = Math.max(1, Math.ceil(LABEL / bar));
  const words = (row) => `${periodWords(row.period, step)}: ${plural(row.events, "event")}${QUADS.map((quad, i) => (row[QUAD_COLUMNS[i]] ? `, ${number(row[QUAD_COLUMNS[i]])} ${quad}` : "")).join("")}`;

  const stack = (row, i, quads, sign) => {
    let y = zero;
    return quads.map((quad) => {
      const height = row[QUAD_COLUMNS[quad]] * unit;
      if (!height) return null;
      y -= sign > 0 ? height : 0;
      const made = shape("rect", { class: `fill-quad-${quad + 1}`, x: x(i) + Math.min(1, bar * 0.1), y, width: Math.max(0.8, bar - Math.min(2, bar * 0.2)), height });
      y += sign > 0 ? 0 : height;
      return made;
    });
  };
  const ticks = [];
  let free = 0;
  periods.forEach((row, i) => {
    const label = tickWords(row.period, step, i, every);
    if (!label || x(i) < free || x(i) > width - 24) return;
    free = x(i) + LABEL * 0.8;
    ticks.push(shape("line", { class: "tick", x1: x(i), x2: x(i), y1: EDGE.top, y2: HEIGHT - EDGE.bottom + 4 }), shape("text", { class: "label", x: x(i) + 3, y: HEIGHT - 6 }, label));
  });
  const scale = [[up, zero - up * unit + 4], [down, zero + down * unit + 4]].map(([value, y]) => shape("text", { class: "label figure", x: EDGE.left - 6, y }, number(value)));
  const { node: signs, height: below } = key([1, 0, 3, 2].map((quad) => [shape("rect", { class: `fill-quad-${quad + 1}`, x: 2, y: 2, width: 10, height: 10 }), QUADS[quad]]), inner);
  const svg = shape("svg", { width, height: HEIGHT + below, viewBox: `0 0 ${width} ${HEIGHT + below}`, role: "group", "aria-label": `Events by ${step}, cooperation above the line, conflict below` },
    ticks, periods.map((row, i) => [stack(row, i, UP, 1), stack(row, i, DOWN, -1)]),
    shape("line", { class: "axis", x1: EDGE.left, x2: width - EDGE.right, y1: zero, y2: zero }), scale, shape("g", { transform: `translate(${EDGE.left} ${HEIGHT})` }, signs));
  const select = brush(svg, { left: EDGE.left, width: inner, top: EDGE.top, height: HEIGHT - EDGE.top - EDGE.bottom }, periods.map((row) => ({ first: row.period, last: lastDay(row.period, step), words: periodWords(row.period, step) })), {
    onPoint: (i) => readout(periods[i] ? words(periods[i]) : ""),
    onChoose: (from, until) => go({ from, until }),
  });
  return { svg, select };
}

function leftOutWords(leftOut) {
  const words = Object.entries(leftOut ?? {}).filter(([, count]) => count).map(([why, count]) => `${number(count)} ${why}`);
  return words.length > 0 && element("p", { class: "help" }, `Not drawn: ${words.join(", ")}.`);
}

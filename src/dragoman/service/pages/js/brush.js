/** A brush over periods: drag to choose some; two handles that the arrow keys move; Escape lets go. */

import { shape } from "./dom.js";

const WAIT = 450; // milliseconds after the last key before the choice counts

/**
 * Lay a brush over a drawing.
 *
 * box: {left, width, top, height} of the periods. periods: [{first, last, words}]. Returns select(from, until), days or
 * null, which shows a choice without telling.
 */
export function brush(svg, box, periods, { onPoint, onChoose }) {
  const bar = box.width / Math.max(1, periods.length);
  const clamp = (i) => Math.min(periods.length - 1, Math.max(0, i));
  const indexAt = (event) => clamp(Math.floor((event.clientX - svg.getBoundingClientRect().left - box.left) / bar));
  const shade = [0, 1].map(() => shape("rect", { class: "shade", y: box.top, height: box.height, "aria-hidden": "true" }));
  const cover = shape("rect", { class: "cover", x: box.left, y: box.top, width: box.width, height: box.height, "aria-hidden": "true" });
  const handles = ["First period", "Last period"].map((label) => shape("g", { class: "handle", role: "slider", tabindex: 0, "aria-label": label, "aria-valuemin": 0, "aria-valuemax": Math.max(0, periods.length - 1) },
    shape("rect", { class: "grip", x: -10, y: box.top, width: 20, height: box.height }), shape("line", { y1: box.top, y2: box.top + box.height }), shape("circle", { cy: box.top + box.height / 2, r: 5 })));
  svg.append(...shade, cover, ...handles);
  let range = [0, periods.length - 1];
  let timer = 0;

  const show = () => {
    const [from, to] = range;
    const [left, right] = [box.left + from * bar, box.left + (to + 1) * bar];
    shade[0].setAttribute("x", box.left);
    shade[0].setAttribute("width", Math.max(0, left - box.left));
    shade[1].setAttribute("x", right);
    shade[1].setAttribute("width", Math.max(0, box.left + box.width - right));
    handles.forEach((handle, side) => {
      handle.setAttribute("transform", `translate(${side ? right : left} 0)`);
      handle.setAttribute("aria-valuenow", Math.max(0, range[side]));
      handle.setAttribute("aria-valuetext", periods[range[side]]?.words ?? "");
    });
  };
  const choose = () => {
    const [from, to] = range; // a handle at its own end filters nothing
    onChoose(from > 0 ? periods[from].first : null, to < periods.length - 1 ? periods[to].last : null);
  };

  let held = null; // while the pointer is down: the index that stays, and whether it moved
  const down = (event, stays) => {
    if (event.button || !periods.length) return;
    held = stays;
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  };
  cover.addEventListener("pointerdown", (event) => { const i = indexAt(event); range = [i, i]; show(); down(event, i); });
  handles.forEach((handle, side) => handle.addEventListener("pointerdown", (event) => { down(event, range[1 - side]); handle.focus(); }));
  svg.addEventListener("pointermove", (event) => {
    const i = indexAt(event);
    onPoint(i);
    if (held === null) return;
    range = [Math.min(held, i), Math.max(held, i)];
    show();
  });
  svg.addEventListener("pointerup", () => { if (held !== null) { held = null; choose(); } });
  svg.addEventListener("pointercancel", () => { held = null; });
  svg.addEventListener("pointerleave", () => onPoint(-1));

  handles.forEach((handle, side) => {
    handle.addEventListener("focus", () => onPoint(range[side]));
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12, Home: -periods.length, End: periods.length }[event.key];
      if (event.key === "Escape") range = [0, periods.length - 1];
      else if (step === undefined) return;
      else range[side] = side ? Math.max(range[0], clamp(range[1] + step)) : Math.min(range[1], clamp(range[0] + step));
      event.preventDefault();
      show();
      onPoint(range[side]);
      clearTimeout(timer);
      timer = setTimeout(choose, WAIT);
    });
  });

  return (from, until) => {
    if (held !== null) return;
    const first = from ? periods.findIndex((period) => period.last >= from) : 0;
    const last = until ? periods.findLastIndex((period) => period.first <= until) : periods.length - 1;
    range = [first < 0 ? periods.length - 1 : first, last < 0 ? 0 : last];
    show();
  };
}

/** Where: points by how exactly the place is known, areas for events of which only the country is known. */

import { address, ask, withMore } from "./api.js";
import { world } from "./countries.js";
import { element, shape } from "./dom.js";
import { key } from "./key.js";
import { picture } from "./picture.js";
import { project, WORLD } from "./projection.js";
import { roving } from "./roving.js";
import { current, filters, go } from "./state.js";
import { leadingQuad, number, plural, QUAD_COLUMNS, QUADS } from "./words.js";

const TOP = 1000;
const LARGEST = 18; // radius in pixels of the place with most events
const SMALLEST = 3.5;
const STEPS = 5; // shades of areas
const CLOSEST = 40; // times the whole world
const AUTOMATIC = 9; // the closest that a map comes by itself: a lone point should still show where in the world it is
const SPREAD = 1.5; // events that fill more than this part of the world get all of it
const SIGNS = { exact: "exact", near: "near it", admin2: "district", admin1: "province" };

/** Draw the map of the filtered events. */
export async function map(place, signal) {
  const [answer, land] = await Promise.all([ask("map", withMore(filters(), { top: TOP }), signal), world()]);
  let view = null;
  const button = (label, words, press) => element("button", { type: "button", "aria-label": label, on: { click: press } }, words);
  const frame = picture("Map", { hint: "Point at a sign, or walk with the arrow keys; Enter keeps only events in its country. Drag to move.", controls: [button("Closer", "+", () => view.zoom(1.6)), button("Further", "−", () => view.zoom(1 / 1.6)), button("Show all events", "all", () => view.fit())] });
  place.replaceChildren(frame.node);
  frame.draw((width) => {
    view = draw(answer, land, width, frame.readout);
    return view.svg;
  });
  frame.readout("");
  frame.note(element("p", { class: "help" }, notes(answer, land)));
  const rows = [...answer.points.map((point) => [point.name, land.nameOf(point.country), point.precision, point.events, ...QUAD_COLUMNS.map((column) => point[column])]),
    ...answer.countries.filter((one) => one.country_only).map((one) => [land.nameOf(one.country), "", "country", one.country_only, "", "", "", ""])];
  frame.numbers(address("map", withMore(filters(), { top: TOP, format: "csv" })), ["place", "country", "precision", "events", ...QUADS], rows);
}

function draw({ points, countries }, land, width, readout) {
  const { node: signs, height: below } = key(legend({ points, countries }), width);
  const height = Math.round(Math.min(width * 0.47, 560));
  const only = new Map(countries.filter((one) => one.country_only).map((one) => [one.country, one]));
  const shade = shades([...only.values()].map((one) => one.country_only));
  const areas = land.countries.map(({ code, rings }) => {
    const counted = only.get(code);
    const path = shape("path", { class: counted ? `land area-${shade(counted.country_only)}` : "land", d: outline(rings), "aria-label": counted && `${land.nameOf(code)}: ${plural(counted.country_only, "event")}, no nearer place known` });
    path.where = counted && { code, xy: middle(rings) };
    return path;
  });
  const most = Math.max(1, ...points.map((point) => point.events));
  const dots = points.map((point) => {
    const r = Math.max(SMALLEST, Math.min(LARGEST, width / 45) * Math.sqrt(point.events / most));
    const dot = shape("circle", { class: `dot ${point.precision} quad-${leadingQuad(point)}`, r, "aria-label": dotWords(point, land) });
    dot.where = { code: point.country, xy: project([point.lon, point.lat]) };
    return dot;
  });
  const ground = shape("g", { class: "ground" }, areas);
  const svg = shape("svg", { class: "map", width, height: height + below, viewBox: `0 0 ${width} ${height + below}`, role: "group", "aria-label": "Map of events" },
    shape("rect", { class: "sea", width, height }), ground, shape("g", {}, dots), // the small ones come last and lie on top
    shape("rect", { class: "sea", y: height, width, height: below }), shape("g", { transform: `translate(0 ${height})` }, signs));

  const items = [...dots, ...areas.filter((area) => area.where)];
  const all = items.map((item) => item.where.xy);
  const state = camera(all, width, height);
  const at = (item) => [(item.where.xy[0] - state.x) * state.scale + width / 2, (item.where.xy[1] - state.y) * state.scale + height / 2];
  const look = () => {
    ground.setAttribute("transform", `translate(${width / 2} ${height / 2}) scale(${state.scale}) translate(${-state.x} ${-state.y})`);
    for (const dot of dots) dot.setAttribute("transform", `translate(${at(dot).join(" ")})`);
  };
  const remember = () => go({ map: [state.x, state.y].map((value) => value.toFixed(3)).join(",") + `,${state.scale_to_world.toFixed(2)}` }, { quiet: true });
  const zoom = (factor) => { state.scaleBy(factor); look(); remember(); };
  const fit = () => { Object.assign(state, camera(all, width, height, true)); look(); go({ map: null }, { quiet: true }); };

  roving(items, {
    at,
    onFocus: (item) => {
      readout(item.getAttribute("aria-label"));
      const [x, y] = at(item);
      if (document.activeElement === item && (x < 0 || y < 0 || x > width || y > height)) { [state.x, state.y] = item.where.xy; look(); }
    },
    onTake: (item) => item.where.code && go({ place: item.where.code }),
  });
  svg.addEventListener("keydown", ({ key }) => { if (key === "+" || key === "=") zoom(1.6); else if (key === "-") zoom(1 / 1.6); else if (key === "0") fit(); });
  drag(svg, state, look, remember);
  look();
  return { svg, zoom, fit };
}

/** What the map looks at: the part that the address names, else all events, else the world. */
function camera(all, width, height, anew = false) {
  const whole = Math.min(width / (WORLD.right - WORLD.left), height / (WORLD.bottom - WORLD.top));
  const box = all.reduce((box, [x, y]) => ({ left: Math.min(box.left, x), right: Math.max(box.right, x), top: Math.min(box.top, y), bottom: Math.max(box.bottom, y) }), { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity });
  const asked = anew ? null : /^(-?[\d.]+),(-?[\d.]+),([\d.]+)$/.exec(current().get("map") ?? "");
  const margin = 0.2; // of the projection's units, about a twentieth of the world
  const made = asked
    ? { x: Number(asked[1]), y: Number(asked[2]), scale: whole * Number(asked[3]) }
    : all.length
      ? { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, scale: Math.min(width / (box.right - box.left + 2 * margin), height / (box.bottom - box.top + 2 * margin)) }
      : { x: (WORLD.left + WORLD.right) / 2, y: (WORLD.top + WORLD.bottom) / 2, scale: whole };
  made.scale = Math.min(Math.max(made.scale, whole), whole * (asked ? CLOSEST : AUTOMATIC));
  if (!asked && made.scale < whole * SPREAD) made.scale = whole;
  if (made.scale === whole && !asked) [made.x, made.y] = [(WORLD.left + WORLD.right) / 2, (WORLD.top + WORLD.bottom) / 2];
  return {
    ...made,
    get scale_to_world() { return this.scale / whole; },
    scaleBy(factor) { this.scale = Math.min(Math.max(this.scale * factor, whole * 0.9), whole * CLOSEST); },
  };
}

function drag(svg, state, look, remember) {
  let held = null;
  svg.addEventListener("pointerdown", (event) => { if (!event.button) held = { x: event.clientX, y: event.clientY, moved: false }; });
  svg.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moved && Math.hypot(dx, dy) < 4) return;
    if (!held.moved) svg.setPointerCapture(event.pointerId);
    state.x -= dx / state.scale;
    state.y -= dy / state.scale;
    held = { x: event.clientX, y: event.clientY, moved: true };
    look();
  });
  const drop = () => { if (held?.moved) remember(); held = null; };
  svg.addEventListener("pointerup", drop);
  svg.addEventListener("pointercancel", drop);
}

function outline(rings) {
  return rings.map((ring) => `M${ring.map((point) => project(point).map((value) => value.toFixed(4)).join(" ")).join("L")}Z`).join("");
}

/** The middle of a country's largest ring, which comes first. */
function middle(rings) {
  const points = rings[0].map(project);
  const mean = (i) => (Math.min(...points.map((point) => point[i])) + Math.max(...points.map((point) => point[i]))) / 2;
  return [mean(0), mean(1)];
}

/** Number of events to a shade, 1 to STEPS; each shade begins at twice the share of the one before. */
function shades(counts) {
  const most = Math.max(1, ...counts);
  return (count) => Math.max(1, Math.min(STEPS, STEPS + Math.ceil(Math.log2(count / most))));
}

function dotWords(point, land) {
  const quads = QUAD_COLUMNS.map((column, i) => point[column] && `${number(point[column])} ${QUADS[i]}`).filter(Boolean);
  return `${point.precision === "near" ? "near " : ""}${point.name}, ${land.nameOf(point.country)}: ${plural(point.events, "event")} (${quads.join(", ")})`;
}

function legend({ points, countries }) {
  const dot = (className) => shape("circle", { class: `dot ${className}`, cx: 7, cy: 7, r: 6 });
  return [
    ...QUADS.map((name, i) => points.some((point) => leadingQuad(point) === i + 1) && [dot(`exact quad-${i + 1}`), name]),
    ...Object.entries(SIGNS).map(([precision, words]) => points.some((point) => point.precision === precision) && [dot(`${precision} quad-0`), words]),
    countries.some((one) => one.country_only) && [shape("rect", { class: "area-3", y: 1, width: 14, height: 12 }), "only the country known"],
  ];
}

function notes({ placed, unplaced, countries, points_left_out: left }, land) {
  const shaped = new Set(land.countries.map((one) => one.code));
  const bare = countries.filter((one) => one.country_only && !shaped.has(one.country)).map((one) => `${land.nameOf(one.country)} ${number(one.country_only)}`);
  return [`${plural(placed, "event")} with a place, ${number(unplaced)} without.`, left ? `${number(left)} smaller places left out.` : "", bare.length ? `Without a shape here: ${bare.join(", ")}.` : "",
    "Equal Earth projection; shapes: Natural Earth, with boundaries as the United Nations draw them."].filter(Boolean).join(" ");
}

/** Who to whom: countries or names as nodes, acts between them as arrows in the colour of their class. */

import { address, ask, withMore } from "./api.js";
import { world } from "./countries.js";
import { element, put, shape } from "./dom.js";
import { key } from "./key.js";
import { layout } from "./layout.js";
import { picture } from "./picture.js";
import { roving } from "./roving.js";
import { current, filters, go } from "./state.js";
import { leadingQuad, number, plural, QUAD_COLUMNS, QUADS } from "./words.js";

const TOP = 120; // arrows: more than these, and nobody sees any
const WIDEST = 9;
const LINE = 21; // letters in one line of a name

/** Draw the network of the filtered events. */
export async function network(place, signal) {
  const now = current();
  const by = now.get("by") === "name" ? "name" : "country";
  const quad = Number(now.get("edges")) || 0;
  const asked = withMore(filters(), { by, top: TOP });
  const [answer, names] = await Promise.all([ask("network", asked, signal), world()]);
  const label = (id) => (by === "country" ? names.nameOf(id) : id);
  const choose = (title, name, options, value) => element("select", { id: `network-${name}`, "aria-label": title, on: { change: (event) => go({ [name]: event.target.value || null }) } }, options.map(([key, words]) => element("option", { value: key, selected: key === value }, words)));
  const frame = picture("Who to whom", { hint: "Point at a node, or walk from node to node with the arrow keys; Enter keeps only its events.", controls: [
    choose("Nodes", "by", [["", "countries"], ["name", "names"]], by === "name" ? "name" : ""),
    choose("Class", "edges", [["", "all classes"], ...QUADS.map((words, i) => [String(i + 1), words])], quad ? String(quad) : ""),
  ] });
  put(place, frame.node);
  const edges = answer.edges.map((edge) => ({ ...edge, weight: quad ? edge[QUAD_COLUMNS[quad - 1]] : edge.events, quad: quad || leadingQuad(edge) })).filter((edge) => edge.weight);
  const kept = new Set(edges.flatMap((edge) => [edge.actor, edge.recipient]));
  const nodes = answer.nodes.filter((node) => kept.has(node.id)).sort((a, b) => b.events - a.events || (a.id < b.id ? -1 : 1));
  if (nodes.length) frame.draw((width) => draw(nodes, edges, label, by, width, frame.readout));
  frame.readout("");
  frame.note(element("p", { class: "help" }, nodes.length ? `An arrow goes from who acts to who receives; its width is the number of events, its colour their most frequent class.${answer.edges_left_out ? ` ${number(answer.edges_left_out)} thinner arrows are left out.` : ""}` : "No event here has both an actor and a recipient."));
  frame.numbers(address("network", withMore(asked, { format: "csv" })),
    ["actor", "recipient", "events", ...QUADS], edges.map((edge) => [label(edge.actor), label(edge.recipient), edge.events, ...QUAD_COLUMNS.map((column) => edge[column])]));
}

function draw(nodes, edges, label, by, width, readout) {
  const height = Math.round(Math.max(300, Math.min(width * 0.62, 180 + nodes.length * 14, 620)));
  const index = new Map(nodes.map((node, i) => [node.id, i]));
  const links = edges.map((edge) => ({ ...edge, from: index.get(edge.actor), to: index.get(edge.recipient) }));
  const at = layout(nodes, links, width, height);
  const heaviest = Math.max(...links.map((link) => link.weight));
  const busiest = Math.max(...nodes.map((node) => node.events));
  const radius = nodes.map((node) => 4 + 12 * Math.sqrt(node.events / busiest));
  const stroke = (weight) => 1 + (WIDEST - 1) * (weight / heaviest) * Math.min(1, heaviest / 6);

  const arrows = links.map((link) => {
    const parts = link.from === link.to ? loop(at[link.from], radius[link.from]) : arrow(at[link.from], at[link.to], radius[link.to] + 1, stroke(link.weight));
    return shape("g", { class: `arrow quad-${link.quad}`, "data-ends": `${link.from} ${link.to}` }, shape("path", { class: "line", d: parts.line, "stroke-width": stroke(link.weight) }), parts.head && shape("path", { class: "head", d: parts.head }));
  });
  const groups = nodes.map((node, i) => shape("g", { class: "node", transform: `translate(${at[i].join(" ")})`, "aria-label": nodeWords(node, links, i, label, nodes) },
    shape("circle", { class: "target", r: Math.max(12, radius[i]) }), shape("circle", { class: "body", r: radius[i] })));
  const { node: signs, height: below } = key(QUADS.map((words, i) => edges.some((edge) => edge.quad === i + 1) && [sign(i + 1), words]), width);
  const svg = shape("svg", { class: "network", width, height: height + below, viewBox: `0 0 ${width} ${height + below}`, role: "group", "aria-label": "Network of actors" },
    [...arrows].reverse(), groups, labels(nodes, at, radius, label, width), shape("g", { transform: `translate(0 ${height})` }, signs));
  const order = new Map(groups.map((group, i) => [group, i]));
  const light = (i) => {
    svg.classList.toggle("lit", i !== null);
    for (const one of arrows) one.classList.toggle("on", one.dataset.ends.split(" ").includes(String(i)));
  };
  roving(groups, {
    at: (group) => at[order.get(group)],
    onFocus: (group) => { readout(group.getAttribute("aria-label")); light(order.get(group)); },
    onTake: (group) => go({ [by === "country" ? "country" : "party"]: nodes[order.get(group)].id }),
  });
  svg.addEventListener("pointerleave", () => light(null));
  svg.addEventListener("focusout", () => light(null));
  return svg;
}

/** A bent line, so that there and back lie side by side, and its head. */
function arrow([x0, y0], [x1, y1], gap, width) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = Math.hypot(dx, dy) || 1;
  const bend = Math.min(36, length * 0.14);
  const [mx, my] = [(x0 + x1) / 2 - (dy / length) * bend, (y0 + y1) / 2 + (dx / length) * bend];
  const [ex, ey] = [x1 - mx, y1 - my];
  const end = Math.hypot(ex, ey) || 1;
  const [ux, uy] = [ex / end, ey / end];
  const size = 5 + width * 1.1;
  const [tx, ty] = [x1 - ux * gap, y1 - uy * gap];
  const [bx, by] = [tx - ux * size, ty - uy * size];
  const half = size * 0.5;
  return { line: `M${x0} ${y0}Q${mx} ${my} ${bx} ${by}`, head: `M${tx} ${ty}L${bx - uy * half} ${by + ux * half}L${bx + uy * half} ${by - ux * half}Z` };
}

/** Acts inside one country: a ring on the node's shoulder. */
function loop([x, y], radius) {
  const r = radius * 0.6 + 5;
  const [cx, cy] = [x + radius * 0.75, y - radius * 0.75];
  return { line: `M${cx - r} ${cy}A${r} ${r} 0 1 1 ${cx + r} ${cy}A${r} ${r} 0 1 1 ${cx - r} ${cy}Z` };
}

/** Names beside the nodes, the heaviest first: under, over, right or left; without room, only in the line below the picture. */
function labels(nodes, at, radius, label, width) {
  const taken = at.map(([x, y], i) => ({ node: i, left: x - radius[i], right: x + radius[i], top: y - radius[i], bottom: y + radius[i] }));
  return nodes.map((node, i) => {
    const lines = broken(label(node.id));
    const [half, tall] = [Math.max(...lines.map((words) => words.length)) * 3.2, 13 * lines.length + 1];
    const off = radius[i] + 1;
    const places = [[0, off], [0, -off - tall - 1], [half + off + 2, -tall / 2], [-half - off - 2, -tall / 2]];
    for (const [dx, dy] of places) {
      const x = Math.min(Math.max(at[i][0] + dx, half + 2), width - half - 2);
      const box = { node: i, left: x - half, right: x + half, top: at[i][1] + dy, bottom: at[i][1] + dy + tall };
      if (taken.some((other) => other.node !== i && box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) continue;
      taken.push(box);
      return lines.map((words, line) => shape("text", { class: "node-name", x, y: box.top + 12 + 13 * line, "aria-hidden": "true" }, words));
    }
    return null;
  });
}

/** A name in at most two lines. */
function broken(name) {
  if (name.length <= LINE) return [name];
  const gap = name.lastIndexOf(" ", LINE);
  const [first, rest] = gap > 0 ? [name.slice(0, gap), name.slice(gap + 1)] : [name.slice(0, LINE), name.slice(LINE)];
  return [first, rest.length > LINE ? `${rest.slice(0, LINE - 1)}…` : rest];
}

function nodeWords(node, links, i, label, nodes) {
  const ends = (side, other) => links.filter((link) => link[side] === i && link.from !== link.to).slice(0, 4).map((link) => `${label(nodes[link[other]].id)} ${number(link.weight)}`).join(", ");
  const [to, from] = [ends("from", "to"), ends("to", "from")];
  return `${label(node.id)}: ${plural(node.events, "event")}${to ? `; to ${to}` : ""}${from ? `; from ${from}` : ""}`;
}

function sign(quad) {
  return shape("g", { class: `arrow quad-${quad}` }, shape("path", { class: "line", d: "M0 7H9", "stroke-width": 3 }), shape("path", { class: "head", d: "M16 7L8 2V12Z" }));
}

/**
 * Where the nodes of a network stand: linked ones near each other, all apart, the same every time.
 * Source: Fruchterman & Reingold 1991, with a pull to the middle so that small groups do not drift off.
 */

const ROUNDS = 300;
const GOLDEN = Math.PI * (3 - Math.sqrt(5)); // the angle that spreads a spiral evenly
const PULL = 1.4; // to the middle: balances the pushes of all nodes when they fill a circle of radius 0.85
const APART = [62, 46]; // pixels between two nodes, across and down, so that each can carry its name
const UNTANGLE = 60;

/** Positions, one [x, y] a node, inside width × height. nodes: heaviest first; edges: [{from, to}] as indices. */
export function layout(nodes, edges, width, height) {
  const ideal = 1 / Math.sqrt(Math.max(1, nodes.length));
  const at = nodes.map((_, i) => [Math.cos(i * GOLDEN) * Math.sqrt(i + 0.5) * ideal * 0.5, Math.sin(i * GOLDEN) * Math.sqrt(i + 0.5) * ideal * 0.5]);
  for (let round = 0; round < ROUNDS; round++) {
    const heat = 0.08 * (1 - round / ROUNDS);
    const force = at.map(([x, y]) => [-x * PULL, -y * PULL]);
    for (let i = 0; i < at.length; i++) for (let j = i + 1; j < at.length; j++) push(force, at, i, j, (distance) => (ideal * ideal) / distance / distance);
    for (const { from, to } of edges) if (from !== to) push(force, at, from, to, (distance) => -distance / ideal / 1.5);
    at.forEach((point, i) => {
      const length = Math.hypot(...force[i]) || 1;
      const step = Math.min(length * 0.1, heat) / length;
      point[0] += force[i][0] * step;
      point[1] += force[i][1] * step;
    });
  }
  return untangle(spread(at, width, height), width, height);
}

/** Push i and j apart by strength(distance) times their distance, or together where it is negative. */
function push(force, at, i, j, strength) {
  const dx = at[i][0] - at[j][0];
  const dy = at[i][1] - at[j][1];
  const distance = Math.max(Math.hypot(dx, dy), 1e-3);
  const by = strength(distance);
  force[i][0] += dx * by;
  force[i][1] += dy * by;
  force[j][0] -= dx * by;
  force[j][1] -= dy * by;
}

/** Fill the box; a few nodes are not blown up to its edges. */
function spread(at, width, height) {
  const reach = (k) => Math.max(0.5, ...at.map((point) => Math.abs(point[k])));
  const edge = margin(width);
  return at.map(([x, y]) => [width / 2 + (x / reach(0)) * (width / 2 - edge.x), height / 2 + (y / reach(1)) * (height / 2 - edge.y)]);
}

/** Move nodes that stand too close apart, along the side on which they overlap less. */
function untangle(at, width, height) {
  const edge = margin(width);
  const apart = APART.map((pixels) => Math.min(pixels, (0.8 * Math.sqrt(width * height)) / Math.sqrt(at.length)));
  for (let round = 0; round < UNTANGLE; round++) {
    for (let i = 0; i < at.length; i++) {
      for (let j = i + 1; j < at.length; j++) {
        const over = [0, 1].map((k) => apart[k] - Math.abs(at[i][k] - at[j][k]));
        if (over[0] <= 0 || over[1] <= 0) continue;
        const k = over[0] / apart[0] < over[1] / apart[1] ? 0 : 1;
        const side = at[i][k] < at[j][k] ? -1 : 1;
        at[i][k] += (side * over[k]) / 2;
        at[j][k] -= (side * over[k]) / 2;
      }
    }
    for (const point of at) {
      point[0] = Math.min(Math.max(point[0], edge.x), width - edge.x);
      point[1] = Math.min(Math.max(point[1], edge.y), height - edge.y);
    }
  }
  return at;
}

function margin(width) {
  return { x: Math.min(64, width * 0.12), y: 34 };
}

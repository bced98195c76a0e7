/**
 * Where the nodes of a network stand: linked ones near each other, all apart, the same every time.
 * Source: Fruchterman & Reingold 1991, with a pull to the middle so that small groups do not drift off.
 */

const ROUNDS = 300;
const GOLDEN = Math.PI * (3 - Math.sqrt(5)); // the angle that spreads a spiral evenly
const PULL = 0.08;

/** Positions, one [x, y] a node, inside width × height. nodes: [{id, weight}], heaviest first; edges: [{from, to}] as indices. */
export function layout(nodes, edges, width, height) {
  const ratio = width / height;
  const ideal = 1 / Math.sqrt(Math.max(1, nodes.length));
  const at = nodes.map((_, i) => [Math.cos(i * GOLDEN) * Math.sqrt(i + 0.5) * ideal * 0.5, Math.sin(i * GOLDEN) * Math.sqrt(i + 0.5) * ideal * 0.5]);
  for (let round = 0; round < ROUNDS; round++) {
    const heat = 0.1 * (1 - round / ROUNDS);
    const force = at.map(([x, y]) => [-x * PULL * 2, -y * PULL * 2]);
    for (let i = 0; i < at.length; i++) for (let j = i + 1; j < at.length; j++) push(force, at, i, j, (distance) => (ideal * ideal) / distance / distance);
    for (const { from, to } of edges) if (from !== to) push(force, at, from, to, (distance) => -distance / ideal / 2);
    at.forEach((point, i) => {
      const length = Math.hypot(...force[i]) || 1;
      const step = Math.min(length, heat) / length;
      point[0] += force[i][0] * step;
      point[1] += force[i][1] * step;
    });
  }
  return spread(at, width, height, ratio);
}

/** Push i and j apart by force(distance) times their distance, or together where it is negative. */
function push(force, at, i, j, strength) {
  const dx = at[i][0] - at[j][0];
  const dy = at[i][1] - at[j][1];
  const distance = Math.max(Math.hypot(dx, dy), 1e-4);
  const by = strength(distance);
  force[i][0] += dx * by;
  force[i][1] += dy * by;
  force[j][0] -= dx * by;
  force[j][1] -= dy * by;
}

/** Fill the box; a few nodes are not blown up to its edges. */
function spread(at, width, height) {
  const reach = (k) => Math.max(0.25, ...at.map((point) => Math.abs(point[k])));
  const edge = { x: Math.min(80, width * 0.14), y: 34 };
  return at.map(([x, y]) => [width / 2 + (x / reach(0)) * (width / 2 - edge.x), height / 2 + (y / reach(1)) * (height / 2 - edge.y)]);
}

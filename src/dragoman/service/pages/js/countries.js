/** Names and shapes of countries, from the package's own file (see scripts/build_map.py). */

let loading = null;

/** {countries: [{code, name, rings: [[[lon, lat], …], …]}], nameOf(code), codeOf(name)}; loaded once. */
export function world() {
  loading ??= load();
  return loading;
}

async function load() {
  const { grid, arcs, countries, names } = await (await fetch(new URL("../data/world.json", import.meta.url))).json();
  const codes = new Map(Object.entries(names).map(([code, name]) => [name.toLowerCase(), code]));
  const lines = arcs.map((numbers) => decode(numbers, grid));
  return {
    countries: countries.map(({ code, name, rings }) => ({ code, name, rings: rings.flatMap((ring) => cut(join(ring, lines))) })),
    nameOf: (code) => names[code] ?? code,
    codeOf: (words) => codes.get(words.trim().toLowerCase()) ?? (words.trim().toUpperCase() in names ? words.trim().toUpperCase() : null),
  };
}

function decode(numbers, grid) {
  const points = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < numbers.length; i += 2) {
    x += numbers[i];
    y += numbers[i + 1];
    points.push([x / grid, y / grid]);
  }
  return points;
}

/** The points of one ring of arcs; ~arc is read backwards. */
function join(ring, lines) {
  return ring.flatMap((arc) => (arc >= 0 ? lines[arc] : [...lines[~arc]].reverse()));
}

/** A ring that crosses the 180th meridian as the rings on either side of it; others as they are. */
function cut(ring) {
  let before = ring[0][0];
  const whole = ring.map(([lon, lat]) => [(before = lon - 360 * Math.round((lon - before) / 360)), lat]);
  const reach = whole.map(([lon]) => lon);
  if (Math.max(...reach) <= 180 && Math.min(...reach) >= -180) return [whole];
  return [-360, 0, 360].map((shift) => within(whole.map(([lon, lat]) => [lon + shift, lat]))).filter((part) => part.length > 2);
}

/** The part of a ring between the meridians -180 and 180 (Sutherland and Hodgman 1974). */
function within(ring) {
  return [-1, 1].reduce((points, side) => points.flatMap((point, i) => {
    const last = points.at(i - 1);
    const inside = point[0] * side <= 180;
    const edge = [180 * side, last[1] + ((180 * side - last[0]) / (point[0] - last[0])) * (point[1] - last[1])];
    if (inside !== last[0] * side <= 180) return inside ? [edge, point] : [edge];
    return inside ? [point] : [];
  }), ring);
}

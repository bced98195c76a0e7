/** Names and shapes of countries, from the package's own file (see scripts/build_map.py). */

let loading = null;

/** {names: {code: name}, countries: [{code, name, rings}], arcs: [[lon, lat], …], codeOf(name)}; loaded once. */
export function world() {
  loading ??= load();
  return loading;
}

async function load() {
  const { grid, arcs, countries, names } = await (await fetch(new URL("../data/world.json", import.meta.url))).json();
  const codes = new Map(Object.entries(names).map(([code, name]) => [name.toLowerCase(), code]));
  return {
    names,
    countries,
    arcs: arcs.map((numbers) => decode(numbers, grid)),
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
export function ringPoints(ring, arcs) {
  return ring.flatMap((arc) => (arc >= 0 ? arcs[arc] : [...arcs[~arc]].reverse()));
}

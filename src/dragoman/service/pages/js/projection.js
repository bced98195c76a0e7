/**
 * Equal Earth: a world map on which equal areas stay equal, so that no country looks larger than it is.
 * Source: Šavrič, Patterson & Jenny 2018, "The Equal Earth map projection", equations (9) and (10).
 */

const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796];
const M = Math.sqrt(3) / 2;
const RADIANS = Math.PI / 180;

/** Degrees east and north to x (−2.71 to 2.71) and y (−1.32 to 1.32, growing southward as pixels do). */
export function project([lon, lat]) {
  const theta = Math.asin(M * Math.sin(lat * RADIANS));
  const t2 = theta * theta;
  const t6 = t2 * t2 * t2;
  return [
    (lon * RADIANS * Math.cos(theta)) / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2))),
    -theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2)),
  ];
}

/** The part of the projected world that holds people: from the north of Greenland to Cape Horn. */
export const WORLD = { left: -2.45, right: 2.6, top: -1.31, bottom: 1.02 };

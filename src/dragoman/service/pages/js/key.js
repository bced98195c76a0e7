/** The key of a picture, drawn into it, so that a saved picture still says what its signs mean. */

import { shape } from "./dom.js";

const LINE = 20;
const SIGN = 20;
const LETTER = 6.1; // mean width of a letter at 12 pixels
const GAP = 18;

/** Signs with their words, in lines that fit the width. entries: [sign of 14 × 14, words], or false for none. Returns {node, height}. */
export function key(entries, width) {
  let x = 0;
  let y = 6;
  const items = entries.filter(Boolean).map(([sign, words]) => {
    const wide = SIGN + words.length * LETTER;
    if (x && x + wide > width) [x, y] = [0, y + LINE];
    const item = shape("g", { transform: `translate(${x} ${y})` }, sign, shape("text", { class: "label", x: SIGN, y: 11 }, words));
    x += wide + GAP;
    return item;
  });
  return { node: shape("g", { class: "key" }, items), height: items.length ? y + LINE : 0 };
}

/** Many things in one drawing, one stop of the Tab key: the arrows go from thing to thing, Enter takes it. */

/**
 * Make items walkable. items: elements in order of weight; at(element) → [x, y] where it stands.
 * An arrow goes to the nearest item on its side; Home goes to the heaviest.
 */
export function roving(items, { at, onFocus, onTake }) {
  items.forEach((item, i) => {
    item.setAttribute("tabindex", i ? -1 : 0);
    item.setAttribute("role", "button");
    item.addEventListener("focus", () => onFocus(item));
    item.addEventListener("pointerenter", () => onFocus(item));
    item.addEventListener("click", () => onTake(item));
    item.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") onTake(item);
      else if (event.key === "Home") move(item, items[0]);
      else if (event.key in SIDES) move(item, nearest(item, items, at, SIDES[event.key]));
      else return;
      event.preventDefault();
    });
  });
}

const SIDES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function move(from, to) {
  if (!to) return;
  from.setAttribute("tabindex", -1);
  to.setAttribute("tabindex", 0);
  to.focus();
}

/** The item on this side with the least distance; straying sideways costs double. */
function nearest(item, items, at, [dx, dy]) {
  const [x, y] = at(item);
  let best = null;
  let least = Infinity;
  for (const other of items) {
    const [ox, oy] = at(other);
    const along = (ox - x) * dx + (oy - y) * dy;
    const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    const distance = along + 2 * aside;
    if (other !== item && along > 0 && distance < least) [best, least] = [other, distance];
  }
  return best;
}

/**
 * How elements are made: the one place that puts words of articles into a page, always as text.
 *
 * No module uses innerHTML, insertAdjacentHTML or document.write; a test reads the sources for them.
 */

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element. properties: attributes, and `on`, an object of event to listener; children: nodes, words, lists. */
export function element(name, properties = {}, ...children) {
  return fill(document.createElement(name), properties, children);
}

/** An SVG element, in the same way. */
export function shape(name, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, name), properties, children);
}

/** Put new content into an element, in place of the old. What had the focus has it again, if it comes back with its id. */
export function put(parent, ...children) {
  const held = parent.contains(document.activeElement) ? document.activeElement.id : "";
  parent.replaceChildren(...flat(children));
  if (held && document.activeElement?.id !== held) document.getElementById(held)?.focus();
  return parent;
}

/** The address if a browser may follow it without running anything, or null: articles bring `javascript:` along. */
export function safeAddress(address) {
  if (!address) return null;
  try {
    const { protocol } = new URL(address, document.baseURI);
    return protocol === "http:" || protocol === "https:" || protocol === "blob:" ? address : null;
  } catch {
    return null;
  }
}

function fill(made, { on = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    const given = name === "href" ? safeAddress(value) : value;
    if (given === null || given === undefined || given === false) continue;
    made.setAttribute(name, given === true ? "" : given);
  }
  for (const [event, listener] of Object.entries(on)) made.addEventListener(event, listener);
  made.append(...flat(children));
  return made;
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== "");
}

/** A drawing as a file: SVG with its looks written into it, or PNG painted from it, as it looks on the page now. */

import { fileName } from "./picture.js";

const LOOKS = ["fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "stroke-linecap", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "paint-order", "vector-effect"];
const FOR_HANDS = ".handle, .cover, .target"; // parts that are only there to be taken hold of
const PIXELS = 2; // of the PNG for each of the page, so that print is sharp

/** Save as SVG: every look that a style sheet gave becomes an attribute; what is hidden or only for hands is left out. */
export function saveSvg(svg, name) {
  const copy = svg.cloneNode(true);
  const from = [svg, ...svg.querySelectorAll("*")];
  const to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const look of LOOKS) to[i].setAttribute(look, style.getPropertyValue(look));
    for (const other of ["class", "tabindex", "role", "style", "aria-label"]) to[i].removeAttribute(other);
    if (style.display === "none" || style.visibility === "hidden") to[i].setAttribute("display", "none");
  });
  to.filter((element, i) => from[i].matches(FOR_HANDS)).forEach((element) => element.remove());
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  paper.setAttribute("width", "100%");
  paper.setAttribute("height", "100%");
  paper.setAttribute("fill", paperOf(svg));
  copy.prepend(paper);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  save(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }), `${fileName(name)}.svg`);
}

/** Save as PNG. Painted shape by shape, because a picture loaded from SVG would need a wider security policy. */
export function savePng(svg, name) {
  const { width, height } = svg.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  canvas.width = width * PIXELS;
  canvas.height = height * PIXELS;
  const brush = canvas.getContext("2d");
  brush.fillStyle = paperOf(svg);
  brush.fillRect(0, 0, canvas.width, canvas.height);
  paint(brush, svg);
  canvas.toBlob((blob) => save(blob, `${fileName(name)}.png`), "image/png");
}

/** Paint the shapes of a drawing in their order. Knows the kinds of shape that the pictures of these pages use. */
function paint(brush, svg) {
  const ground = svg.getScreenCTM().inverse();
  for (const shape of svg.querySelectorAll("path, circle, rect, line, text")) {
    const style = getComputedStyle(shape);
    if (style.display === "none" || style.visibility === "hidden" || !shape.getScreenCTM() || shape.closest(FOR_HANDS)) continue;
    const { a, b, c, d, e, f } = ground.multiply(shape.getScreenCTM());
    brush.setTransform(a * PIXELS, b * PIXELS, c * PIXELS, d * PIXELS, e * PIXELS, f * PIXELS);
    const opacity = opacityOf(shape, svg);
    if (shape.tagName === "text") write(brush, shape, style, opacity);
    else outline(brush, shape, style, opacity, Math.hypot(a, b));
  }
}

function outline(brush, shape, style, opacity, scale) {
  const path = pathOf(shape);
  if (style.fill !== "none") {
    brush.globalAlpha = opacity * style.fillOpacity;
    brush.fillStyle = style.fill;
    brush.fill(path, style.fillRule);
  }
  if (style.stroke !== "none") {
    const fixed = style.vectorEffect === "non-scaling-stroke" ? scale : 1;
    brush.globalAlpha = opacity * style.strokeOpacity;
    brush.strokeStyle = style.stroke;
    brush.lineWidth = parseFloat(style.strokeWidth) / fixed;
    brush.lineCap = style.strokeLinecap;
    brush.lineJoin = style.strokeLinejoin;
    brush.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(",").map((length) => parseFloat(length) / fixed));
    brush.stroke(path);
  }
}

function write(brush, text, style, opacity) {
  const at = (name) => text[name].baseVal[0]?.value ?? 0;
  brush.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  brush.textAlign = { middle: "center", end: "right" }[style.textAnchor] ?? "left";
  brush.textBaseline = "alphabetic";
  brush.setLineDash([]);
  brush.lineJoin = "round";
  if (style.stroke !== "none") { // the halo that keeps a name readable over lines
    brush.globalAlpha = opacity;
    brush.strokeStyle = style.stroke;
    brush.lineWidth = parseFloat(style.strokeWidth);
    brush.strokeText(text.textContent, at("x"), at("y"));
  }
  brush.globalAlpha = opacity * style.fillOpacity;
  brush.fillStyle = style.fill;
  brush.fillText(text.textContent, at("x"), at("y"));
}

function pathOf(shape) {
  const path = new Path2D(shape.tagName === "path" ? shape.getAttribute("d") : undefined);
  const value = (name) => shape[name].baseVal.value;
  if (shape.tagName === "circle") path.arc(value("cx"), value("cy"), value("r"), 0, 2 * Math.PI);
  if (shape.tagName === "rect") path.rect(value("x"), value("y"), value("width"), value("height"));
  if (shape.tagName === "line") { path.moveTo(value("x1"), value("y1")); path.lineTo(value("x2"), value("y2")); }
  return path;
}

function opacityOf(shape, svg) {
  let opacity = 1;
  for (let one = shape; one && one !== svg; one = one.parentElement) opacity *= getComputedStyle(one).opacity;
  return opacity;
}

function paperOf(svg) {
  return getComputedStyle(svg.closest(".picture")).backgroundColor;
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

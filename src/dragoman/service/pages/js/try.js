/** The page Try: a pasted text, coded at once. Nothing is kept unless the box says so. */

import { problem, send } from "./api.js";
import { element, put } from "./dom.js";
import { definitions, masthead } from "./page.js";
import { reading } from "./reading.js";

// Invented; the states are real.
const EXAMPLE = `Dockers in Tema stop loading after minister's warning

Ghanaian dockers walked out of the port of Tema on Thursday, hours after Transport Minister Abena Quartey threatened to put soldiers on the quays. "We will not load under rifles," the head of their union, Kofi Asante, told reporters.

Burkina Faso asked Ghana to reopen the terminal by Monday. Police denied that anyone had been arrested.`;
const MINIMUM = 20; // characters below which a paste is a word, not an article

const form = document.getElementById("try");
const answer = document.getElementById("answer");
const place = document.getElementById("coded");
const { text, published, html, file, store } = form.elements;
let running = null;

async function code() {
  running?.abort();
  const mine = (running = new AbortController());
  put(place);
  put(answer, element("p", { class: "waiting" }, "Reading …"));
  try {
    const [coded, meanings] = await Promise.all([send("code", body(), mine.signal), definitions()]);
    put(answer, notes(coded));
    const view = reading(coded, { addressOf: (id) => `#record-${id}`, definitions: meanings });
    put(place, view.node);
    answer.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  } catch (error) {
    if (error.name !== "AbortError") put(answer, problem(error));
  }
}

/** A file goes as it is, because finding out its encoding is the coder's work; a pasted text goes as JSON. */
function body() {
  const about = {};
  for (const name of ["published", "publisher", "title", "codebook"]) if (form.elements[name].value.trim()) about[name] = form.elements[name].value.trim();
  if (file.files.length) {
    const sent = new FormData();
    sent.append("file", file.files[0]);
    for (const [name, value] of Object.entries(about)) sent.append(name, value);
    if (store.checked) sent.append("store", "true");
    return sent;
  }
  return { ...about, [html.checked ? "html" : "text"]: text.value, ...(store.checked ? { store: true } : {}) };
}

function notes({ document: article, notes: list = [], stored }) {
  return [
    list.length > 0 && element("ul", { class: "notes" }, list.map((note) => element("li", {}, note.what, note.do ? `: ${note.do}` : ""))),
    !article.published && element("p", { class: "help" }, "Without a day of publication, “on Sunday” has no date."),
    stored && element("p", {}, "Kept in the store: ", element("a", { href: `article.html?id=${encodeURIComponent(article.id)}` }, "its page"), "."),
  ];
}

form.addEventListener("submit", (event) => { event.preventDefault(); code(); });
text.addEventListener("paste", () => setTimeout(() => {
  html.checked = /^\s*<(!doctype|html|head|body|article|div|p)\b/i.test(text.value);
  file.value = "";
  if (text.value.length >= MINIMUM) code();
}));
text.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) code(); });
file.addEventListener("change", () => { if (file.files.length) code(); });
document.getElementById("example").addEventListener("click", () => {
  text.value = EXAMPLE;
  published.value = "2024-03-08";
  html.checked = false;
  file.value = "";
  code();
});

masthead().then((holds) => {
  const names = holds?.codebooks ?? [];
  for (const name of names) form.elements.codebook.append(element("option", { value: name }, name));
  document.getElementById("codebook-field").hidden = names.length === 0;
  if (holds && holds.coding === false) put(answer, element("p", { class: "problem" }, "This server codes no texts: the model is not there."));
});

/** The page Article: one article of the store, its records, its copies. State: ?id, ?record, ?hide. */

import { address, ask, unlessAborted } from "./api.js";
import { element, put } from "./dom.js";
import { definitions, masthead } from "./page.js";
import { reading } from "./reading.js";
import { longDay, plural } from "./words.js";

const place = document.getElementById("article");
const state = () => new URLSearchParams(location.search);

function addressOf(record) {
  const next = state();
  record ? next.set("record", record) : next.delete("record");
  return `article.html?${next}`;
}

function remember({ record, hidden }) {
  const next = state();
  record ? next.set("record", record) : next.delete("record");
  hidden.size ? next.set("hide", [...hidden].sort().join(",")) : next.delete("hide");
  if (`?${next}` !== location.search) history.pushState(null, "", `?${next}`);
}

async function open() {
  const id = state().get("id");
  if (!id) return put(place, element("p", { class: "waiting" }, "No article is named here; choose one in the ", element("a", { href: "./?view=articles" }, "corpus"), "."));
  const [answer, meanings] = await Promise.all([ask(`documents/${encodeURIComponent(id)}`), definitions()]);
  const coded = { document: answer.record, events: answer.events, statements: answer.statements };
  const hidden = new Set((state().get("hide") ?? "").split(",").filter(Boolean));
  const view = reading(coded, { addressOf, definitions: meanings, hidden, onState: remember, more: [copies(answer), foot(answer, id)] });
  document.title = `${answer.document?.title ?? answer.record.title ?? "Article"} · Dragoman`;
  put(place, view.node);
  const chosen = state().get("record");
  if (chosen) view.choose(chosen);
  addEventListener("popstate", () => view.choose(state().get("record")));
}

function copies({ copies: list = [] }) {
  return list.length > 0 && element("details", { class: "aside", open: true },
    element("summary", {}, "Also printed as ", element("span", { class: "number" }, list.length)),
    element("ul", {}, list.map((copy) => element("li", {},
      element("a", { href: `article.html?id=${encodeURIComponent(copy.id)}` }, copy.title ?? copy.id), " ",
      element("span", { class: "reason" }, [copy.publisher, longDay(copy.published), copy.kind, copy.head ? "the earliest" : null].filter(Boolean).join(", "))))));
}

function foot({ run, document: item }, id) {
  return element("footer", { class: "foot" },
    element("p", {}, run ? `Coded by dragoman ${run.version}, run ${run.id}` : `Run ${item?.run ?? "not known"}`, " · ",
      element("a", { href: address(`documents/${id}`, { format: "jsonl" }), download: `${id}.jsonl` }, "JSON Lines"), " · ",
      element("a", { href: `./?document=${encodeURIComponent(id)}&status=any` }, `its ${plural(item?.events ?? 0, "event")} as a table`)));
}

masthead();
unlessAborted(open, place).finally(() => place.setAttribute("aria-busy", "false"));

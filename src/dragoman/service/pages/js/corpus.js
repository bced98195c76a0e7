/** The page Corpus: filters, the timeline, and one view below it. Everything follows the address. */

import { ask, unlessAborted, withMore } from "./api.js";
import { articles } from "./articles.js";
import { world } from "./countries.js";
import { element, put } from "./dom.js";
import { chips, FACETS, filterForm } from "./filters.js";
import { map } from "./map.js";
import { network } from "./network.js";
import { masthead } from "./page.js";
import { quotations } from "./quotations.js";
import { filters, follow, linkTo, onChange, view } from "./state.js";
import { table } from "./table.js";
import { timeline } from "./timeline.js";
import { plural } from "./words.js";

const VIEWS = { table: ["Table", table], map: ["Map", map], network: ["Network", network], quotations: ["Quotations", quotations], articles: ["Articles", articles] };
const part = (id) => document.getElementById(id);
let running = null;

/** Show what the address says; what an older address asked for is let go. */
async function show(form, curve, names) {
  running?.abort();
  const { signal } = (running = new AbortController());
  put(part("views"), Object.entries(VIEWS).map(([name, [words]]) => element("a", { href: linkTo({ view: name === "table" ? null : name, map: null }), "aria-current": name === view() ? "page" : null }, words)));
  chips(part("chips"), names);
  const below = part("view");
  below.setAttribute("aria-busy", "true");
  below.classList.add("waiting");
  await Promise.all([
    unlessAborted(async () => {
      const facets = await ask("facets", withMore(filters(), { of: FACETS.join(","), top: 100 }), signal);
      put(part("count"), element("strong", {}, plural(facets.total, "event")), ` in ${plural(facets.documents, "article")}`);
      form(facets);
      await curve(signal);
    }, part("count")),
    unlessAborted(() => VIEWS[view()][1](below, signal), below),
  ]);
  if (signal.aborted) return;
  below.classList.remove("waiting");
  below.setAttribute("aria-busy", "false");
}

async function begin() {
  masthead();
  const names = await world();
  const wide = matchMedia("(min-width: 60rem)");
  const opened = () => { part("filters").open = wide.matches; };
  wide.addEventListener("change", opened);
  opened();
  const form = filterForm(part("filters"), names);
  const curve = timeline(part("timeline"));
  const again = () => show(form, curve, names);
  onChange(again);
  document.addEventListener("click", follow);
  await again();
}

unlessAborted(begin, part("view"));

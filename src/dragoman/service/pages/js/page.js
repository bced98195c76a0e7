/** What every page has: the line at its head that says which store this is, and the codebook's meanings. */

import { ask } from "./api.js";
import { longDay, plural } from "./words.js";

/** Fill the line at the head; returns what the store holds, or null where the server does not say. */
export async function masthead() {
  try {
    const holds = await ask("");
    const days = holds.first ? `, ${longDay(holds.first)} – ${longDay(holds.last)}` : "";
    document.getElementById("holds").textContent = `${holds.store}: ${plural(holds.documents, "article")}${days}`;
    return holds;
  } catch {
    return null; // the page's own question will say what is wrong
  }
}

/** Code to meaning, for the types; empty where the codebook does not answer. */
export async function definitions() {
  try {
    const { items } = await ask("codebook", { kind: "type" });
    return new Map(items.map((entry) => [entry.code, entry.definition ?? entry.name]));
  } catch {
    return new Map();
  }
}

/** What the server knows: one function per way of asking, and its errors in words. */

import { element } from "./dom.js";

/** An answer that was refused. faults: what, where and what to do, as the API lists them. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `The server answered ${status}`);
    this.status = status;
    this.faults = problem.errors?.length ? problem.errors : [problem];
  }
}

/** The address of a path of the API with parameters; empty ones are left out. */
export function address(path, parameters = {}) {
  const url = new URL(path ? `api/${path}` : "api", document.baseURI);
  url.search = parameters instanceof URLSearchParams ? parameters : withMore({}, parameters);
  return url.pathname + url.search;
}

/** A copy of parameters with further ones; empty ones are left out. */
export function withMore(parameters, further) {
  const all = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(further)) if (value !== null && value !== undefined && value !== "") all.append(name, value);
  return all;
}

/** GET as JSON. Raises Refused; an abort raises AbortError, which `unlessAborted` swallows. */
export async function ask(path, parameters, signal) {
  return answer(await fetch(address(path, parameters), { headers: { Accept: "application/json" }, signal }));
}

/** POST a JSON body, or a form with a file. */
export async function send(path, body, signal) {
  const form = body instanceof FormData;
  const headers = { Accept: "application/json", "X-Dragoman": "1", ...(form ? {} : { "Content-Type": "application/json" }) };
  return answer(await fetch(address(path), { method: "POST", headers, body: form ? body : JSON.stringify(body), signal }));
}

/** Run something that asks; a newer question ends an older one in silence, anything else is shown in `place`. */
export async function unlessAborted(work, place) {
  try {
    await work();
  } catch (error) {
    if (error.name === "AbortError") return;
    place.replaceChildren(problem(error));
    if (!(error instanceof Refused) && !(error instanceof TypeError)) throw error;
  }
}

/** An error as a note: what, where, what to do. */
export function problem(error) {
  const faults = error instanceof Refused ? error.faults : [{ what: "The server did not answer", do: "Is `dragoman serve` still running?" }];
  return element("div", { class: "problem", role: "alert" }, faults.map((fault) =>
    element("p", {}, element("strong", {}, sentence([fault.where, fault.what || fault.detail || fault.title])), " ", fault.do ? `${fault.do.replace(/\.$/, "")}.` : "")));
}

function sentence([where, what]) {
  return `${where ? `${where}: ` : ""}${what ?? "Something went wrong"}.`.replace(/\.\.$/, ".");
}

async function answer(response) {
  if (response.status === 401) location.assign("login");
  const form = response.headers.get("Content-Type") || "";
  const body = form.includes("json") ? await response.json() : {};
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

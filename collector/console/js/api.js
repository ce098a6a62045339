// The collector's API, as its OpenAPI document at /v1/openapi.json describes it.

/** What went wrong: the problem of RFC 9457 that the collector answered, or 0 where it cannot be reached. */
export class Problem extends Error {
  /** @param {number} status @param {string} detail @param {number} waitS */
  constructor(status, detail, waitS = 0) {
    super(detail);
    this.status = status;
    this.detail = detail;
    this.waitS = waitS;
    this.says = ""; // key of our own words for it, in the place of all others
  }
}

/** @type {{ onActivity: () => void, onUnknown: () => void, onRefused: (path: string) => Promise<string> }} onRefused: what is said of it */
export const watcher = { onActivity: () => {}, onUnknown: () => {}, onRefused: async () => "" };

/** Without what is said to who types commands: here there are none. @param {string} detail */
const withoutCommands = (detail) => detail.split(/(?<=[:;.]) /).filter((part) => !/\u0060|\(inspection \w+\)/.test(part)).join(" ").replace(/[:;]$/, "");

/** @param {Response} answer */
async function problemOf(answer) {
  const wait = Number(answer.headers.get("Retry-After") ?? 0);
  try {
    return new Problem(answer.status, withoutCommands((await answer.json()).detail ?? ""), wait);
  } catch {
    return new Problem(answer.status, "", wait);
  }
}

/** @param {Response} answer */
async function contentOf(answer) {
  const type = answer.headers.get("Content-Type") ?? "";
  if (type.startsWith("application/json")) return answer.json();
  if (type.startsWith("text/plain")) return answer.text();
  return answer.blob();
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{ body?: object, signal?: AbortSignal, as?: "blob" }} [more]
 * @returns {Promise<any>}
 */
async function ask(method, path, { body, signal, as } = {}) {
  /** @type {RequestInit} */
  const how = { method, signal, cache: "no-store", credentials: "same-origin", redirect: "error" };
  if (method !== "GET") {
    how.headers = { "Content-Type": "application/json", "Perspective-Request": "1" };
    how.body = JSON.stringify(body ?? {});
  }
  let answer;
  try {
    answer = await fetch(path, how);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, "");
  }
  if (!answer.ok) {
    const problem = await problemOf(answer);
    if (answer.status === 401) watcher.onUnknown();
    if (answer.status === 403) problem.says = await watcher.onRefused(path);
    throw problem;
  }
  watcher.onActivity();
  return as === "blob" ? answer.blob() : contentOf(answer);
}

/** @param {string} path @param {{ signal?: AbortSignal, as?: "blob" }} [more] */
export const get = (path, more) => ask("GET", path, more);
/**
 * A list to its end, page by page: what the last page says beside it, with all of it. @param {string} path @param {string} name of the list
 * @param {{ signal?: AbortSignal }} [more]
 */
export async function getAll(path, name, more) {
  const whole = await get(path, more);
  for (let page = whole; page.next;) {
    page = await get(path + query({ after: String(page.next) }), more);
    whole[name].push(...page[name]);
  }
  return whole;
}
/** @param {string} path @param {object} [body] @param {{ signal?: AbortSignal, as?: "blob" }} [more] */
export const post = (path, body, more) => ask("POST", path, { body, ...more });

/** An address with its parts coded. @param {TemplateStringsArray} texts @param {...(string | number)} values */
export function at(texts, ...values) {
  return texts.reduce((all, text, i) => all + encodeURIComponent(String(values[i - 1])) + text);
}

/** @param {Record<string, string>} values */
export const query = (values) => {
  const given = Object.entries(values).filter(([, value]) => value !== "");
  // A space as %20: the collector takes a + for what it is.
  return given.length ? `?${given.map((pair) => pair.map(encodeURIComponent).join("=")).join("&")}` : "";
};

const AGAIN_MS = 30_000;
const LET_GO_MS = 3_000;

/** @typedef {Record<string, (data: any) => any>} Handlers by event. `again`: ask anew for what is shown, since nobody tells what changed until now */

// One connection for all pages of this tab, let go when no page has wanted it for a moment.
const waiting = /** @type {Set<Handlers>} */ (new Set());
/** @type {EventSource | undefined} */
let source;
let timer = 0;
let latest = ""; // event that was read: the next connection goes on after it

function close() {
  source?.close();
  source = undefined;
}

/** A tab that nobody sees takes no connection. */
function look() {
  clearTimeout(timer);
  if (document.hidden) close();
  else if (waiting.size === 0) timer = window.setTimeout(close, LET_GO_MS);
  else if (!source) connect();
}

function connect() {
  source = new EventSource(`/v1/events${query({ since: latest })}`);
  source.addEventListener("inspections", (event) => {
    const { data, lastEventId } = /** @type {MessageEvent} */ (event);
    const isFirst = latest === "";
    latest = lastEventId;
    for (const handlers of waiting) {
      if (isFirst) Promise.resolve(handlers.again?.(undefined)).catch(() => {}); // what cannot be asked now comes with its next change
      else handlers.inspections?.(JSON.parse(data));
    }
  });
  source.addEventListener("error", () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    timer = window.setTimeout(look, AGAIN_MS);
  });
}

/**
 * News as they come; waiting is no sign that somebody is there, so it keeps no session alive.
 * @param {Handlers} handlers @param {AbortSignal} signal ends it
 */
export function listen(handlers, signal) {
  if (signal.aborted) return;
  waiting.add(handlers);
  signal.addEventListener("abort", () => {
    waiting.delete(handlers);
    look();
  });
  look();
}

document.addEventListener("visibilitychange", look);

/** Nobody is signed in any more. */
export function hangUp() {
  clearTimeout(timer);
  close();
}

// Who has signed in here, for how long still, and the warning before it ends (WCAG 2.2, 2.2.1).
import { get, hangUp, post, watcher } from "./api.js";
import { h } from "./dom.js";
import { button, group } from "./parts.js";
import { t } from "./texts.js";
import { nobodyTypes, typedBy } from "./typed.js";

// Of collector/people/sessions.h: a session ends after 15 minutes without a request.
const IDLE_MS = 15 * 60_000;
const WARNED_MS = 2 * 60_000;
const LOOK_MS = 1_000;
// Typing asks nothing of the collector: so often it is told that somebody is there.
const TOLD_MS = 60_000;
const FLAG = "perspective-signed-in";

/** @typedef {{ name: string, shown: string, roles: string[], rights: string[], has_authenticator: boolean, recovery_codes_left: number }} Me */

/** @type {Me | null} */
let me = null;
let seenMs = Date.now();
let typedMs = 0;
let toldMs = 0;
/** @type {() => void} */
let ended = () => {};

export const who = () => me;
/** @param {string} right */
export const may = (right) => me?.rights.includes(right) ?? false;

/** The session itself is in a cookie that no script reads; this only saves asking where nobody has signed in. */
const flag = {
  set: () => localStorage.setItem(FLAG, "1"),
  clear: () => localStorage.removeItem(FLAG),
  isSet: () => localStorage.getItem(FLAG) === "1",
};

export async function resume() {
  if (!flag.isSet()) return;
  try {
    await refresh();
  } catch {
    forget(false);
  }
}

export async function refresh() {
  me = /** @type {Me} */ (await get("/v1/people/me"));
  typedBy(me.name);
}

/** @param {string} name @param {string} password @param {string} code */
export async function signIn(name, password, code) {
  await post("/v1/people/sessions", { name, password, code: code.replace(/\s/g, "") });
  flag.set();
  seenMs = Date.now();
  await refresh();
}

export async function signOut() {
  try {
    await post("/v1/people/me/sign-out");
  } finally {
    forget(false);
  }
}

/** @type {(() => void)[]} */
const forgetters = [];
/** What is kept in the page for one person goes with them. @param {() => void} forgetter */
export const onForgetting = (forgetter) => forgetters.push(forgetter);

/** @param {boolean} byItself what is typed waits for who typed it */
function forget(byItself) {
  me = null;
  nobodyTypes(byItself);
  flag.clear();
  for (const each of forgetters) each();
  hangUp();
}

/** @param {() => void} onEnd what to show when the session has ended by itself */
export function watch(onEnd) {
  ended = () => {
    if (!me) return;
    forget(true);
    dialog()?.remove();
    onEnd();
  };
  watcher.onActivity = () => {
    seenMs = Date.now();
  };
  watcher.onUnknown = () => ended();
  document.addEventListener("input", () => {
    typedMs = Date.now();
  });
  setInterval(look, LOOK_MS);
}

/** @returns {HTMLDialogElement | null} */
const dialog = () => document.querySelector("dialog.app-time-out");

/** Who types is there, and the collector, which sees no key pressed, must know it. */
function tellOfTyping() {
  if (typedMs <= seenMs || Date.now() - Math.max(seenMs, toldMs) < TOLD_MS) return;
  toldMs = Date.now();
  refresh().catch(() => {});
}

function look() {
  if (!me) return;
  tellOfTyping();
  const leftMs = seenMs + IDLE_MS - Date.now();
  if (leftMs <= 0) return void leave();
  if (leftMs <= WARNED_MS) warn(Math.ceil(leftMs / 1000));
  else dialog()?.remove();
}

async function leave() {
  const asked = post("/v1/people/me/sign-out").catch(() => {});
  ended();
  await asked;
}

/** @param {number} leftS */
function warn(leftS) {
  const shown = dialog() ?? open();
  const seen = shown.querySelector(".app-time-out__left");
  if (seen) seen.textContent = t("timeout.left", { n: leftS });
  // Said every half minute: a count of seconds that is read aloud leaves no room for anything else.
  const said = shown.querySelector("[role=status]");
  const words = t("timeout.left", { n: Math.ceil(leftS / 30) * 30 });
  if (said && said.textContent !== words) said.textContent = words;
}

function open() {
  const stay = button(t("timeout.stay"), async () => {
    await refresh().catch(() => {});
    dialog()?.remove();
  });
  const go = button(t("account.signout"), leave, { kind: "secondary" });
  const made = h("dialog", { class: "app-time-out", "aria-labelledby": "time-out-title" },
    h("h2", { class: "govuk-heading-m", id: "time-out-title" }, t("timeout.title")),
    h("p", { class: "govuk-body app-time-out__left", "aria-hidden": "true" }),
    h("p", { class: "govuk-visually-hidden", role: "status" }),
    h("p", { class: "govuk-body" }, t("timeout.why")), group(stay, go));
  made.addEventListener("cancel", (/** @type {Event} */ event) => {
    event.preventDefault();
    stay.click();
  });
  document.body.append(made);
  made.showModal();
  return made;
}

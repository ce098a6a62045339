// What somebody has typed and not saved, by form: it stands there again after another language, another page, or a session that ended
// by itself. It is in this page's memory and nowhere else; passwords and passphrases are never in it.

// So long it waits for who typed it, once a session has ended by itself.
const WAITS_MS = 30 * 60_000;

/** @typedef {{ values: Record<string, any>, basis: any }} Typed basis: what it was typed over, as the form says */

/** @type {Map<string, Typed>} */
const all = new Map();
let owner = "";
let timer = 0;

/** @param {string} key */
export const typedIn = (key) => all.get(key);

/** @param {string} key @param {Typed} typed */
export const remember = (key, typed) => all.set(key, typed);

/** @param {string} key */
export const forgetTyped = (key) => all.delete(key);

/** What somebody chose to look at: as short-lived, but nothing is lost with it. @type {Map<string, any>} */
const choices = new Map();

/** @param {string} key */
export const choiceAt = (key) => choices.get(key);
/** @param {string} key @param {any} choice */
export const keepChoice = (key, choice) => choices.set(key, choice);

function clear() {
  all.clear();
  choices.clear();
}

/** Whose it is from now on: what somebody else typed goes. @param {string} name */
export function typedBy(name) {
  clearTimeout(timer);
  if (name !== owner) clear();
  owner = name;
}

/** Nobody is signed in any more. @param {boolean} byItself and not because somebody signed out */
export function nobodyTypes(byItself) {
  clearTimeout(timer);
  if (byItself) timer = window.setTimeout(clear, WAITS_MS);
  else clear();
}

// Closed or loaded anew, the page loses it: the browser asks first, in its own words.
addEventListener("beforeunload", (event) => {
  if (all.size > 0) event.preventDefault();
});

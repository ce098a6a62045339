// Which page stands at which address, and what happens when one goes to another: title, focus, and the end of whatever
// the page before was waiting for. Addresses stand behind the #, so that no server's log knows them.
import { Problem } from "./api.js";
import { focusOn, h, replace } from "./dom.js";
import { drawFrame } from "./frame.js";
import { pages } from "./pages.js";
import { heading, p } from "./parts.js";
import { errorSummary, wordsOf } from "./refusal.js";
import { may, resume, signOut, watch, who } from "./session.js";
import { language, preferred, speak, t } from "./texts.js";

/**
 * @typedef {{ params: Record<string, string>, signal: AbortSignal, go: (path: string) => void, again: () => void, say: (words: string) => void,
 *   notice: import("./dom.js").Children, tell: (path: string, words: string) => void }} Here
 *   what a page knows of where it is. notice: what was done on the page before. again: draw it anew
 * @typedef {{ title: string, content: import("./dom.js").Children[], after?: () => void }} Page
 */

let leaving = new AbortController();
let shownPath = "";
/** @type {string} */
let told = "";
let hasExpired = false;

const path = () => (location.hash.startsWith("#/") ? location.hash.slice(2) : "");

/** @param {string} wanted */
function find(wanted) {
  const given = wanted.split("/");
  for (const page of pages) {
    const parts = page.path.split("/");
    if (parts.length !== given.length) continue;
    const params = /** @type {Record<string, string>} */ ({});
    const fits = parts.every((part, i) => {
      if (!part.startsWith(":")) return part === given[i];
      params[part.slice(1)] = decodeURIComponent(given[i]);
      return given[i] !== "";
    });
    if (fits) return { page, params };
  }
  return null;
}

/** @param {string} to */
function go(to) {
  if (location.hash === `#/${to}` || (to === "" && path() === "")) return void show();
  location.hash = `#/${to}`;
}

/** @param {Record<string, string>} params @param {AbortSignal} signal @returns {Here} */
const here = (params, signal) => ({
  params, signal, go, again: () => show(), notice: told, say: announce,
  tell: (to, words) => {
    told = words;
    go(to);
  },
});

/** What happens without a change of page, for who listens. @param {string} words */
function announce(words) {
  const place = document.getElementById("said") ?? h("div", { id: "said", class: "govuk-visually-hidden", role: "status" });
  if (!place.isConnected) document.body.append(place);
  place.textContent = words;
}

/** The page at `wanted`: by the time it can be drawn one may have gone elsewhere. @param {string} wanted @param {AbortSignal} signal */
async function drawn(wanted, signal) {
  const { join, signIn } = await import("./pages/door.js");
  if (location.pathname === "/join") return join(here({}, signal));
  if (!who()) return signIn(here({}, signal), hasExpired);
  const found = find(wanted);
  if (!found || !found.page.rights.some(may)) {
    const key = found ? "forbidden" : "nowhere";
    return { title: t(`${key}.title`), content: [heading(t(`${key}.title`)), p(t(`${key}.words`))] };
  }
  return found.page.draw(here(found.params, signal));
}

/** @param {boolean} [isNew] the focus goes to its heading */
async function show(isNew = true) {
  leaving.abort();
  leaving = new AbortController();
  const mine = leaving;
  shownPath = path();
  drawFrame({ path: shownPath, choose, leave });
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  main.setAttribute("aria-busy", "true");
  /** @type {Page} */
  let page;
  try {
    page = await drawn(shownPath, mine.signal);
  } catch (error) {
    if (mine.signal.aborted) return;
    if (!(error instanceof Problem)) console.error(error);
    page = { title: t("problem.title"), content: [heading(t("problem.title")), errorSummary([{ words: wordsOf(error) }])] };
  }
  if (mine.signal.aborted) return;
  told = "";  // each is said once, on a page that somebody sees
  hasExpired = false;
  document.title = `${page.title} – ${t("name")}`;
  replace(main, ...page.content);
  main.setAttribute("aria-busy", "false");
  if (isNew) {
    scrollTo(0, 0);
    focusOn(main.querySelector("h1"));
  }
  page.after?.();
}

/** @param {string} chosen */
async function choose(chosen) {
  await speak(chosen);
  await show(false);
  document.querySelector(/** @type {any} */ ("[data-language]"))?.focus();
}

async function leave() {
  await signOut().catch(() => {});
  if (path() === "") await show();
  else location.hash = "#/";
}

async function start() {
  await speak(preferred());
  await resume();
  watch(() => {
    hasExpired = true;
    show();
  });
  addEventListener("hashchange", () => {
    if (location.pathname === "/join" || path() !== shownPath || location.hash.startsWith("#/")) show();
  });
  await show(false);
  document.documentElement.dataset.language = language();
}

start();

// What pages say, in the language that was chosen: texts/en.json and texts/cy.json. No other file has words.

const LANGUAGES = ["en", "cy"];
const COOKIE = "perspective-language";
const YEAR_S = 365 * 24 * 3600;

/** @type {Record<string, any>} */
let catalogue = {};
let current = "en";

export const languages = () => LANGUAGES;
export const language = () => current;

/** What was chosen here before; else what the browser asks for. */
export function preferred() {
  const kept = document.cookie.split("; ").find((one) => one.startsWith(`${COOKIE}=`))?.split("=")[1];
  if (kept && LANGUAGES.includes(kept)) return kept;
  return navigator.languages.some((one) => one.toLowerCase().startsWith("cy")) ? "cy" : "en";
}

/** @param {string} chosen */
export async function speak(chosen) {
  const answer = await fetch(`/console/texts/${chosen}.json`);
  if (!answer.ok) throw new Error("no catalogue");
  catalogue = await answer.json();
  current = chosen;
  document.documentElement.lang = chosen;
  // Signing out clears storage, but not this: nothing in it is a secret.
  document.cookie = `${COOKIE}=${chosen}; Path=/; Max-Age=${YEAR_S}; SameSite=Strict; Secure`;
}

/** Unicode CLDR's cardinal forms. @param {number} n */
function formOf(n) {
  if (current !== "cy") return n === 1 ? "one" : "other";
  return { 0: "zero", 1: "one", 2: "two", 3: "few", 6: "many" }[n] ?? "other";
}

/** @param {string} key */
export const has = (key) => key in catalogue;

/**
 * @param {string} key of the catalogue; one with forms is chosen by `n`
 * @param {Record<string, string | number>} [given] for its {names}
 */
export function t(key, given = {}) {
  let text = catalogue[key];
  if (text === undefined) return key;
  if (typeof text === "object") text = text[formOf(Number(given.n))] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (/** @type {string} */ whole, /** @type {string} */ name) => String(given[name] ?? whole));
}

/** The words of a key around elements: some may be in another language. @param {string} key @param {Record<string, import("./dom.js").Children>} given */
export const around = (key, given) => t(key).split(/(\{\w+\})/).map((/** @type {string} */ part) => (/^\{\w+\}$/.test(part) ? given[part.slice(1, -1)] : part));

/** @param {string | null} iso 2026-11-26 */
export function day(iso) {
  if (!iso) return t("day.none");
  const [year, month, date] = iso.slice(0, 10).split("-").map(Number);
  return t("day", { date, month: t(`month.${month}`), year });
}

/** @param {string} iso in UTC */
export function moment(iso) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return t("moment", { day: day(date), time: `${two(at.getHours())}:${two(at.getMinutes())}` });
}

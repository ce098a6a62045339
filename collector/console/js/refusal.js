// What went wrong, in words; as the GOV.UK design system sums errors up.
import { Problem } from "./api.js";
import { freshId, h } from "./dom.js";
import { has, t } from "./texts.js";

const NAME = /(?<!\w)'([^']*)'(?!\w)/g;
const FEWEST = 3; // words that say what it is by themselves, without what it is of

/**
 * Ours for what the collector says, or where `isEnd` for the end of it, where what it is of stands before that; the console's gate holds these
 * keys against its sources. A name in it is an x there. @param {string} said @param {boolean} isEnd
 */
function ownOf(said, isEnd) {
  const words = said.replace(NAME, "x").toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
  const last = isEnd ? words.length - FEWEST : 0;
  for (let i = 0; i <= last; ++i) {
    const key = `refused.${words.slice(i).join("-")}`;
    if (has(key)) return t(key, { name: [...said.matchAll(NAME)][0]?.[1] ?? "", n: Number(/\d+/.exec(said)?.[0] ?? 0) });
  }
  return "";
}

/** Of all its sentences, or none: half of it would be another thing. @param {string} detail */
function ownFor(detail) {
  const sentences = detail.split(/(?<=\.) /).map((sentence) => ownOf(sentence, true));
  return ownOf(detail, false) || (sentences.every(Boolean) ? sentences.join(" ") : "");
}

/** What went wrong, in words: ours where we have them, then the collector's own, which are English. @param {unknown} error */
export function wordsOf(error) {
  if (!(error instanceof Problem)) return [t("problem.page")];
  if (error.says) return [t(error.says)];
  const own = ownFor(error.detail);
  if (own) return [own];
  const known = t(`problem.${[0, 401, 403, 404, 409, 413, 422, 429, 503].includes(error.status) ? error.status : error.status >= 500 ? 500 : 400}`,
    { n: error.waitS });
  if (!error.detail) return [known];
  return [known, " ", h("span", { lang: "en" }, error.detail)];
}

/** @param {{ words: import("./dom.js").Children, focusId?: string }[]} errors */
export function errorSummary(errors) {
  const id = freshId("errors");
  const line = (/** @type {typeof errors[number]} */ { words, focusId }) => {
    if (!focusId) return h("li", {}, words);
    const link = h("a", { href: `#${focusId}` }, words);
    link.addEventListener("click", (/** @type {Event} */ event) => {
      event.preventDefault();
      document.getElementById(focusId)?.focus();
    });
    return h("li", {}, link);
  };
  return h("div", { class: "govuk-error-summary", tabindex: "-1", "aria-labelledby": id, role: "alert" },
    h("h2", { class: "govuk-error-summary__title", id }, t("error.title")),
    h("div", { class: "govuk-error-summary__body" }, h("ul", { class: "govuk-list govuk-error-summary__list" }, errors.map(line))));
}

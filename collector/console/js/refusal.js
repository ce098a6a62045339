// What went wrong, in words; as the GOV.UK design system sums errors up.
import { Problem } from "./api.js";
import { freshId, h } from "./dom.js";
import { has, t } from "./texts.js";

/** Ours for what the collector says; the console's gate holds these keys against its sources. @param {string} detail */
const ownFor = (detail) => `refused.${detail.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}`;

/** What went wrong, in words: ours where we have them, then the collector's own, which are English. @param {unknown} error */
export function wordsOf(error) {
  if (!(error instanceof Problem)) return [t("problem.page")];
  if (error.says) return [t(error.says)];
  if (has(ownFor(error.detail))) return [t(ownFor(error.detail))];
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

// What comments are about, in the inspectors' own words: how many have each code, which comments are shown, a code called otherwise.
import { at, post } from "../api.js";
import { h, replace } from "../dom.js";
import { form } from "../forms.js";
import { addressOf, needsReason } from "../inspection.js";
import { details, link, p, table } from "../parts.js";
import { t } from "../texts.js";
import { choiceAt, forgetTyped, keepChoice, typedIn } from "../typed.js";

const ALL = "";
const UNCODED = ",";  // which no code can be

/** @typedef {{ codes: { code: string, count: number }[], uncoded: number }} Counts as the collector tells them: in fives while fieldwork is open */
/** @typedef {{ code: string, question: string, read: string }} Choice */

/** As it may be said. @param {any} inspection @param {number} n */
const countOf = (inspection, n) => (!needsReason(inspection) ? String(n) : n === 0 ? t("count.fewer") : t("count.fives", { n }));

/** @param {any} inspection */
const keyOf = (inspection) => `filter-${inspection.id}`;

/** Which comments were asked for here before. @param {any} inspection @returns {Choice} */
export const chosenIn = (inspection) => choiceAt(keyOf(inspection)) ?? { code: ALL, question: ALL, read: ALL };

/** @param {any} comment */
export const questionOf = (comment) => JSON.stringify([comment.questionnaire, comment.variable]);

/** @param {any[]} all @param {Choice} choice */
export const among = (all, { code, question, read }) => all.filter((comment) =>
  (code === ALL || (code === UNCODED ? comment.codes.length === 0 : comment.codes.includes(code)))
  && (question === ALL || questionOf(comment) === question) && (read === ALL || !comment.is_read));

/**
 * Which comments are shown. @param {any} inspection @param {Counts} counts @param {[string, string][]} questions
 * @param {string} language of the questions @param {() => void} show
 */
export function filterForm(inspection, counts, questions, language, show) {
  const chosen = chosenIn(inspection);
  const code = counts.codes.some((one) => one.code === chosen.code) || chosen.code === UNCODED ? chosen.code : ALL;
  const named = (/** @type {string} */ name, /** @type {number} */ n) => t("codes.named", { code: name, count: countOf(inspection, n) });
  return h("div", { class: "app-filter" }, form({
    fields: [
      { name: "code", label: t("codes.filter.code"), kind: "select", value: code, options: [[ALL, t("codes.filter.all")], [UNCODED, named(t("codes.filter.none"), counts.uncoded)],
        ...counts.codes.map((one) => /** @type {[string, string]} */ ([one.code, named(one.code, one.count)]))] },
      { name: "question", label: t("codes.filter.question"), kind: "select", value: chosen.question, lang: language, options: [[ALL, t("codes.filter.any")], ...questions] },
      { name: "read", label: t("codes.filter.read"), kind: "select", value: chosen.read, options: [[ALL, t("codes.filter.both")], ["no", t("comment.unread")]] }],
    submit: t("codes.filter"), kind: "secondary", isKept: true,
    work: (values) => {
      keepChoice(keyOf(inspection), values);
      show();
    },
  }));
}

/**
 * The codes that there are, with a way to call one otherwise. @param {any} inspection @param {Counts} counts
 * @param {boolean} isOpen @param {(said: string) => Promise<void>} redraw
 */
export function codesList(inspection, counts, isOpen, redraw) {
  const key = `codes ${inspection.id}`;
  const names = counts.codes.map((one) => one.code);
  if (names.length === 0) return p(t("codes.nothing"));
  const folded = details(t("codes.title"), table({ caption: t("codes.caption"), isCaptionHidden: true, numeric: [1], head: [t("codes.code"), t("codes.count")],
    rows: [...counts.codes.map((one) => [one.code, countOf(inspection, one.count)]), [t("codes.filter.none"), countOf(inspection, counts.uncoded)]] }),
  form({
    fields: [{ name: "code", label: t("codes.rename.code"), kind: "select", value: names[0], options: names.map((one) => [one, one]) },
      { name: "as", label: t("codes.rename.as"), hint: t("codes.rename.hint"), isNeeded: true, most: 60, offers: () => names }],
    submit: t("codes.rename"), kind: "secondary", typed: { key },
    work: async (values) => {
      await post(at`/v1/inspections/${inspection.id}/codes/renaming`, values);
      forgetTyped(key);
      await redraw(t("codes.renamed", { code: values.as }));
    },
  }),
  !needsReason(inspection) && p(t("codes.exports"), " ", link(t("codes.exports.link"), addressOf(inspection.id, "exports"))));
  folded.open = isOpen || typedIn(key) !== undefined;
  return folded;
}

/** What may be typed next in a list with commas: what stands there, and each code that does not. @param {string[]} names @param {string} typed */
export function offersFor(names, typed) {
  const before = typed.split(",").slice(0, -1).map((one) => one.trim());
  return names.filter((one) => !before.includes(one)).map((one) => [...before, one].join(", "));
}

/** Of a long list one part at a time, with ways to the one before and the next. @param {number} size @param {(some: any[], from: number) => HTMLElement[]} draw */
export function pager(size, draw) {
  const list = h("div", {});
  const foot = h("nav", { class: "app-pages", "aria-label": t("pages.label") });
  let all = /** @type {any[]} */ ([]);
  let from = 0;
  const turn = (/** @type {number} */ to, isAsked = true) => {
    from = to;
    const some = all.slice(from, from + size);
    const drawn = draw(some, from);
    replace(list, drawn);
    const way = (/** @type {string} */ words, /** @type {number} */ other) => {
      const element = h("button", { type: "button", class: "govuk-button govuk-button--secondary" }, words);
      element.addEventListener("click", () => turn(other));
      return element;
    };
    replace(foot, all.length > size && [p(t("pages.at", { from: from + 1, to: from + some.length, of: all.length })),
      h("div", { class: "govuk-button-group" }, from > 0 && way(t("pages.before"), from - size), from + size < all.length && way(t("pages.next"), from + size))]);
    foot.hidden = all.length <= size;
    if (isAsked) /** @type {HTMLElement | null} */ (drawn[0]?.querySelector("h2"))?.focus();
  };
  return { element: h("div", {}, list, foot), fill: (/** @type {any[]} */ some) => {
    all = some;
    turn(0, false);
  } };
}

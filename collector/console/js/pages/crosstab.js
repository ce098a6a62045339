// Two questions against each other, of everybody or of those who gave some answers. Not for release: it stands in the tally.
import { at, get, query } from "../api.js";
import { freshId, h, replace } from "../dom.js";
import { form } from "../forms.js";
import { bullets, details, heading3, inLanguage, p, table } from "../parts.js";
import { around, t } from "../texts.js";
import { choiceAt } from "../typed.js";
import { filterField, wordsOfApi } from "./crosstab_filter.js";

/** @typedef {import("../questions.js").Questions} Questions */

/** What a line or a column counts. @param {Questions} questions @param {string} variable @param {any} line */
const lineOf = (questions, variable, line) => (line.kind === "option" ? inLanguage(questions.language, questions.option(variable, line.option)) : t(`crosstab.${line.kind}`));

/** @param {any} cell */
const cellOf = (cell) => (cell.percent === null ? String(cell.count) : t("crosstab.cell", { count: cell.count, percent: cell.percent }));

/** Whether the two go together. @param {any} found */
function associationOf({ association }) {
  if (!association) return t("crosstab.notest");
  const figures = { p: association.p < 0.001 ? "< 0.001" : `= ${association.p.toFixed(3)}`, test: t(`crosstab.test.${association.test}`), v: association.cramers_v.toFixed(2) };
  return [t("crosstab.association", figures), association.is_approximate && ` ${t("crosstab.rough")}`];
}

/** @param {Questions} questions @param {import("./crosstab_filter.js").Condition[]} only */
const ofWhom = (questions, only) => only.length > 0 && [p(t("crosstab.only")), bullets(only.map(({ variable, options }) =>
  around("crosstab.only.of", { question: inLanguage(questions.language, questions.ask(variable)), answers: inLanguage(questions.language, options.map((one) => questions.option(variable, one)).join(", ")) })))];

/** @param {any} found @param {Questions} questions @param {import("./crosstab_filter.js").Condition[]} only what all of them answered */
function answerOf(found, questions, only) {
  const { rows, columns } = found;
  const id = freshId("crosstab");
  const asked = (/** @type {any} */ side) => inLanguage(questions.language, questions.ask(side.variable));
  return h("div", { role: "group", tabindex: "-1", "aria-labelledby": id }, h("div", { id }, heading3(around("crosstab.of", { rows: asked(rows), columns: asked(columns) })),
    ofWhom(questions, only), p(t("crosstab.people", { n: found.people, base: found.base }))),
  table({ caption: around("crosstab.of", { rows: asked(rows), columns: asked(columns) }), isCaptionHidden: true, numeric: columns.lines.map((/** @type {any} */ _, /** @type {number} */ i) => i + 1),
    head: [t("tally.answer"), ...columns.lines.map((/** @type {any} */ line) => lineOf(questions, columns.variable, line))],
    rows: rows.lines.map((/** @type {any} */ line, /** @type {number} */ i) => [lineOf(questions, rows.variable, line), ...found.counts[i].map(cellOf)]) }),
  p(t("crosstab.share")), p(associationOf(found)));
}

/** @param {import("../app.js").Here} here @param {any} inspection @param {Questions} questions @param {string} reason */
export function crossing(here, inspection, questions, reason) {
  const place = h("div", { class: "app-crosstab" });
  const items = questions.items.filter((item) => item.options?.length);
  const asked = items.map((item) => /** @type {[string, string]} */ ([item.variable, questions.ask(item.variable)]));
  if (asked.length < 2) return null;
  const key = `crosstab-${inspection.id}-${questions.id}`;
  const folded = details(t("crosstab.title"), h("div", { class: "app-narrow" }, form({
    fields: [{ name: "rows", label: t("crosstab.rows"), kind: "select", options: asked, value: asked[0][0], lang: questions.language },
      { name: "columns", label: t("crosstab.columns"), kind: "select", options: asked, value: asked[1][0], lang: questions.language },
      filterField(questions)],
    submit: t("crosstab.show"), kind: "secondary", isKept: true, typed: { key, isChoice: true },
    work: async (wanted, signal) => {
      const found = await get(at`/v1/inspections/${inspection.id}/crosstab` + query({ questionnaire: questions.id, ...wanted, only: wordsOfApi(wanted.only), reason }), { signal });
      const answer = answerOf(found, questions, wanted.only);
      replace(place, answer);
      answer.focus();
    },
  })), place);
  folded.open = choiceAt(key) !== undefined;
  return folded;
}

// What a release says of each finding, what the finding is on, and what the auditor finds, in words and not in names of variables.
import { h } from "../dom.js";
import { inLanguage, table } from "../parts.js";
import { has, t } from "../texts.js";

/**
 * @typedef {Record<string, { heading: string, findings: Record<string, { on: string, question: string, counted: string[] }> }>} About by questionnaire
 * @typedef {{ about: About, words: Record<string, Record<string, string>>, clauses?: Record<string, Record<string, string>>, release: any }} Said
 */

/** In one line: two findings on one subject differ in their question, or in the answers that count. @param {About} about @param {string} questionnaire @param {string} finding */
export function findingName(about, questionnaire, finding) {
  const known = about[questionnaire]?.findings[finding];
  return known ? t("finding.name", { question: known.question, counted: known.counted.join(", ") }) : finding;
}

/** @param {About} about @param {string} questionnaire @param {string} finding */
function subject(about, questionnaire, finding) {
  const known = about[questionnaire]?.findings[finding];
  if (!known) return finding;
  return h("span", {}, known.on, h("span", { class: "app-quiet" }, findingName(about, questionnaire, finding)));
}

/** @param {Said} said @param {string} questionnaire @param {string} finding */
function saidOf(said, questionnaire, finding) {
  const words = said.words[questionnaire][finding];
  const more = said.release.parts.find((/** @type {any} */ part) => part.questionnaire === questionnaire)?.stated_more
    .find((/** @type {any} */ one) => one.finding === finding);
  const clause = said.clauses?.[questionnaire]?.[finding];
  return h("span", {}, words || t("release.nothing"), !words && clause && h("span", { class: "app-quiet" }, t(`release.because.${clause}`)),
    more && h("span", { class: "app-quiet" }, t("release.stated.also", { count: more.count, base: more.base })));
}

/** A table for each questionnaire. With the clauses, which only inspectors are sent, also why nothing is said. @param {Said} said @param {string} caption */
export const saidTables = (said, caption) => said.release.parts.map((/** @type {any} */ part) => table({
  caption: t("release.words", { caption, questionnaire: said.about[part.questionnaire]?.heading ?? part.questionnaire }), head: [t("release.on"), t("release.says")],
  rows: part.statements.map((/** @type {any} */ one) => [subject(said.about, part.questionnaire, one.finding), saidOf(said, part.questionnaire, one.finding)]) }));

// As the auditor names what it asks about, by its first word and its last: collector/release/cells.cc.
const CELL = /^(\w+) (?:.*? )?([\w-]+)(?::.*)?$/;

/** @param {About} about @param {string} questionnaire @param {string} cell @param {import("../questions.js").Questions} [questions] */
function cellName(about, questionnaire, cell, questions) {
  const [, kind, name] = CELL.exec(cell) ?? [];
  if (!kind || !has(`cell.${kind}`)) return inLanguage("en", cell);
  return t(`cell.${kind}`, { finding: findingName(about, questionnaire, name), question: questions?.ask(name) ?? name });
}

/** What the auditor finds. @param {About} about @param {any} exposure @param {string} questionnaire @param {import("../questions.js").Questions} [questions] */
export function exposureWords(about, exposure, questionnaire, questions) {
  const values = exposure.values.join(t("exposure.or"));
  const relation = exposure.relation.map((/** @type {string} */ one) => `“${findingName(about, questionnaire, one)}”`).join(t("exposure.and"));
  return [cellName(about, questionnaire, exposure.cell, questions), " ", relation ? t("exposure.by", { values, relation }) : t("exposure.alone", { values })];
}

// What a release says of each finding, what the finding is on, and what the auditor finds, in words and not in names of variables.
import { h } from "../dom.js";
import { inLanguage, table } from "../parts.js";
import { around, has, t } from "../texts.js";
import { cellId } from "./sections.js";

/**
 * @typedef {Record<string, { heading: string, findings: Record<string, { on: string, question: string, counted: string[] }> }>} About by questionnaire
 * @typedef {{ language: string, about: About, words: Record<string, Record<string, string>>, clauses?: Record<string, Record<string, string>>, release: any }} Said
 */

/** In one line: two findings on one subject differ in their question, or in the answers that count. The auditor names one that is stated more so (collector/release/knowledge.cc). @param {About} about @param {string} questionnaire @param {string} finding */
export function findingName(about, questionnaire, finding) {
  const known = about[questionnaire]?.findings[finding.replace(/^stated: /, "")];
  return known ? t("finding.name", { question: known.question, counted: known.counted.join("; ") }) : finding;
}

/** @param {Said} said @param {string} questionnaire @param {string} finding @param {string} [id] */
function subject({ about, language }, questionnaire, finding, id = "") {
  const known = about[questionnaire]?.findings[finding];
  if (!known) return finding;
  return h("span", { lang: language, id: id || null }, known.on, h("span", { class: "app-quiet" }, findingName(about, questionnaire, finding)));
}

/** @param {Said} said @param {string} questionnaire @param {string} finding */
function saidOf(said, questionnaire, finding) {
  const words = said.words[questionnaire][finding];
  const more = said.release.parts.find((/** @type {any} */ part) => part.questionnaire === questionnaire)?.stated_more
    .find((/** @type {any} */ one) => one.finding === finding);
  const clause = said.clauses?.[questionnaire]?.[finding];
  if (more && !words) return h("span", {}, t("release.stated.alone", { count: more.count, base: more.base }));
  return h("span", {}, words ? inLanguage(said.language, words) : t("release.nothing"), !words && clause && h("span", { class: "app-quiet" }, t(`release.because.${clause}`)),
    more && h("span", { class: "app-quiet" }, t("release.stated.also", { count: more.count, base: more.base })));
}

/** A table for each questionnaire. With the clauses, which only inspectors are sent, also why nothing is said. @param {Said} said @param {string} caption @param {boolean} [isTarget] figures of its section lead here */
export const saidTables = (said, caption, isTarget = false) => said.release.parts.map((/** @type {any} */ part) => h("div", { id: isTarget ? cellId(part.questionnaire) : null }, table({
  caption: around("release.words", { caption, questionnaire: inLanguage(said.language, said.about[part.questionnaire]?.heading ?? part.questionnaire) }), head: [t("release.on"), t("release.says")],
  rows: part.statements.map((/** @type {any} */ one) => [subject(said, part.questionnaire, one.finding, isTarget ? cellId(part.questionnaire, one.finding) : ""), saidOf(said, part.questionnaire, one.finding)]) })));

// As the auditor names what it asks about, by its first word and its last: collector/release/cells.cc.
const CELL = /^(\w+) (?:.*? )?([\w-]+)(?::.*)?$/;
// And behind it of whom: collector/release/history.cc. One of the newest release has nothing there.
const PEOPLE = /^(.*), (?:who (came|left) between releases (\d+) and (\d+)|in (all) releases|in releases? (\d[\d, and]*?)( alone)?)$/;
const RELEASE = /^release (\d+): (.*)$/;

/** @param {Said} said @param {string} questionnaire @param {string} cell @param {import("../questions.js").Questions} [questions] */
function cellName(said, questionnaire, cell, questions) {
  const [, of, change, from, to, all, releases, alone] = PEOPLE.exec(cell) ?? [];
  const name = plainCell(said, questionnaire, of ?? cell, questions);
  if (!of) return name;
  const people = change ?? (all ? "all" : !alone ? "release" : /\D/.test(releases) ? "several" : "alone");
  return around(`cell.people.${people}`, { cell: name, from, to, releases: releases?.replace(" and ", t("exposure.and")) });
}

/** @param {Said} said @param {string} questionnaire @param {string} cell @param {import("../questions.js").Questions} [questions] */
function plainCell({ about, language }, questionnaire, cell, questions) {
  const [, kind, name] = CELL.exec(cell) ?? [];
  if (!kind || !has(`cell.${kind}`)) return inLanguage("en", cell);
  return around(`cell.${kind}`, { finding: inLanguage(language, findingName(about, questionnaire, name)), question: inLanguage(questions?.language ?? language, questions?.ask(name) ?? name) });
}

/** @param {Said} said @param {string} questionnaire @param {string} source */
function sourceName({ about, language }, questionnaire, source) {
  const [, release, finding] = RELEASE.exec(source) ?? [];
  const name = inLanguage(language, `“${findingName(about, questionnaire, finding ?? source)}”`);
  return release ? around("exposure.release", { release, finding: name }) : name;
}

/** What the auditor finds. @param {Said} said @param {any} exposure @param {string} questionnaire @param {import("../questions.js").Questions} [questions] */
export function exposureWords(said, exposure, questionnaire, questions) {
  const values = exposure.values.join(t("exposure.or"));
  const relation = exposure.relation.map((/** @type {string} */ one, /** @type {number} */ i) => [i > 0 && t("exposure.and"), sourceName(said, questionnaire, one)]);
  return [cellName(said, questionnaire, exposure.cell, questions), " ", relation.length > 0 ? around("exposure.by", { values, relation }) : t("exposure.alone", { values })];
}

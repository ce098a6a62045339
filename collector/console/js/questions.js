// The words of an inspection's questionnaires: what was asked, and what could be answered.
import { at, get, query } from "./api.js";
import { language, t } from "./texts.js";

/**
 * @typedef {{ id: string, items: { type: string, variable: string, options?: { id: string, base?: string }[] }[], language: string,
 *   ask: (variable: string) => string, option: (variable: string, option: string) => string, title: string,
 *   finding: (id: string) => string }} Questions
 *   finding: what one counts, in words
 */

/**
 * In the page's language where the inspection has it.
 * @param {any} inspection @param {string} questionnaire @param {AbortSignal} signal @param {string} [wanted] language
 * @returns {Promise<Questions>}
 */
export async function questionsOf(inspection, questionnaire, signal, wanted = language()) {
  const chosen = inspection.policy.languages.includes(wanted) ? wanted : inspection.policy.languages[0];
  const found = await get(at`/v1/inspections/${inspection.id}/paper/questions` + query({ questionnaire, language: chosen }), { signal });
  const definition = JSON.parse(found.definition);
  const texts = JSON.parse(found.texts);
  const ask = (/** @type {string} */ variable) => texts[`item.${variable}`] ?? variable;
  const option = (/** @type {string} */ variable, /** @type {string} */ one) => texts[`item.${variable}.${one}`] ?? one;
  const finding = (/** @type {string} */ id) => {
    const one = (definition.findings ?? []).find((/** @type {any} */ each) => each.id === id);
    if (!one) return id;
    return t("finding.name", { question: ask(one.item), counted: one.counted.map((/** @type {string} */ each) => option(one.item, each)).join("; ") });
  };
  return { id: questionnaire, items: definition.items, language: found.language, title: texts.title ?? questionnaire, ask, option, finding };
}

/** In which language an inspection's words are shown: the page's, where it has it. @param {any} inspection @returns {string} */
export function shownIn({ policy: { languages } }) {
  return languages.includes(language()) ? language() : (languages.find((/** @type {string} */ one) => one === "en" || one === "cy") ?? languages[0]);
}

/** Of all questionnaires of an inspection, by id. @param {any} inspection @param {AbortSignal} signal */
export async function allQuestions(inspection, signal) {
  const all = await Promise.all(inspection.questionnaires.map((/** @type {string} */ one) => questionsOf(inspection, one, signal)));
  return new Map(all.map((one) => [one.id, one]));
}

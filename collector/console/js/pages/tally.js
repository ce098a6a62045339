// Every number of an unlocked inspection, as bars and as tables. Not for release.
import { at, get, query } from "../api.js";
import { patterns, stackedBar, swatch } from "../chart.js";
import { focusOn, h } from "../dom.js";
import { addressOf, askReason, inspectionOf, needsReason, pageOf, reasonOf, unlocking } from "../inspection.js";
import { alert, bullets, button, details, group, heading2, heading3, inLanguage, link, marked, p, printedDetails, table } from "../parts.js";
import { allQuestions, shownIn } from "../questions.js";
import { may } from "../session.js";
import { around, t } from "../texts.js";
import { crossing } from "./crosstab.js";
import { cellId, saver, showCell } from "./sections.js";

const ABSENT = ["skipped", "not_asked", "not_reached"];

/** @param {any} option */
function intervalOf(option) {
  if (!option.interval) return "";
  const [low, high] = option.interval.map((/** @type {number} */ one) => Math.round(one <= 1 ? one * 100 : one));
  return t("tally.interval", { low, high });
}

/** @param {any} item @param {import("../questions.js").Questions} questions @param {number} number */
function itemOf(item, questions, number) {
  const title = questions.ask(item.variable);
  const inBase = item.options.filter((/** @type {any} */ one) => one.in_base);
  const outside = item.options.filter((/** @type {any} */ one) => !one.in_base);
  const plain = (/** @type {any} */ option) => questions.option(item.variable, option.option);
  const label = (/** @type {any} */ option) => inLanguage(questions.language, plain(option));
  const shares = inBase.map((/** @type {any} */ option) => ({ label: plain(option), count: option.count }));
  const isStacked = item.kind !== "multiple_choice";
  const rows = [...inBase.map((/** @type {any} */ option, /** @type {number} */ i) => [h("span", {}, isStacked && swatch(i), label(option)), option.count,
    option.percent === null || option.percent === undefined ? "" : t("percent", { n: option.percent }), intervalOf(option)]),
  ...outside.map((/** @type {any} */ option) => [h("span", {}, around("tally.outside.option", { option: label(option) })), option.count, "", ""]),
  ...ABSENT.map((name) => [t(`tally.${name}`), item[name], "", ""])];
  return h("section", { class: "app-item" }, heading3(inLanguage(questions.language, t("tally.question", { number, title }))),
    item.base > 0 && item.options.length > 0 && isStacked && stackedBar(title, shares, questions.language),
    table({ caption: around("tally.caption", { title: inLanguage(questions.language, title), base: item.base }), isCaptionHidden: true, numeric: [1, 2, 3],
      head: [t("tally.answer"), t("tally.count"), t("tally.percent"), t("tally.likely")], rows }),
    h("p", { class: "govuk-body-s" }, t("tally.base", { n: item.base }), item.mean !== undefined && ` ${t("tally.mean", { mean: Math.round(item.mean * 10) / 10 })}`));
}

/** How many wrote something; what they wrote is on the page of comments. @param {any} item @param {import("../questions.js").Questions} questions @param {number} number */
function textOf(item, questions, number) {
  const title = inLanguage(questions.language, t("tally.question", { number, title: questions.ask(item.variable) }));
  return h("section", { class: "app-item" }, heading3(title), table({ caption: around("tally.caption", { title: inLanguage(questions.language, questions.ask(item.variable)), base: item.base }), isCaptionHidden: true, numeric: [1],
    head: [t("tally.answer"), t("tally.count")], rows: [[t("tally.wrote"), item.base], ...ABSENT.map((name) => [t(`tally.${name}`), item[name]])] }));
}

/**
 * Thirty questions are a long page: a list leads to each. @param {import("../questions.js").Questions} questions @param {string} address of the questionnaire's part
 * @param {any[]} items @param {HTMLElement[]} sections
 */
const contentsOf = (questions, address, items, sections) => details(t("tally.contents"), h("ol", { class: "govuk-list govuk-list--number" }, sections.map((section, i) => {
  const to = link(questions.ask(items[i].variable), address);
  to.lang = questions.language;
  to.addEventListener("click", (/** @type {Event} */ event) => {
    event.preventDefault();
    focusOn(section.querySelector("h3"));
    section.scrollIntoView({ block: "start" });
  });
  return h("li", {}, to);
})));

/** @param {string} inspection @param {any} found @param {import("../questions.js").Questions} questions @param {import("../dom.js").Children} crossed two questions against each other */
function questionnaireOf(inspection, found, questions, crossed) {
  const sections = found.items.map((/** @type {any} */ item, /** @type {number} */ i) => (item.kind === "text" ? textOf : itemOf)(item, questions, i + 1));
  return [h("div", { id: cellId(found.questionnaire) }, heading2(inLanguage(questions.language, questions.title))), p(t("tally.respondents", { n: found.respondents }), " ", t("tally.paper", { n: found.on_paper })), crossed,
    contentsOf(questions, addressOf(inspection, `tally/${found.questionnaire}`), found.items, sections), sections,
    found.findings.length > 0 && printedDetails(t("tally.findings"), table({ caption: t("tally.findings"), isCaptionHidden: true, numeric: [1, 2, 3], head: [t("tally.finding"), t("tally.count"), t("tally.of"), t("tally.percent")],
      rows: found.findings.map((/** @type {any} */ one) => [h("span", { id: cellId(found.questionnaire, one.finding), lang: questions.language }, questions.finding(one.finding)), one.count, one.base, one.percent === null ? "" : t("percent", { n: one.percent })]) }))];
}

/** What stands above the figures in every form of them: what did not come in, or could not be read. @param {any} inspection @param {string[]} notes */
const notesOf = (inspection, notes) => notes.length > 0 && alert("warning", h("div", { lang: shownIn(inspection) }, bullets(notes)),
  may("run-kiosks") && p(link(t("tally.notes.go"), addressOf(inspection.id, "reconciliation"))));

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function tally(here) {
  const inspection = await inspectionOf(here);
  if (!inspection.is_unlocked) return pageOf(here, inspection, "tally", [unlocking(here, inspection)]);
  if (needsReason(inspection) && !reasonOf(inspection.id)) return pageOf(here, inspection, "tally", [askReason(here, inspection)]);
  const reason = needsReason(inspection) ? reasonOf(inspection.id) : "";
  const [found, questions] = await Promise.all([
    get(at`/v1/inspections/${inspection.id}/tally` + query({ format: "json", reason, language: shownIn(inspection) }), { signal: here.signal }),
    allQuestions(inspection, here.signal)]);
  const page = pageOf(here, inspection, "tally", [marked(t("full.warning"), notesOf(inspection, found.notes), p(t("tally.likely.words")), patterns(),
    group(button(t("print"), () => window.print(), { kind: "secondary" }), ["xlsx", "ods"].map((format) => saver(here, format, () => ({
      path: at`/v1/inspections/${inspection.id}/tally` + query({ format, reason, language: shownIn(inspection) }), name: `${inspection.id}-tally-full.${shownIn(inspection)}.${format}` })))),
    found.questionnaires.map((/** @type {any} */ one) => {
      const words = questions.get(one.questionnaire);
      return words && questionnaireOf(inspection.id, one, words, one.respondents > 0 && crossing(here, inspection, words, reason));
    }))], () => showCell(here));
  const { questionnaire, finding } = here.params;
  const asked = questions.get(questionnaire);
  return asked ? { ...page, title: `${finding ? asked.finding(finding) : asked.title}, ${page.title}` } : page;
}

// What may be said outside the inspectorate: what a release would say now, what the auditor finds in it, and the frozen one.
import { Problem, at, get, post, query } from "../api.js";
import { freshId, h, replace } from "../dom.js";
import { form } from "../forms.js";
import { addressOf, askReason, inspectionOf, needsReason, pageOf, reasonOf, unlocking } from "../inspection.js";
import { alert, bullets, button, details, group, heading2, heading3, inLanguage, inset, marked, p, summary, warning } from "../parts.js";
import { allQuestions, shownIn } from "../questions.js";
import { errorSummary, wordsOf } from "../refusal.js";
import { may } from "../session.js";
import { around, moment, t } from "../texts.js";
import { forgetTyped, typedIn } from "../typed.js";
import { exposureWords, findingName, saidTables } from "./finding.js";
import { confirmed } from "./overview.js";
import { ENDINGS, FILES, blocks, edited, languagesOf, saver, showCell } from "./sections.js";

/** @typedef {Map<string, import("../questions.js").Questions>} Asked */

/** @param {any[]} lines */
const lines = (lines) => h("ul", { class: "govuk-list govuk-list--bullet" }, lines.map((one) => h("li", {}, one)));

/** @param {any} check @param {Asked} questions */
function auditOf(check, questions) {
  if (check.exposures.length === 0) return alert("success", t(check.overrides.length > 0 ? "release.sound.more" : "release.sound"));
  return alert("error", h("strong", {}, t("release.exposed")),
    lines(check.exposures.map((/** @type {any} */ one) => exposureWords(check, one, one.questionnaire, questions.get(one.questionnaire)))));
}

/** One finding more, by name and reason: first what else that would give away, then whether it is to be.
 * @param {import("../app.js").Here} here @param {any} inspection @param {any} check @param {Asked} questions */
function stating(here, inspection, check, questions) {
  const place = h("div", {});
  const key = `override-${inspection.id}`;
  const options = check.release.parts.flatMap((/** @type {any} */ part) => part.statements.map((/** @type {any} */ one) =>
    /** @type {[string, string]} */ ([`${part.questionnaire}/${one.finding}`, `${check.about[part.questionnaire]?.heading}: ${findingName(check.about, part.questionnaire, one.finding)}`])));
  const ask = form({
    fields: [{ name: "finding", label: t("tally.finding"), kind: "select", options, value: options[0]?.[0], lang: check.language },
      { name: "reason", label: t("release.why"), isNeeded: true, kind: "area", rows: 3 }],
    submit: t("release.try"), kind: "secondary", isKept: true, typed: { key },
    work: async ({ finding, reason }, signal) => {
      const [questionnaire, id] = finding.split("/");
      const order = { questionnaire, finding: id, reason };
      const shown = await post(at`/v1/inspections/${inspection.id}/release/overrides/trial`, order, { signal });
      const says = shown.gives_away.map((/** @type {any} */ one) => exposureWords(check, one, questionnaire, questions.get(questionnaire)));
      const told = freshId("given-away");
      const answer = h("div", { id: told }, p(around("release.states", { finding: inLanguage(check.language, `“${findingName(check.about, questionnaire, id)}”`), count: shown.count, base: shown.base })),
        says.length === 0 ? p(t("release.nomore")) : [p(t("release.givesaway")), lines(says)]);
      // Who listens is brought to the answer, and hears all of it, before the button that acts on it.
      const group = h("div", { role: "group", tabindex: "-1", "aria-labelledby": told }, answer, confirmed(t("release.state"), [warning(t("release.state.warning"))], async (signal) => {
          await post(at`/v1/inspections/${inspection.id}/release/overrides`, { ...order, confirmation: shown.confirmation }, { signal });
          forgetTyped(key);
          here.tell(location.hash.slice(2), t("release.stated"));
        }));
      replace(place, group);
      group.focus();
    },
  });
  const folded = details(t("release.more"), h("div", { class: "app-narrow" }, ask, place));
  folded.open = typedIn(key) !== undefined;
  return folded;
}

/** @param {import("../app.js").Here} here @param {any} inspection @param {any} check @param {any} one */
const overrideOf = (here, inspection, check, one) => [around("release.override", { finding: inLanguage(check.language, findingName(check.about, one.questionnaire, one.finding)), by: one.by, reason: one.reason }), " ",
  !one.holds && [h("strong", {}, t("release.override.changed")), " "],
  button(t("release.takeback"), async () => {
    await post(at`/v1/inspections/${inspection.id}/release/overrides/removal`, { questionnaire: one.questionnaire, finding: one.finding });
    here.tell(location.hash.slice(2), t("release.takenback"));
  }, { kind: "secondary", hidden: findingName(check.about, one.questionnaire, one.finding) })];

/** How many findings are stated beside the rules: counted with none of those that say something by them. @param {any} release */
function moreOf(release) {
  const n = release.parts.reduce((/** @type {number} */ sum, /** @type {any} */ part) => sum + part.stated_more.length, 0);
  return n > 0 && ` ${t("release.of.more", { n })}`;
}

/** @param {any} check */
const warningsOf = (check) => alert("warning", h("strong", {}, t("release.warnings")), h("div", { lang: check.language }, bullets(check.warnings)));

/** Why it cannot be frozen, in words and not in names of variables. @param {any} check */
const obstacleOf = (check) => inset(p(t("release.notyet"), " ", t(`release.obstacle.${check.obstacle.kind}`)),
  check.obstacle.findings.length > 0 && lines(check.obstacle.findings.map((/** @type {any} */ one) =>
    inLanguage(check.language, `${check.about[one.questionnaire]?.heading ?? ""}: ${findingName(check.about, one.questionnaire, one.finding)}`))));

/** @param {import("../app.js").Here} here @param {any} inspection */
async function checking(here, inspection) {
  if (!inspection.is_unlocked) return [heading2(t("release.check")), unlocking(here, inspection)];
  if (needsReason(inspection) && !reasonOf(inspection.id)) return [heading2(t("release.check")), askReason(here, inspection)];
  const reason = needsReason(inspection) ? reasonOf(inspection.id) : "";
  const shown = shownIn(inspection);
  const [found, questions] = await Promise.all([
    get(at`/v1/inspections/${inspection.id}/release/check` + query({ language: shown, reason }), { signal: here.signal }), allQuestions(inspection, here.signal)]);
  const check = { ...found, language: shown };
  const freeze = check.may_be_frozen
    ? confirmed(t("release.freeze"), [warning(t("release.freeze.warning")), check.warnings.length > 0 && warningsOf(check)], async (signal) => {
      await post(at`/v1/inspections/${inspection.id}/release`, {}, { signal });
      here.tell(location.hash.slice(2), t("release.freeze.done"));
    })
    : obstacleOf(check);
  return marked(t("release.check.mark"), heading2(t("release.check")), p(t("release.likely")), p(t("release.check.words", { some: check.say_something, all: check.findings, plain: check.say_something_by_suppression }), moreOf(check.release)),
    auditOf(check, questions), check.warnings.length > 0 && warningsOf(check),
    check.overrides.length > 0 && lines(check.overrides.map((/** @type {any} */ one) => overrideOf(here, inspection, check, one))),
    inspection.releases > 0 ? details(t("release.now.each"), saidTables(check, t("release.now"))) : saidTables(check, t("release.now")), stating(here, inspection, check, questions), freeze);
}

/** What may leave, as files in one language. @param {import("../app.js").Here} here @param {any} inspection @param {string} language @param {string} [hidden] */
const filesOf = (here, inspection, language, hidden = "") => [
  group(FILES.map((ending) => saver(here, ending, () => ({
    path: at`/v1/inspections/${inspection.id}/release/section` + query({ language, format: ending === "txt" ? "text" : ending }), name: `${inspection.id}-section-release.${language}.${ending}` }), hidden))),
  heading3(t("release.tables")), group(["xlsx", "ods", "csv", "codebook", "json"].map((format) => saver(here, format, () => ({
    path: at`/v1/inspections/${inspection.id}/release/tables` + query({ language, format }), name: `${inspection.id}-release.${language}.${ENDINGS[format] ?? format}` }), hidden)))];

/** The section of the release, read where it is asked for: that is an entry of the audit. @param {import("../app.js").Here} here @param {any} inspection @param {string} language */
function reading(here, inspection, language) {
  const text = h("article", { class: "app-section", lang: language });
  const place = (/** @type {string} */ cell) => (!cell.startsWith("/") ? addressOf(inspection.id, `release/${cell}`) : may("run-kiosks") ? addressOf(inspection.id, cell.slice(1)) : "");
  const folded = details(t("release.read"), p(t("release.read.figures")), text);
  folded.addEventListener("toggle", async () => {
    if (!folded.open || text.hasChildNodes()) return;
    try {
      replace(text, blocks(await get(at`/v1/inspections/${inspection.id}/release/document` + query({ language }), { signal: here.signal }), place));
    } catch (error) {
      replace(text, errorSummary([{ words: wordsOf(error) }]));
    }
  });
  return folded;
}

/** @param {import("../app.js").Here} here @param {any} inspection */
async function editedOf(here, inspection) {
  if (!may("read-answers")) return [];
  return inspection.is_unlocked ? edited(here, inspection, "release") : [p(t("release.edited.locked"))];
}

/** What an address names, as a title of it. @param {import("../app.js").Here} here @param {import("./finding.js").About} about */
const namedIn = ({ params: { questionnaire, finding } }, about) => (finding ? findingName(about, questionnaire, finding) : about[questionnaire]?.heading ?? "");

/** @param {import("../app.js").Here} here @param {any} inspection @returns {Promise<{ content: import("../dom.js").Children, named: string }>} */
async function frozen(here, inspection) {
  const chosen = shownIn(inspection);
  try {
    const release = await get(at`/v1/inspections/${inspection.id}/release` + query({ language: chosen }), { signal: here.signal });
    return { named: namedIn(here, release.about), content: [heading2(t("release.frozen")), summary([[t("release.number"), String(release.number)], [t("release.at"), moment(release.frozen_at)],
      [t("release.published"), t(release.is_published ? "done.yes" : "done.no")], [t("release.some"), [t("release.of", { some: release.say_something, all: release.findings }), moreOf(release.release)]]]),
    h("div", { class: "app-screen" }, heading3(t("release.section")), reading(here, inspection, chosen), await editedOf(here, inspection), p(t("release.section.words")), filesOf(here, inspection, chosen),
      languagesOf(inspection).filter((one) => one !== chosen).map((one) => details(t("release.files", { language: t(`language.${one}`) }), filesOf(here, inspection, one, t(`language.${one}`))))),
    saidTables({ ...release, language: chosen }, t("release.frozen"), true)] };
  } catch (error) {
    if (error instanceof Problem && [403, 404, 409].includes(error.status)) return { named: "", content: [heading2(t("release.frozen")), inset(t(error.status === 404 ? "release.none.yet" : "release.none"), error.status !== 404 && [" ", inLanguage("en", error.detail)])] };
    throw error;
  }
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function release(here) {
  const inspection = await inspectionOf(here);
  const { content, named } = await frozen(here, inspection);
  const page = pageOf(here, inspection, "release", [p(t("release.intro")), content, may("read-answers") && (await checking(here, inspection))], () => showCell(here));
  return named ? { ...page, title: `${named}, ${page.title}` } : page;
}

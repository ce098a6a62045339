// What may be said outside the inspectorate: what a release would say now, what the auditor finds in it, and the frozen one.
import { Problem, at, get, post, query } from "../api.js";
import { h, replace } from "../dom.js";
import { form } from "../forms.js";
import { askReason, inspectionOf, needsReason, pageOf, reasonOf, unlocking } from "../inspection.js";
import { alert, bullets, button, details, group, heading2, heading3, inLanguage, inset, p, summary, table, warning } from "../parts.js";
import { may } from "../session.js";
import { language, moment, t } from "../texts.js";
import { confirmed } from "./overview.js";
import { saver } from "./section.js";

/** @param {any} inspection */
const wordsLanguage = (inspection) => (inspection.policy.languages.includes(language()) ? language() : "");

/** @param {Record<string, Record<string, string>>} words by questionnaire, by finding @param {string} caption */
function wordsOf(words, caption) {
  return Object.entries(words).map(([questionnaire, findings]) => table({ caption: t("release.words", { caption, questionnaire }),
    head: [t("tally.finding"), t("release.says")], rows: Object.entries(findings).map(([finding, says]) => [finding, says || t("release.nothing")]) }));
}

/** @param {any} check */
function auditOf(check) {
  if (check.exposures.length === 0) return alert("success", t("release.sound"));
  return alert("error", h("strong", {}, t("release.exposed")), h("div", { lang: "en" }, bullets(check.exposures.map((/** @type {any} */ one) => one.says))));
}

/** One finding more, by name and reason: first what else that would give away, then whether it is to be.
 * @param {import("../app.js").Here} here @param {any} inspection @param {Record<string, Record<string, string>>} words */
function stating(here, inspection, words) {
  const place = h("div", {});
  const options = Object.entries(words).flatMap(([questionnaire, findings]) => Object.keys(findings).map((finding) =>
    /** @type {[string, string]} */ ([`${questionnaire}/${finding}`, `${questionnaire}: ${finding}`])));
  const ask = form({
    fields: [{ name: "finding", label: t("tally.finding"), kind: "select", options, value: options[0]?.[0] },
      { name: "reason", label: t("release.why"), isNeeded: true, kind: "area", rows: 3 }],
    submit: t("release.try"), kind: "secondary", isKept: true,
    work: async ({ finding, reason }) => {
      const [questionnaire, id] = finding.split("/");
      const order = { questionnaire, finding: id, reason };
      const shown = await post(at`/v1/inspections/${inspection.id}/release/overrides/trial`, order);
      const says = shown.gives_away.map((/** @type {any} */ one) => one.says);
      replace(place, p(t("release.states", { count: shown.count, base: shown.base })),
        says.length === 0 ? p(t("release.nomore")) : h("div", { lang: "en" }, bullets(says)),
        confirmed(t("release.state"), [warning(t("release.state.warning"))], async () => {
          await post(at`/v1/inspections/${inspection.id}/release/overrides`, { ...order, confirmation: shown.confirmation });
          here.tell(location.hash.slice(2), t("release.stated"));
        }));
    },
  });
  return details(t("release.more"), h("div", { class: "app-narrow" }, ask, place));
}

/** @param {import("../app.js").Here} here @param {any} inspection @param {any} one */
const overrideOf = (here, inspection, one) => [t("release.override", { finding: one.finding, by: one.by, reason: one.reason }), " ",
  button(t("release.takeback"), async () => {
    await post(at`/v1/inspections/${inspection.id}/release/overrides/removal`, { questionnaire: one.questionnaire, finding: one.finding });
    here.tell(location.hash.slice(2), t("release.takenback"));
  }, { kind: "secondary", hidden: one.finding })];

/** @param {import("../app.js").Here} here @param {any} inspection */
async function checking(here, inspection) {
  if (!inspection.is_unlocked) return [heading2(t("release.check")), unlocking(here, inspection)];
  if (needsReason(inspection) && !reasonOf(inspection.id)) return [heading2(t("release.check")), askReason(here, inspection)];
  const reason = needsReason(inspection) ? reasonOf(inspection.id) : "";
  const check = await get(at`/v1/inspections/${inspection.id}/release/check` + query({ language: wordsLanguage(inspection), reason }), { signal: here.signal });
  const freeze = check.may_be_frozen
    ? confirmed(t("release.freeze"), [warning(t("release.freeze.warning"))], async () => {
      await post(at`/v1/inspections/${inspection.id}/release`);
      here.tell(location.hash.slice(2), t("release.freeze.done"));
    })
    : inset(t("release.notyet"), " ", inLanguage("en", check.why_not ?? ""));
  return [heading2(t("release.check")), p(t("release.check.words", { some: check.say_something, all: check.findings, plain: check.say_something_by_suppression })),
    auditOf(check), check.overrides.length > 0 && bullets(check.overrides.map((/** @type {any} */ one) => overrideOf(here, inspection, one))),
    wordsOf(check.words, t("release.now")), stating(here, inspection, check.words), freeze];
}

/** @param {import("../app.js").Here} here @param {any} inspection */
async function frozen(here, inspection) {
  const chosen = wordsLanguage(inspection);
  try {
    const release = await get(at`/v1/inspections/${inspection.id}/release` + query({ language: chosen }), { signal: here.signal });
    return [heading2(t("release.frozen")), summary([[t("release.number"), String(release.number)], [t("release.at"), moment(release.frozen_at)],
      [t("release.published"), t(release.is_published ? "choice.yes" : "choice.no")], [t("release.some"), t("release.of", { some: release.say_something, all: release.findings })]]),
    heading3(t("release.section")), group(["docx", "odt", "txt"].map((ending) => saver(here, ending, () => ({
      path: at`/v1/inspections/${inspection.id}/release/section` + query({ language: chosen, format: ending === "txt" ? "text" : ending }), name: `${inspection.id}-section-release.${ending}` })))),
    heading3(t("release.tables")), group(["xlsx", "ods", "csv"].map((format) => saver(here, format, () => ({
      path: at`/v1/inspections/${inspection.id}/release/tables` + query({ language: chosen, format }), name: `${inspection.id}-release.${format}` })))),
    wordsOf(release.words, t("release.frozen"))];
  } catch (error) {
    if (error instanceof Problem && [403, 404, 409].includes(error.status)) return [heading2(t("release.frozen")), inset(t("release.none"), error.status !== 404 && [" ", inLanguage("en", error.detail)])];
    throw error;
  }
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function release(here) {
  const inspection = await inspectionOf(here);
  return pageOf(here, inspection, "release", [p(t("release.intro")), await frozen(here, inspection), may("read-answers") && (await checking(here, inspection))]);
}

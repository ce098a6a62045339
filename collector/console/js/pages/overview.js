// One inspection: where it stands, its next step, lock and unlock.
import { at, listen, post } from "../api.js";
import { h, replace } from "../dom.js";
import { underWay } from "../forms.js";
import { addressOf, inspectionOf, pageOf, unlocking } from "../inspection.js";
import { alertOfMany, bullets, button, group, heading2, inLanguage, link, p, summary, warning } from "../parts.js";
import { shownIn } from "../questions.js";
import { errorSummary, wordsOf } from "../refusal.js";
import { may } from "../session.js";
import { around, day, t } from "../texts.js";
import { alarmsOf, named as namedIn, reminderWords, unreadWords, withComments } from "./due.js";
import { answered, stateTag } from "./home.js";

const STEPS = /** @type {Record<string, string>} */ ({ draft: "open", open: "end-fieldwork", "fieldwork-ended": "provisional",
  provisional: "draft-report", "draft-report": "publish" });

/**
 * Asked once more before it is done; while it is done that is shown, and can be given up.
 * @param {string} label @param {import("../dom.js").Children[]} words @param {(signal: AbortSignal) => Promise<any>} work
 * @param {string} [hidden] of which one it is, for who listens
 */
export function confirmed(label, words, work, kind = "", hidden = "") {
  const place = h("div", {});
  const begin = () => replace(place, button(label, ask, { kind, hidden }));
  const ask = () => {
    const no = button(t("no.do"), () => {
      begin();
      place.querySelector("button")?.focus();
    }, { kind: "secondary" });
    const wrong = h("div", {});
    const going = h("div", {});
    replace(place, wrong, h("div", { class: "app-ask", role: "group", "aria-label": label }, ...words, going,
      group(button(t("yes.do", { what: label }), async () => {
        const under = underWay(going);
        replace(wrong);
        try {
          await work(under.signal);
        } catch (error) {
          const summary = errorSummary([{ words: under.signal.aborted ? t("cancelled") : wordsOf(error) }]);
          replace(wrong, summary);
          summary.focus();
        } finally {
          under.end();
        }
      }, { kind: "warning" }), no)));
    place.querySelector("button")?.focus();
  };
  begin();
  return place;
}

/** What the step would leave behind for good. @param {any} inspection @param {string} step */
function missingBefore(inspection, step) {
  if (!["provisional", "draft-report", "publish"].includes(step)) return [];
  const told = (/** @type {string} */ words, /** @type {string} */ right, /** @type {string} */ go, /** @type {string} */ place) =>
    alertOfMany("warning", `${words} `, may(right) && link(t(go), addressOf(inspection.id, place)));
  return [inspection.releases === 0 && told(t("step.norelease"), "read-releases", "step.norelease.go", "release"),
    inspection.unread > 0 && told(unreadWords(inspection), "read-answers", "alarm.unread.go", "comments")];
}

/** @param {import("../app.js").Here} here @param {any} inspection */
function nextStep(here, inspection) {
  const step = STEPS[inspection.state];
  if (!step || !may("set-up-inspections")) return null;
  return [heading2(t("step.title")), p(t(`step.${step}.words`)), missingBefore(inspection, step),
    confirmed(t(`step.${step}`), [warning(t(`step.${step}.warning`))], async (signal) => {
      await post(at`/v1/inspections/${inspection.id}/${step}`, {}, { signal });
      here.tell(location.hash.slice(2), t(`step.${step}.done`));
    })];
}

/** @param {import("../app.js").Here} here @param {any} inspection */
function lockOf(here, inspection) {
  if (!may("hold-keys") || inspection.state === "destroyed") return null;
  if (!inspection.is_unlocked) return [heading2(t("unlock.title")), unlocking(here, inspection)];
  return [heading2(t("lock.title")), p(t("lock.open", { n: inspection.locks_in_minutes ?? 0 })), button(t("lock.button"), async () => {
    await post(at`/v1/inspections/${inspection.id}/lock`);
    here.tell(location.hash.slice(2), t("lock.done"));
  }, { kind: "secondary" })];
}

/** @param {any} inspection */
const remindersOf = (inspection) => inspection.reminders.length > 0 && [heading2(t("home.reminders")),
  h("ul", { class: "govuk-list govuk-list--bullet" }, inspection.reminders.map((/** @type {any} */ one) => h("li", {}, reminderWords(one))))];

/** @param {string} version "victims 1" @param {Record<string, string>} titles @param {string} language of them */
function named(version, titles, language) {
  const [id, n] = version.split(" ");
  return h("span", {}, around("overview.version", { title: inLanguage(language, titles[id]), version: n }));
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function overview(here) {
  const inspection = await withComments(await inspectionOf(here), here.signal);
  const count = h("span", {}, answered(inspection));
  const { dates, policy } = inspection;
  const rows = /** @type {[string, import("../dom.js").Children][]} */ ([
    [t("home.column.state"), stateTag(inspection)], [t("home.column.answers"), count],
    ...(inspection.unread > 0 ? [/** @type {[string, string]} */ ([t("home.unread"), unreadWords(inspection)])] : []),
    [t("home.column.fieldwork"), t("dates.between", { from: day(dates.fieldwork_starts), to: day(dates.fieldwork_ends) })],
    [t("home.column.report"), day(dates.report_due)], [t("overview.published"), day(dates.published_on)],
    [t("overview.questionnaires"), bullets(inspection.versions.map((/** @type {string} */ one) => named(one, inspection.titles, shownIn(inspection))))],
    [t("overview.languages"), policy.languages.map((/** @type {string} */ one) => t(`language.${one}`)).join(", ")],
    [t("overview.machine"), t(policy.is_own_machine ? "settings.machine.own" : "settings.machine.service")],
    [t("overview.tokens"), policy.are_tokens_asked_for ? t("overview.tokens.yes") : t("overview.tokens.no", { why: policy.why_no_tokens })],
    [t("overview.accepting"), t(inspection.is_accepting ? "yes" : "no")],
  ]);
  const show = (/** @type {any[]} */ all) => {
    const now = all.find((one) => one.id === inspection.id);
    if (now && count.textContent !== answered(now)) {
      count.textContent = answered(now);
      here.say(`${t("home.column.answers")}: ${answered(now)}`);
    }
  };
  return pageOf(here, inspection, "", [alarmsOf(namedIn(inspection, "alarms")), summary(rows), lockOf(here, inspection), nextStep(here, inspection), remindersOf(inspection)],
    () => listen({ inspections: (data) => show(data.inspections), again: async () => show([await inspectionOf(here)]) }, here.signal));
}

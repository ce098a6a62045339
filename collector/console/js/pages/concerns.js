// Concerns: what worries, what was decided, what came of it. Nothing recorded is ever changed.
import { at, getAll, post, query } from "../api.js";
import { h } from "../dom.js";
import { form } from "../forms.js";
import { inspectionOf, pageOf, unlocking } from "../inspection.js";
import { alert, heading2, heading3, inLanguage, inset, p, summary, tag } from "../parts.js";
import { shownIn } from "../questions.js";
import { may } from "../session.js";
import { moment, t } from "../texts.js";
import { forgetTyped } from "../typed.js";
import { concernsWaiting } from "./due.js";

/** @param {any[]} rulings @param {string} none */
const rulingsOf = (rulings, none) => (rulings.length === 0 ? p(t(none)) : h("ul", { class: "govuk-list" }, rulings.map((one) =>
  h("li", {}, one.words, h("span", { class: "app-quiet" }, t("concern.by", { who: one.by, at: moment(one.at) }))))));

/** @param {import("../app.js").Here} here @param {any} inspection @param {any} concern @param {"decision" | "outcome"} what */
function ruling(here, inspection, concern, what) {
  const key = `ruling ${inspection.id} ${concern.reference} ${what}`;
  return form({
    fields: [{ name: "words", label: t(`concern.${what}.label`), kind: "area", rows: 3, isNeeded: true }],
    submit: t(`concern.${what}.record`), kind: what === "outcome" ? "secondary" : "", typed: { key },
    work: async (values) => {
      await post(at`/v1/inspections/${inspection.id}/concerns/${concern.reference}` + `/${what}`, values);
      forgetTyped(key);
      here.tell(location.hash.slice(2), t(`concern.${what}.done`));
    },
  });
}

/** @param {any} concern */
function standing(concern) {
  if (concern.outcomes.length) return tag(t("concern.closed"), "green");
  return concern.decisions.length ? tag(t("concern.decided"), "yellow") : tag(t("concern.waits"), "red");
}

/** @param {import("../app.js").Here} here @param {any} inspection @param {any} concern */
function concernOf(here, inspection, concern) {
  return h("section", { class: "app-comment" }, heading2(t("concern.heading", { lead: concern.lead })), p(standing(concern)),
    concern.comment ? [p(h("strong", { lang: shownIn(inspection) }, concern.comment.question)), h("blockquote", { class: "app-quote", lang: concern.comment.language }, concern.comment.text)]
      : inset(t("concern.takenback")),
    summary([...(concern.comment ? [/** @type {[string, any]} */ ([t("paper.questionnaire"), inLanguage(shownIn(inspection), inspection.titles[concern.comment.questionnaire])])] : []), [t("concern.why"), concern.why || t("none")], [t("concern.raisedby"), t("concern.by", { who: concern.raised_by, at: moment(concern.raised_at) })],
      [t("concern.reference"), h("code", { class: "app-code" }, concern.reference)]]),
    heading3(t("concern.decisions")), rulingsOf(concern.decisions, "concern.nodecision"), may("decide-concerns") && ruling(here, inspection, concern, "decision"),
    heading3(t("concern.outcomes")), rulingsOf(concern.outcomes, "concern.nooutcome"),
    may("decide-concerns") && concern.decisions.length > 0 && ruling(here, inspection, concern, "outcome"));
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function concerns(here) {
  const inspection = await inspectionOf(here);
  if (!inspection.is_unlocked) {
    const waiting = concernsWaiting(inspection);
    return pageOf(here, inspection, "concerns", [waiting > 0 ? alert("warning", t("concerns.waiting", { n: waiting })) : p(t("concerns.nowaiting")),
      may("hold-keys") ? unlocking(here, inspection) : inset(t("concerns.locked"))]);
  }
  const { concerns: all } = await getAll(at`/v1/inspections/${inspection.id}/concerns` + query({ language: shownIn(inspection) }), "concerns", { signal: here.signal });
  return pageOf(here, inspection, "concerns", [p(t("concerns.words")), all.length === 0 && inset(t("concerns.none")),
    all.map((/** @type {any} */ one) => concernOf(here, inspection, one))]);
}

// What people wrote: read, and made ready to be quoted; where somebody may be in danger, a concern.
import { at, getAll, post } from "../api.js";
import { h, replace } from "../dom.js";
import { errorSummary, form, wordsOf } from "../forms.js";
import { inspectionOf, pageOf, unlocking } from "../inspection.js";
import { bullets, button, details, heading2, inset, notice, p, tag, warning } from "../parts.js";
import { allQuestions } from "../questions.js";
import { moment, t } from "../texts.js";
import { redaction } from "./redaction.js";

const A_PAGE = 20;
const CUT_WORDS = 9;

/** @typedef {{ inspection: any, comment: any, label: string, redraw: (said: string) => void }} Work */

/** @param {any} comment */
const tagsOf = (comment) => h("p", { class: "govuk-body app-tags" }, tag(t(comment.is_read ? "comment.read" : "comment.unread"), comment.is_read ? "green" : "red"),
  tag(t(comment.may_be_quoted ? "comment.may" : "comment.maynot"), comment.may_be_quoted ? "blue" : "grey"),
  comment.is_chosen && tag(t("comment.chosen"), "purple"), comment.redacted !== null && tag(t("comment.redacted"), "yellow"),
  comment.concerns.length > 0 && tag(t("comment.concern"), "orange"), comment.codes.map((/** @type {string} */ code) => tag(code, "turquoise")));

/** @param {Work} work @param {string} step @param {object} [body] */
const does = (work, step, body) => post(at`/v1/inspections/${work.inspection.id}/comments/${work.comment.reference}` + `/${step}`, body);

/** @param {Work} work */
const codes = (work) => form({
  fields: [{ name: "codes", label: t("comment.codes"), hint: t("comment.codes.hint"), value: work.comment.codes.join(", ") }],
  submit: t("comment.codes.save"), kind: "secondary", isKept: true,
  work: async (values) => {
    const all = values.codes.split(",").map((/** @type {string} */ one) => one.trim()).filter(Boolean);
    await does(work, "codes", { codes: all });
    work.comment.codes = all;
    work.redraw(t("comment.codes.saved"));
  },
});

/** @param {Work} work */
const concern = (work) => form({
  before: warning(t("concern.nobody")),
  fields: [{ name: "lead", label: t("concern.lead"), isNeeded: true }, { name: "why", label: t("concern.why"), hint: t("concern.why.hint"), kind: "area", rows: 3 }],
  submit: t("concern.raise"), kind: "warning",
  work: async (values) => {
    const { reference } = await does(work, "concerns", values);
    work.comment.concerns = [...work.comment.concerns, reference];
    work.redraw(t("concern.raised", { lead: values.lead }));
  },
});

/** @param {Work} work */
function quotation(work) {
  if (!work.comment.may_be_quoted) return inset(t("quote.no"));
  return form({
    fields: [
      { name: "words", label: t("quote.words"), hint: t("quote.words.hint"), kind: "area", rows: 2, lang: work.comment.language },
      { name: "sic", label: t("quote.sic"), kind: "checks", options: [["yes", t("quote.sic.yes")]] }],
    submit: t("quote.choose"),
    work: async ({ words, sic }) => {
      await post(at`/v1/inspections/${work.inspection.id}/quotations`, { reference: work.comment.reference, sic: sic.length > 0, ...(words ? { words } : {}) });
      work.comment.is_chosen = true;
      work.redraw(t("quote.chosen"));
    },
  });
}

/** @param {Work} work */
function translation(work) {
  const others = work.inspection.policy.languages.filter((/** @type {string} */ one) => one !== work.comment.language);
  if (!others.length) return inset(t("translation.none"));
  const kept = work.comment.translations.map((/** @type {any} */ one) => t("translation.kept", { language: t(`language.${one.language}`), words: one.words, translator: one.translator }));
  return [kept.length > 0 && bullets(kept), form({
    fields: [{ name: "language", label: t("translation.into"), kind: "select", value: others[0], options: others.map((/** @type {string} */ one) => [one, t(`language.${one}`)]) },
      { name: "words", label: t("translation.words"), kind: "area", rows: 3, isNeeded: true }, { name: "translator", label: t("translation.by"), isNeeded: true }],
    submit: t("translation.keep"), kind: "secondary",
    work: async (values) => {
      await does(work, "translations", values);
      work.comment.translations = [...work.comment.translations.filter((/** @type {any} */ one) => one.language !== values.language), values];
      work.redraw(t("translation.done"));
    },
  })];
}

/** Built when it is opened: a page of closed ones is light. @param {string} label @param {() => import("../dom.js").Children} content */
function lazily(label, content) {
  const place = h("div", {});
  const element = details(label, place);
  element.addEventListener("toggle", () => {
    if (element.open && !place.hasChildNodes()) replace(place, content());
  });
  return element;
}

/** @param {any} inspection @param {any} comment @param {string} label @param {(words: string) => void} say @param {() => void} onRead */
function card(inspection, comment, label, say, onRead) {
  const place = h("article", { class: "app-comment", "data-reference": comment.reference });
  const first = comment.text.split(/\s+/).slice(0, CUT_WORDS).join(" ");
  const draw = (/** @type {string} */ said = "") => {
    /** @type {Work} */
    const work = { inspection, comment, label, redraw: (words) => {
      draw(words);
      say(words);
      /** @type {HTMLElement | null} */ (place.querySelector("h2"))?.focus();
    } };
    const read = !comment.is_read && button(t("comment.mark"), async () => {
      try {
        await does(work, "read");
        Object.assign(comment, { is_read: true });
        onRead();
        work.redraw(t("comment.marked"));
      } catch (error) {
        place.prepend(errorSummary([{ words: wordsOf(error) }]));
      }
    }, { hidden: first });
    replace(place, h("h2", { class: "govuk-heading-s", tabindex: "-1" }, label), h("blockquote", { class: "app-quote", lang: comment.language }, comment.text),
      comment.redacted !== null && p(t("comment.printed"), " ", h("span", { lang: comment.language }, comment.redacted)), tagsOf(comment),
      said && h("p", { class: "govuk-body app-done" }, said), comment.read_by && h("p", { class: "govuk-body-s" }, t("comment.by", { who: comment.read_by, at: moment(comment.read_at) })),
      read, lazily(t("quote.title"), () => quotation(work)), lazily(t("redaction.title"), () => redaction(work, (body) => does(work, "redaction", body))),
      lazily(t("comment.codes.title"), () => codes(work)), lazily(t("translation.title"), () => translation(work)), lazily(t("concern.title"), () => concern(work)));
  };
  draw();
  return place;
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function comments(here) {
  const inspection = await inspectionOf(here);
  if (!inspection.is_unlocked) return pageOf(here, inspection, "comments", [unlocking(here, inspection)]);
  const [{ comments: all }, questions] = await Promise.all([getAll(at`/v1/inspections/${inspection.id}/comments`, "comments", { signal: here.signal }), allQuestions(inspection, here.signal)]);
  const list = h("div", {});
  let shown = 0;
  const left = h("div", {});
  const countUnread = () => {
    const n = all.filter((/** @type {any} */ one) => !one.is_read).length;
    replace(left, n > 0 ? notice(p(t("comments.unread", { n })), "information") : p(t("comments.allread")));
  };
  countUnread();
  const label = (/** @type {any} */ comment) => questions.get(comment.questionnaire)?.ask(comment.variable) ?? comment.variable;
  const more = () => {
    const next = all.slice(shown, shown + A_PAGE).map((/** @type {any} */ one) => card(inspection, one, label(one), here.say, countUnread));
    list.append(...next);
    shown += next.length;
    rest.hidden = shown >= all.length;
    return next;
  };
  const rest = button(t("comments.more"), () => /** @type {HTMLElement | null} */ (more()[0]?.querySelector("h2"))?.focus(), { kind: "secondary" });
  more();
  return pageOf(here, inspection, "comments", [left, p(t("comments.words")), heading2(t("comments.list", { n: all.length })), list, rest]);
}

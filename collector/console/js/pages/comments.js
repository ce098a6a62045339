// What people wrote: read, and made ready to be quoted; where somebody may be in danger, a concern.
import { at, getAll, post } from "../api.js";
import { h, replace } from "../dom.js";
import { form } from "../forms.js";
import { inspectionOf, onUnlockedAgain, pageOf, unlocking } from "../inspection.js";
import { bullets, button, details, heading2, inset, notice, p, tag, warning } from "../parts.js";
import { allQuestions, shownIn } from "../questions.js";
import { moment, t } from "../texts.js";
import { forgetTyped, typedIn } from "../typed.js";
import { redaction } from "./redaction.js";

const A_PAGE = 20;
const CUT_WORDS = 9;

/** @typedef {{ inspection: any, comment: any, label: string, redraw: (said: string) => void }} Work */

/** @param {any} comment */
const tagsOf = (comment) => h("p", { class: "govuk-body app-tags" }, tag(t(comment.is_read ? "comment.read" : "comment.unread"), comment.is_read ? "green" : "red"),
  tag(t(comment.may_be_quoted ? "comment.may" : "comment.maynot"), comment.may_be_quoted ? "blue" : "grey"),
  comment.is_chosen && tag(t("comment.chosen"), "purple"), comment.redacted !== null && tag(t("comment.redacted"), "yellow"),
  comment.concerns.length > 0 && tag(t("comment.concern"), "orange"), comment.codes.map((/** @type {string} */ code) => tag(code, "turquoise")));

const FORMS = /** @type {const} */ (["quote", "redaction", "codes", "translation", "concern"]);

/** Under which name what is typed is kept. @param {any} inspection @param {any} comment @param {typeof FORMS[number]} what */
const typedAt = (inspection, comment, what) => `comment ${inspection.id} ${firstNames.get(comment.reference) ?? comment.reference} ${what}`;

/** By the reference of a comment the one that it had when somebody began to write at it. @type {Map<string, string>} */
const firstNames = new Map();

/**
 * References of comments that nobody has worked on are drawn anew at each unlocking: a comment is found again by its words, and not
 * where another has the same. @param {any[]} all @param {any[]} now
 */
function nameAnew(all, now) {
  const byWords = (/** @type {any[]} */ some) => {
    const groups = /** @type {Map<string, any[]>} */ (new Map());
    for (const one of some) {
      const words = JSON.stringify([one.questionnaire, one.variable, one.language, one.text]);
      groups.set(words, [...(groups.get(words) ?? []), one]);
    }
    return groups;
  };
  const found = byWords(now);
  for (const [words, [one, ...others]] of byWords(all)) {
    const [same, ...more] = found.get(words) ?? [];
    if (!same || others.length > 0 || more.length > 0 || same.reference === one.reference) continue;
    firstNames.set(same.reference, firstNames.get(one.reference) ?? one.reference);
    one.reference = same.reference;
  }
}

/** @param {Work} work @param {typeof FORMS[number]} what */
const keyOf = (work, what) => typedAt(work.inspection, work.comment, what);

/** @param {Work} work @param {string} step @param {object} [body] */
const does = (work, step, body) => post(at`/v1/inspections/${work.inspection.id}/comments/${work.comment.reference}` + `/${step}`, body);

/** What is kept of it now, and how it is printed: only the collector can say. @param {Work} work */
async function refresh(work) {
  const { comments: all } = await getAll(at`/v1/inspections/${work.inspection.id}/comments`, "comments");
  Object.assign(work.comment, all.find((/** @type {any} */ one) => one.reference === work.comment.reference));
}

/** @param {any} comment */
const quotedAs = ({ chosen, language }) => chosen && (chosen.words === null ? warning(t("quote.foreign"))
  : p(t("quote.printed"), " ", h("q", { lang: language }, chosen.words), chosen.is_sic && " (sic)"));

/** @param {Work} work */
const codes = (work) => form({
  fields: [{ name: "codes", label: t("comment.codes"), hint: t("comment.codes.hint"), value: work.comment.codes.join(", ") }],
  submit: t("comment.codes.save"), kind: "secondary", isKept: true, typed: { key: keyOf(work, "codes") },
  work: async (values) => {
    const all = values.codes.split(",").map((/** @type {string} */ one) => one.trim()).filter(Boolean);
    await does(work, "codes", { codes: all });
    forgetTyped(keyOf(work, "codes"));
    work.comment.codes = all;
    work.redraw(t("comment.codes.saved"));
  },
});

/** @param {Work} work */
const concern = (work) => form({
  before: warning(t("concern.nobody")),
  fields: [{ name: "lead", label: t("concern.lead"), isNeeded: true }, { name: "why", label: t("concern.why"), hint: t("concern.why.hint"), kind: "area", rows: 3 }],
  submit: t("concern.raise"), kind: "warning", typed: { key: keyOf(work, "concern") },
  work: async (values) => {
    const { reference } = await does(work, "concerns", values);
    forgetTyped(keyOf(work, "concern"));
    work.comment.concerns = [...work.comment.concerns, reference];
    work.redraw(t("concern.raised", { lead: values.lead }));
  },
});

/** @param {Work} work */
function quotation(work) {
  if (!work.comment.may_be_quoted) return inset(t("quote.no"));
  const remove = work.comment.is_chosen && button(t("quote.remove"), async () => {
    await post(at`/v1/inspections/${work.inspection.id}/quotations/removal`, { reference: work.comment.reference });
    await refresh(work);
    work.redraw(t("quote.removed"));
  }, { kind: "secondary" });
  return [remove, form({
    fields: [
      { name: "words", label: t("quote.words"), hint: t("quote.words.hint"), kind: "area", rows: 2, lang: work.comment.language },
      { name: "sic", label: t("quote.sic"), kind: "checks", options: [["yes", t("quote.sic.yes")]] }],
    submit: t("quote.choose"), typed: { key: keyOf(work, "quote") },
    work: async ({ words, sic }) => {
      await post(at`/v1/inspections/${work.inspection.id}/quotations`, { reference: work.comment.reference, sic: sic.length > 0, ...(words ? { words } : {}) });
      forgetTyped(keyOf(work, "quote"));
      await refresh(work);
      work.redraw(t("quote.chosen"));
    },
  })];
}

/** @param {Work} work */
function translation(work) {
  const others = work.inspection.policy.languages.filter((/** @type {string} */ one) => one !== work.comment.language);
  if (!others.length) return inset(t("translation.none"));
  const kept = work.comment.translations.map((/** @type {any} */ one) => t("translation.kept", { language: t(`language.${one.language}`), words: one.words, translator: one.translator }));
  return [kept.length > 0 && bullets(kept), form({
    fields: [{ name: "language", label: t("translation.into"), kind: "select", value: others[0], options: others.map((/** @type {string} */ one) => [one, t(`language.${one}`)]) },
      { name: "words", label: t("translation.words"), kind: "area", rows: 3, isNeeded: true }, { name: "translator", label: t("translation.by"), isNeeded: true }],
    submit: t("translation.keep"), kind: "secondary", typed: { key: keyOf(work, "translation") },
    work: async (values) => {
      await does(work, "translations", values);
      forgetTyped(keyOf(work, "translation"));
      work.comment.translations = [...work.comment.translations.filter((/** @type {any} */ one) => one.language !== values.language), values];
      work.redraw(t("translation.done"));
    },
  })];
}

/** Built when it is opened: a page of closed ones is light. One in which somebody has typed is open. @param {string} label @param {string} key @param {() => import("../dom.js").Children} content */
function lazily(label, key, content) {
  const place = h("div", {});
  const element = details(label, place);
  if (typedIn(key)) {
    replace(place, content());
    element.open = true;
  }
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
      await does(work, "read");
      Object.assign(comment, { is_read: true });
      onRead();
      work.redraw(t("comment.marked"));
    }, { hidden: first });
    replace(place, h("h2", { class: "govuk-heading-s", tabindex: "-1", lang: shownIn(inspection) }, label), h("blockquote", { class: "app-quote", lang: comment.language }, comment.text),
      comment.redacted !== null && p(t("comment.printed"), " ", h("span", { lang: comment.language }, comment.redacted)), tagsOf(comment), quotedAs(comment),
      said && h("p", { class: "govuk-body app-done" }, said), comment.read_by && h("p", { class: "govuk-body-s" }, t("comment.by", { who: comment.read_by, at: moment(comment.read_at) })),
      read, lazily(t("quote.title"), keyOf(work, "quote"), () => quotation(work)),
      lazily(t("redaction.title"), keyOf(work, "redaction"), () => redaction(work, keyOf(work, "redaction"), async (body) => {
        await does(work, "redaction", body);
        await refresh(work);
      })),
      lazily(t("comment.codes.title"), keyOf(work, "codes"), () => codes(work)), lazily(t("translation.title"), keyOf(work, "translation"), () => translation(work)),
      lazily(t("concern.title"), keyOf(work, "concern"), () => concern(work)));
  };
  draw();
  return place;
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function comments(here) {
  const inspection = await inspectionOf(here);
  if (!inspection.is_unlocked) return pageOf(here, inspection, "comments", [unlocking(here, inspection)]);
  const [{ comments: all }, questions] = await Promise.all([getAll(at`/v1/inspections/${inspection.id}/comments`, "comments", { signal: here.signal }), allQuestions(inspection, here.signal)]);
  // What somebody has begun to write stands on the first page.
  const isBegun = (/** @type {any} */ comment) => FORMS.some((what) => typedIn(typedAt(inspection, comment, what)));
  all.sort((/** @type {any} */ one, /** @type {any} */ other) => Number(isBegun(other)) - Number(isBegun(one)));
  onUnlockedAgain(here.signal, async () => nameAnew(all, (await getAll(at`/v1/inspections/${inspection.id}/comments`, "comments", { signal: here.signal })).comments));
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

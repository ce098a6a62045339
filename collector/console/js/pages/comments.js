// What people wrote: read, and made ready to be quoted; where somebody may be in danger, a concern.
import { at, getAll, post } from "../api.js";
import { h, replace } from "../dom.js";
import { form } from "../forms.js";
import { inspectionOf, onUnlockedAgain, pageOf, unlocking } from "../inspection.js";
import { alert, bullets, button, details, heading2, inset, notice, p, tag, warning } from "../parts.js";
import { allQuestions, shownIn } from "../questions.js";
import { around, moment, t } from "../texts.js";
import { forgetTyped, typedIn } from "../typed.js";
import { among, chosenIn, codesList, filterForm, offersFor, pager, questionOf } from "./codes.js";
import { redaction } from "./redaction.js";

const A_PAGE = 20;
const CUT_WORDS = 9;

/** @typedef {{ inspection: any, comment: any, label: string, redraw: (said: string) => void, names: () => string[], recoded: () => Promise<void> }} Work names: of the codes that there are. recoded: they changed */

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
  fields: [{ name: "codes", label: t("comment.codes"), hint: t("comment.codes.hint"), value: work.comment.codes.join(", "), offers: (typed) => offersFor(work.names(), typed) }],
  submit: t("comment.codes.save"), kind: "secondary", isKept: true, typed: { key: keyOf(work, "codes") },
  work: async (values) => {
    const all = values.codes.split(",").map((/** @type {string} */ one) => one.trim()).filter(Boolean);
    await does(work, "codes", { codes: all });
    forgetTyped(keyOf(work, "codes"));
    await work.recoded();
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
  const { as_chosen: before = "", is_sic: isSic = false } = work.comment.chosen ?? {};
  return [remove, form({
    fields: [
      { name: "words", label: t("quote.words"), hint: t("quote.words.hint"), kind: "area", rows: 2, lang: work.comment.language, value: before === work.comment.text ? "" : before },
      { name: "sic", label: t("quote.sic"), kind: "checks", options: [["yes", t("quote.sic.yes")]], value: isSic ? ["yes"] : [] }],
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

/** Built when it is opened: a page of closed ones is light. One in which somebody has typed is open. @param {import("../dom.js").Children} label @param {string} key @param {() => import("../dom.js").Children} content */
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

/**
 * @typedef {{ say: (words: string) => void, onRead: () => void, names: () => string[], recoded: () => Promise<void> }} Desk what the cards of a page share
 * @param {any} inspection @param {any} comment @param {string} label @param {number} number of it on this page @param {Desk} desk
 */
function card(inspection, comment, label, number, { say, onRead, ...codesOf }) {
  const place = h("article", { class: "app-comment", "data-reference": comment.reference });
  const first = comment.text.split(/\s+/).slice(0, CUT_WORDS).join(" ");
  // Which one, for whoever goes from button to button: two may begin alike.
  const which = around("comment.which", { number, words: h("span", { lang: comment.language }, first) });
  const titled = (/** @type {string} */ title) => [title, h("span", { class: "govuk-visually-hidden" }, ": ", t("comment.number", { number }))];
  const draw = (/** @type {string} */ said = "") => {
    /** @type {Work} */
    const work = { inspection, comment, label, ...codesOf, redraw: (words) => {
      draw(words);
      say(words);
      /** @type {HTMLElement | null} */ (place.querySelector("h2"))?.focus();
    } };
    const read = !comment.is_read && button(t("comment.mark"), async () => {
      await does(work, "read");
      Object.assign(comment, { is_read: true });
      onRead();
      work.redraw(t("comment.marked"));
    }, { hidden: which });
    replace(place, h("h2", { class: "govuk-heading-s", tabindex: "-1" }, `${number}. `, h("span", { lang: shownIn(inspection) }, label)), h("blockquote", { class: "app-quote", lang: comment.language }, comment.text),
      comment.redacted !== null && p(t("comment.printed"), " ", h("span", { lang: comment.language }, comment.redacted)), tagsOf(comment), quotedAs(comment),
      said && h("p", { class: "govuk-body app-done" }, said), comment.read_by && h("p", { class: "govuk-body-s" }, t("comment.by", { who: comment.read_by, at: moment(comment.read_at) })),
      read, lazily(titled(t("quote.title")), keyOf(work, "quote"), () => quotation(work)),
      lazily(titled(t("redaction.title")), keyOf(work, "redaction"), () => redaction(work, keyOf(work, "redaction"), async (body) => {
        await does(work, "redaction", body);
        await refresh(work);
      })),
      lazily(titled(t("comment.codes.title")), keyOf(work, "codes"), () => codes(work)), lazily(titled(t("translation.title")), keyOf(work, "translation"), () => translation(work)),
      lazily(titled(t("concern.title")), keyOf(work, "concern"), () => concern(work)));
  };
  draw();
  return place;
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function comments(here) {
  const inspection = await inspectionOf(here);
  if (!inspection.is_unlocked) return pageOf(here, inspection, "comments", [unlocking(here, inspection)]);
  const list = () => getAll(at`/v1/inspections/${inspection.id}/comments`, "comments", { signal: here.signal });
  const [found, questions] = await Promise.all([list(), allQuestions(inspection, here.signal)]);
  const all = found.comments;
  /** @type {import("./codes.js").Counts} */
  let counts = found;
  // What somebody has begun to write stands on the first page.
  const isBegun = (/** @type {any} */ comment) => FORMS.some((what) => typedIn(typedAt(inspection, comment, what)));
  all.sort((/** @type {any} */ one, /** @type {any} */ other) => Number(isBegun(other)) - Number(isBegun(one)));
  onUnlockedAgain(here.signal, async () => nameAnew(all, (await list()).comments));
  const [left, filter, codesPlace, title] = [h("div", {}), h("div", {}), h("div", {}), h("div", {})];
  const countUnread = () => {
    const n = all.filter((/** @type {any} */ one) => !one.is_read).length;
    const { set_aside: aside, forms } = found;
    const hidden = [aside > 0 && p(t(inspection.is_rounded_down ? "comments.aside.fives" : "comments.aside", { n: aside })),
      forms > 0 && p(t(inspection.is_rounded_down ? "comments.forms.fives" : "comments.forms", { n: forms }))];
    const isAllKnown = !aside && !forms;
    replace(left, n > 0 ? notice(p(t("comments.unread", { n })), "information") : p(t(isAllKnown ? "comments.allread" : "comments.allread.known")),
      !isAllKnown && alert("warning", ...hidden));
  };
  countUnread();
  const label = (/** @type {any} */ comment) => questions.get(comment.questionnaire)?.ask(comment.variable) ?? comment.variable;
  const asked = new Map(all.map((/** @type {any} */ one) => /** @type {[string, string]} */ ([questionOf(one), label(one)])));
  const drawCodes = () => {
    replace(filter, filterForm(inspection, counts, [...asked], shownIn(inspection), () => {
      const n = show();
      here.say(t("comments.shown", { n }));
    }));
    const isOpen = codesPlace.querySelector("details")?.open ?? false;
    replace(codesPlace, codesList(inspection, counts, isOpen, async (said) => {
      await recoded();
      show();
      here.say(said);
    }));
  };
  // Codes of comments as the collector has them now; cards that stand there keep what is typed in them.
  const recoded = async () => {
    counts = await list();
    const now = new Map(/** @type {any} */ (counts).comments.map((/** @type {any} */ one) => [one.reference, one.codes]));
    for (const comment of all) comment.codes = now.get(comment.reference) ?? comment.codes;
    drawCodes();
  };
  /** @type {Desk} */
  const desk = { say: here.say, onRead: countUnread, names: () => counts.codes.map((one) => one.code), recoded };
  const pages = pager(A_PAGE, (some, from) => some.map((one, i) => card(inspection, one, label(one), from + i + 1, desk)));
  const show = () => {
    const some = among(all, chosenIn(inspection));
    replace(title, heading2(t("comments.list", { n: some.length })));
    pages.fill(some);
    return some.length;
  };
  drawCodes();
  show();
  return pageOf(here, inspection, "comments", [left, p(t("comments.words")), codesPlace, all.length > 1 && filter, title, pages.element]);
}

// Forms on paper: keyed by two people, each alone; what differs is settled by a third look.
import { at, getAll, post } from "../api.js";
import { h, replace } from "../dom.js";
import { form } from "../forms.js";
import { addressOf, inspectionOf, pageOf, titlesOf, unlocking } from "../inspection.js";
import { button, buttonLink, group, heading2, heading3, inLanguage, p, summary, warning } from "../parts.js";
import { questionsOf, shownIn } from "../questions.js";
import { may } from "../session.js";
import { around, t } from "../texts.js";
import { forgetTyped, typedIn } from "../typed.js";

/** @typedef {import("../questions.js").Questions} Questions */
/** @typedef {import("../fields.js").Field} Field */

/** @param {Questions} questions @param {any} item @param {number} number @param {any} [value] @returns {Field} */
function fieldOf(questions, item, number, value) {
  const label = t("paper.item", { number, title: questions.ask(item.variable) });
  if (item.type === "text") return { name: item.variable, label, kind: "area", rows: 3, lang: questions.language, wordsLang: questions.language, value };
  const options = /** @type {[string, string][]} */ ((item.options ?? []).map((/** @type {any} */ one, /** @type {number} */ i) => [one.id, t("paper.option", { number: i + 1, label: questions.option(item.variable, one.id) })]));
  if (item.type === "multiple_choice") return { name: item.variable, label, kind: "checks", options, lang: questions.language, value };
  return { name: item.variable, label, kind: "radios", options: [...options, ["", t("paper.unanswered")]], lang: questions.language, value: value ?? "" };
}

/** @param {Questions} questions @param {Record<string, any>} values */
const answersOf = (questions, values) => Object.fromEntries(questions.items.filter((item) => item.variable in values)
  .map((item) => [item.variable, values[item.variable].length ? values[item.variable] : null]));

/** @param {any} inspection @param {Questions} questions */
const keyingOf = (inspection, questions) => `keying ${inspection.id} ${questions.id} ${questions.language}`;

/** @param {import("../app.js").Here} here @param {any} inspection @param {Questions} questions */
const keying = (here, inspection, questions) => form({
  fields: [
    { name: "form.reference", label: t("paper.reference"), hint: t("paper.reference.hint"), isNeeded: true, width: "20", isSecret: true },
    { name: "form.token", label: t("paper.token"), hint: t("paper.token.hint"), width: "20", isSecret: true },
    ...questions.items.map((item, i) => fieldOf(questions, item, i + 1))],
  submit: t("paper.keep"), typed: { key: keyingOf(inspection, questions) },
  work: async (values) => {
    const body = { reference: values["form.reference"], questionnaire: questions.id, language: questions.language, answers: answersOf(questions, values),
      ...(values["form.token"] ? { token: values["form.token"] } : {}) };
    const { keyed } = await post(at`/v1/inspections/${inspection.id}/paper/keyings`, body);
    forgetTyped(keyingOf(inspection, questions));
    here.tell(`inspections/${encodeURIComponent(inspection.id)}/paper`, t(keyed === 1 ? "paper.kept.once" : "paper.kept.twice"));
  },
});

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function key(here) {
  const inspection = await inspectionOf(here);
  const [questionnaire, wanted] = [here.params.questionnaire, here.params.language];
  const questions = await questionsOf(inspection, questionnaire, here.signal, wanted);
  const back = buttonLink(t("paper.back"), addressOf(inspection.id, "paper"), "secondary");
  back.addEventListener("click", () => forgetTyped(keyingOf(inspection, questions)));
  const page = pageOf(here, inspection, "paper", [heading2(inLanguage(questions.language, questions.title)), p(t("paper.key.words")), warning(t("paper.danger")), h("div", { class: "app-narrow" }, keying(here, inspection, questions)), back]);
  return { ...page, title: t("paper.key.page", { title: questions.title, area: inspection.area, language: t(`language.${questions.language}`) }) };
}

/** @param {Questions} questions @param {any} item @param {string[] | null} values */
function inWords(questions, item, values) {
  if (!values || values.length === 0) return t("paper.unanswered");
  return inLanguage(questions.language, values.map((one) => (item.type === "text" ? `“${one}”` : questions.option(item.variable, one))).join("; "));
}

/** @param {string[]} languages @returns {Field} */
const languageField = (languages) => ({ name: "form.language", label: t("paper.languages"), kind: "radios", isNeeded: true,
  options: languages.map((one) => /** @type {[string, string]} */ ([one, t(`language.${one}`)])) });

/** @param {any} inspection @param {any} each */
const settlingOf = (inspection, each) => `settling ${inspection.id} ${each.reference}`;

/** @typedef {{ over: string, before?: Record<string, any>, asks?: number[] }} Settled over: what both keyed. Then what was settled so far, and what that asks for */

/** What they differ in; then, in the place of that, what nobody was asked and the settled answers lead to.
 * @param {import("../app.js").Here} here @param {any} inspection @param {any} each @param {HTMLElement} place @param {Questions} questions @param {Settled} settled */
function settling(here, inspection, each, place, questions, settled) {
  const { before = {}, asks } = settled;
  const key = settlingOf(inspection, each);
  replace(place, form({
    before: p(t("paper.third")), fields: asks ? asked(questions, asks) : differing(questions, each), submit: t("paper.settle"),
    typed: { key, basis: settled, isBegun: Boolean(asks), ...(asks && { onDrop: here.again }) },
    work: async (now) => {
      const values = { ...before, ...now };
      const said = await post(at`/v1/inspections/${inspection.id}/paper/settlements`, { reference: each.reference, answers: answersOf(questions, values),
        ...(values["form.language"] ? { language: values["form.language"] } : {}) });
      forgetTyped(key);
      if (said.asks.length === 0) return here.tell(location.hash.slice(2), said.taken_back > 0 ? t("paper.taken.back") : t("paper.settled", { n: said.counted }));
      settling(here, inspection, each, place, questions, { over: settled.over, before: values, asks: said.asks });
      focusOnFirst(place);
      here.say(t("paper.asks"));
    },
  }));
}

/** @param {HTMLElement} place */
const focusOnFirst = (place) => /** @type {HTMLElement | null} */ (place.querySelector("input, textarea"))?.focus();

/** @param {Questions} questions @param {number[]} asks */
const asked = (questions, asks) => asks.map((number) => ({ ...fieldOf(questions, questions.items[number - 1], number), hint: t("paper.asks") }));

/** @param {Questions} questions @param {any} each @returns {Field[]} */
function differing(questions, each) {
  const fields = each.differences.map((/** @type {any} */ difference) => ({ ...fieldOf(questions, questions.items[difference.number - 1], difference.number),
    hint: around("paper.two", { first: inWords(questions, questions.items[difference.number - 1], difference.first), second: inWords(questions, questions.items[difference.number - 1], difference.second) }) }));
  const languages = /** @type {string[]} */ ([...new Set(each.languages)]);
  return languages.length > 1 ? [languageField(languages), ...fields] : fields;
}

/** @param {import("../app.js").Here} here @param {any} inspection @param {any} each @param {HTMLElement} place */
async function look(here, inspection, each, place) {
  const questions = await questionsOf(inspection, each.questionnaire, here.signal, each.language);
  const over = JSON.stringify([each.languages, each.differences]);
  const typed = typedIn(settlingOf(inspection, each));
  // Keyed anew meanwhile: what was settled of it was of another.
  if (typed && typed.basis.over !== over) forgetTyped(settlingOf(inspection, each));
  settling(here, inspection, each, place, questions, typedIn(settlingOf(inspection, each))?.basis ?? { over });
}

/** @param {import("../app.js").Here} here @param {any} inspection @param {Map<string, string>} titles @param {any} each */
async function formOf(here, inspection, titles, each) {
  const place = h("div", {});
  const canSettle = each.keyed_by.length === 2 && each.unreadable.length === 0 && !each.is_agreed && each.is_of_one_questionnaire && !each.is_keyed_by_you;
  if (canSettle && typedIn(settlingOf(inspection, each))) await look(here, inspection, each, place);
  return h("section", { class: "app-comment" }, heading3(t("paper.form.name", { reference: each.reference || t("none") })),
    summary([[t("paper.questionnaire"), titles.has(each.questionnaire) ? inLanguage(shownIn(inspection), titles.get(each.questionnaire)) : (each.questionnaire || t("none"))], [t("paper.keyedby"), each.keyed_by.join(", ") || t("none")],
      [t("paper.standing"), standingOf(each)]]), each.is_keyed_by_you && p(t("paper.yours")), place, group(canSettle && button(t("paper.look"), async () => {
      await look(here, inspection, each, place);
      focusOnFirst(place);
    }, { hidden: each.reference }),
    each.reference && button(t("paper.discard"), () => {
      replace(place, discarding(here, inspection, { reference: each.reference }));
      focusOnFirst(place);
    }, { kind: "warning", hidden: each.reference })));
}

/** With a reason, which the audit keeps. Who reads answers chooses too whether it is keyed again; of a form that is not named the letters are asked.
 * @param {import("../app.js").Here} here @param {any} inspection @param {{ reference?: string }} [of] */
function discarding(here, inspection, { reference } = {}) {
  const again = /** @type {[string, string][]} */ ([["yes", t("paper.again.yes")], ["no", t("paper.again.no")]]);
  /** @type {Field[]} */
  const fields = [
    ...(reference ? [] : [{ name: "reference", label: t("paper.reference"), hint: t("paper.reference.hint"), isNeeded: true, width: "20", isSecret: true }]),
    { name: "reason", label: t("reason.label"), hint: t("paper.discard.hint"), isNeeded: true },
    ...(may("read-answers") ? [/** @type {Field} */ ({ name: "again", label: t("paper.again"), kind: "radios", options: again, value: "yes" })] : [])];
  const key = `discarding ${inspection.id} ${reference ?? ""}`;
  return form({
    fields, submit: t("paper.discard"), kind: "warning", typed: { key },
    work: async (values) => {
      await post(at`/v1/inspections/${inspection.id}/paper/discards`, { reference: reference ?? values.reference, reason: values.reason, for_good: values.again === "no" });
      forgetTyped(key);
      here.tell(location.hash.slice(2), t(values.again === "no" ? "paper.discarded.good" : "paper.discarded"));
    },
  });
}

/** @param {any} each */
function standingOf(each) {
  if (each.keyed_by.length === 0) return t("paper.standing.discarded");
  if (each.unreadable.length > 0) return t("paper.standing.unreadable", { who: each.unreadable.join(", ") });
  if (each.keyed_by.length < 2) return t("paper.standing.once");
  if (!each.is_of_one_questionnaire) return t("paper.standing.other");
  return each.is_agreed ? t("paper.standing.agreed") : t("paper.standing.differs", { n: each.differences.length });
}

/** @param {import("../app.js").Here} here @param {any} inspection @param {Map<string, string>} titles */
async function waiting(here, inspection, titles) {
  const keyed = await getAll(at`/v1/inspections/${inspection.id}/paper/keyings`, "forms", { signal: here.signal });
  const inFives = (/** @type {number} */ n) => (!keyed.is_rounded_down ? String(n) : n === 0 ? t("count.fewer") : t("count.fives", { n }));
  const counts = summary([[t("paper.once"), inFives(keyed.keyed_once)], [t("paper.twice"), inFives(keyed.keyed_twice)], [t("paper.count.discarded"), inFives(keyed.discarded)]]);
  const mayWait = keyed.is_rounded_down || keyed.keyed_once + keyed.keyed_twice + keyed.discarded > 0;
  if (keyed.forms === null) return [heading2(t("paper.settle.title")), counts, mayWait && unlocking(here, inspection)];
  const agreed = keyed.forms.filter((/** @type {any} */ one) => one.is_agreed && one.keyed_by.length === 2).length;
  return [heading2(t("paper.settle.title")), counts, agreed > 0 && button(t("paper.settle.all", { n: agreed }), async () => {
    const { counted } = await post(at`/v1/inspections/${inspection.id}/paper/settlements`, {});
    here.tell(location.hash.slice(2), t("paper.settled", { n: counted }));
  }), await Promise.all(keyed.forms.map((/** @type {any} */ one) => formOf(here, inspection, titles, one)))];
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function paper(here) {
  const inspection = await inspectionOf(here);
  const titles = titlesOf(inspection);
  const links = titles.flatMap(([questionnaire, title]) => inspection.policy.languages.map((/** @type {string} */ one) =>
    h("li", {}, h("a", { class: "govuk-link", href: `${addressOf(inspection.id, "paper")}/${encodeURIComponent(questionnaire)}/${one}` },
      around("paper.key", { questionnaire: inLanguage(shownIn(inspection), title), language: t(`language.${one}`) })))));
  return pageOf(here, inspection, "paper", [p(t("paper.double")), heading2(t("paper.key.title")), h("ul", { class: "govuk-list govuk-list--spaced" }, links),
    may("read-answers") && (await waiting(here, inspection, new Map(titles))), heading2(t("paper.wrong.title")), p(t("paper.wrong")), h("div", { class: "app-narrow" }, discarding(here, inspection))]);
}

// Forms on paper: keyed by two people, each alone; what differs is settled by a third look.
import { at, getAll, post } from "../api.js";
import { h, replace } from "../dom.js";
import { form } from "../forms.js";
import { addressOf, inspectionOf, pageOf, titlesOf, unlocking } from "../inspection.js";
import { button, buttonLink, heading2, heading3, p, summary, warning } from "../parts.js";
import { questionsOf } from "../questions.js";
import { may } from "../session.js";
import { t } from "../texts.js";

/** @typedef {import("../questions.js").Questions} Questions */
/** @typedef {import("../fields.js").Field} Field */

/** @param {Questions} questions @param {any} item @param {number} number @param {any} [value] @returns {Field} */
function fieldOf(questions, item, number, value) {
  const label = t("paper.item", { number, title: questions.ask(item.variable) });
  if (item.type === "text") return { name: item.variable, label, kind: "area", rows: 3, lang: questions.language, value };
  const options = /** @type {[string, string][]} */ ((item.options ?? []).map((/** @type {any} */ one, /** @type {number} */ i) => [one.id, t("paper.option", { number: i + 1, label: questions.option(item.variable, one.id) })]));
  if (item.type === "multiple_choice") return { name: item.variable, label, kind: "checks", options, lang: questions.language, value };
  return { name: item.variable, label, kind: "radios", options: [...options, ["", t("paper.unanswered")]], lang: questions.language, value: value ?? "" };
}

/** @param {Questions} questions @param {Record<string, any>} values */
const answersOf = (questions, values) => Object.fromEntries(questions.items.filter((item) => item.variable in values)
  .map((item) => [item.variable, values[item.variable].length ? values[item.variable] : null]));

/** @param {import("../app.js").Here} here @param {any} inspection @param {Questions} questions */
const keying = (here, inspection, questions) => form({
  fields: [
    { name: "form.reference", label: t("paper.reference"), hint: t("paper.reference.hint"), isNeeded: true, width: "20", isSecret: true },
    { name: "form.token", label: t("paper.token"), hint: t("paper.token.hint"), width: "20", isSecret: true },
    ...questions.items.map((item, i) => fieldOf(questions, item, i + 1))],
  submit: t("paper.keep"),
  work: async (values) => {
    const body = { reference: values["form.reference"], questionnaire: questions.id, language: questions.language, answers: answersOf(questions, values),
      ...(values["form.token"] ? { token: values["form.token"] } : {}) };
    const { keyed } = await post(at`/v1/inspections/${inspection.id}/paper/keyings`, body);
    here.tell(`inspections/${encodeURIComponent(inspection.id)}/paper`, t(keyed === 1 ? "paper.kept.once" : "paper.kept.twice"));
  },
});

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function key(here) {
  const inspection = await inspectionOf(here);
  const [questionnaire, wanted] = [here.params.questionnaire, here.params.language];
  const questions = await questionsOf(inspection, questionnaire, here.signal, wanted);
  const page = pageOf(here, inspection, "paper", [heading2(questions.title), p(t("paper.key.words")), warning(t("paper.danger")), h("div", { class: "app-narrow" }, keying(here, inspection, questions)),
    buttonLink(t("paper.back"), addressOf(inspection.id, "paper"), "secondary")]);
  return { ...page, title: t("paper.key.page", { title: questions.title, area: inspection.area, language: t(`language.${questions.language}`) }) };
}

/** @param {Questions} questions @param {any} item @param {string[] | null} values */
function inWords(questions, item, values) {
  if (!values || values.length === 0) return t("paper.unanswered");
  return values.map((one) => (item.type === "text" ? `“${one}”` : questions.option(item.variable, one))).join(", ");
}

/** @param {string[]} languages @returns {Field} */
const languageField = (languages) => ({ name: "form.language", label: t("paper.languages"), kind: "radios", isNeeded: true,
  options: languages.map((one) => /** @type {[string, string]} */ ([one, t(`language.${one}`)])) });

/** What they differ in; then, in the place of that, what nobody was asked and the settled answers lead to.
 * @param {import("../app.js").Here} here @param {any} inspection @param {any} each @param {HTMLElement} place @param {Questions} questions
 * @param {Field[]} fields @param {Record<string, any>} [before] */
function settling(here, inspection, each, place, questions, fields, before = {}) {
  replace(place, form({
    before: p(t("paper.third")), fields, submit: t("paper.settle"),
    work: async (now) => {
      const values = { ...before, ...now };
      const said = await post(at`/v1/inspections/${inspection.id}/paper/settlements`, { reference: each.reference, answers: answersOf(questions, values),
        ...(values["form.language"] ? { language: values["form.language"] } : {}) });
      if (said.asks.length === 0) return here.tell(location.hash.slice(2), said.taken_back > 0 ? t("paper.taken.back") : t("paper.settled", { n: said.counted }));
      settling(here, inspection, each, place, questions, said.asks.map((/** @type {number} */ number) => ({ ...fieldOf(questions, questions.items[number - 1], number), hint: t("paper.asks") })), values);
      here.say(t("paper.asks"));
    },
  }));
  /** @type {HTMLElement | null} */ (place.querySelector("input, textarea"))?.focus();
}

/** @param {import("../app.js").Here} here @param {any} inspection @param {any} each @param {HTMLElement} place */
async function look(here, inspection, each, place) {
  const questions = await questionsOf(inspection, each.questionnaire, here.signal, each.language);
  const fields = each.differences.map((/** @type {any} */ difference) => ({ ...fieldOf(questions, questions.items[difference.number - 1], difference.number),
    hint: t("paper.two", { first: inWords(questions, questions.items[difference.number - 1], difference.first), second: inWords(questions, questions.items[difference.number - 1], difference.second) }) }));
  const languages = [...new Set(each.languages)];
  settling(here, inspection, each, place, questions, languages.length > 1 ? [languageField(languages), ...fields] : fields);
}

/** @param {import("../app.js").Here} here @param {any} inspection @param {Map<string, string>} titles @param {any} each */
function formOf(here, inspection, titles, each) {
  const place = h("div", {});
  const canSettle = each.keyed_by.length === 2 && each.unreadable.length === 0 && !each.is_agreed && each.is_of_one_questionnaire && !each.is_keyed_by_you;
  return h("section", { class: "app-comment" }, heading3(t("paper.form.name", { reference: each.reference || t("none") })),
    summary([[t("paper.questionnaire"), titles.get(each.questionnaire) ?? (each.questionnaire || t("none"))], [t("paper.keyedby"), each.keyed_by.join(", ") || t("none")],
      [t("paper.standing"), standingOf(each)]]), each.is_keyed_by_you && p(t("paper.yours")), place,
    canSettle && button(t("paper.look"), () => look(here, inspection, each, place), { hidden: each.reference }),
    each.reference && button(t("paper.discard"), () => {
      replace(place, discarding(here, inspection, { reference: each.reference }));
      /** @type {HTMLElement | null} */ (place.querySelector("input"))?.focus();
    }, { kind: "warning", hidden: each.reference }));
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
  return form({
    fields, submit: t("paper.discard"), kind: "warning",
    work: async (values) => {
      await post(at`/v1/inspections/${inspection.id}/paper/discards`, { reference: reference ?? values.reference, reason: values.reason, for_good: values.again === "no" });
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
  }), keyed.forms.map((/** @type {any} */ one) => formOf(here, inspection, titles, one))];
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function paper(here) {
  const inspection = await inspectionOf(here);
  const titles = titlesOf(inspection);
  const links = titles.flatMap(([questionnaire, title]) => inspection.policy.languages.map((/** @type {string} */ one) =>
    h("li", {}, h("a", { class: "govuk-link", href: `${addressOf(inspection.id, "paper")}/${encodeURIComponent(questionnaire)}/${one}` },
      t("paper.key", { questionnaire: title, language: t(`language.${one}`) })))));
  return pageOf(here, inspection, "paper", [p(t("paper.double")), heading2(t("paper.key.title")), h("ul", { class: "govuk-list govuk-list--spaced" }, links),
    may("read-answers") && (await waiting(here, inspection, new Map(titles))), heading2(t("paper.wrong.title")), p(t("paper.wrong")), h("div", { class: "app-narrow" }, discarding(here, inspection))]);
}

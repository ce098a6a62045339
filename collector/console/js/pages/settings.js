// Setting an inspection up, and changing what may still be changed.
import { at, get, getAll, post } from "../api.js";
import { h } from "../dom.js";
import { form } from "../forms.js";
import { inspectionOf, pageOf } from "../inspection.js";
import { back, details, heading, inset, p, warning } from "../parts.js";
import { language, t } from "../texts.js";
import { forgetTyped } from "../typed.js";

const LEAST_OF_PASSPHRASE = 12;
const NEW = "new-inspection";

/** @typedef {import("../fields.js").Field} Field */

/** @param {any} dates @returns {Field[]} */
const dateFields = (dates) => ["fieldwork_starts", "fieldwork_ends", "report_due"].map((name) => ({ name, label: t(`settings.${name}`), kind: "date",
  hint: name === "report_due" ? t("settings.report_due.hint") : undefined, value: dates[name] ?? "" }));

/** @param {any} policy @returns {Field[]} */
function termFields(policy) {
  const yesOrNo = /** @type {[string, string][]} */ ([["yes", t("choice.yes")], ["no", t("choice.no")]]);
  return [
    { name: "is_own_machine", label: t("settings.machine"), kind: "radios", value: policy.is_own_machine ? "yes" : "no", isNeeded: true,
      options: [["yes", t("settings.machine.own")], ["no", t("settings.machine.service"), t("settings.machine.hint")]] },
    { name: "smallest_batch", label: t("settings.batch"), hint: t("settings.batch.hint"), kind: "number", width: "3", value: String(policy.smallest_batch), isNeeded: true,
      check: (value) => (Number(value) >= 1 && Number(value) <= 50 ? undefined : t("error.batch")) },
    { name: "why_no_tokens", label: t("settings.tokens"), hint: t("settings.tokens.hint"), value: policy.why_no_tokens },
    { name: "may_ask_worker", label: t("settings.worker"), kind: "radios", value: policy.may_ask_worker ? "yes" : "no", options: yesOrNo, isNeeded: true },
    { name: "retention_months", label: t("settings.retention"), kind: "number", width: "3", value: String(policy.retention_months), isNeeded: true },
  ];
}

/** As the API takes them. @param {Record<string, any>} values */
function termsOf(values) {
  const terms = /** @type {Record<string, any>} */ ({ ...values });
  for (const name of ["is_own_machine", "may_ask_worker"]) if (name in terms) terms[name] = terms[name] === "yes";
  for (const name of ["smallest_batch", "retention_months"]) if (name in terms) terms[name] = Number(terms[name]);
  return terms;
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function settings(here) {
  const inspection = await inspectionOf(here);
  /** @type {Field[]} */
  const fields = [{ name: "area", label: t("settings.area"), isNeeded: true, value: inspection.area }, ...dateFields(inspection.dates), ...termFields(inspection.policy)];
  const key = `settings ${inspection.id}`;
  let before = termsOf(Object.fromEntries(fields.map((field) => [field.name, field.value])));
  return pageOf(here, inspection, "settings", [p(t("settings.words")), p(t("settings.guard", { n: inspection.policy.guard_threshold })), h("div", { class: "app-narrow" }, form({
    fields, submit: t("settings.save"), isKept: true,
    // Only what differs from what stood there is changed: what somebody else changed meanwhile stays.
    typed: { key, basis: before, onBasis: (was) => {
      before = was;
    } },
    work: async (values) => {
      const wanted = termsOf(values);
      const changed = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== before[name]));
      if (Object.keys(changed).length) await post(at`/v1/inspections/${inspection.id}/settings`, changed);
      forgetTyped(key);
      here.tell(location.hash.slice(2), t("settings.saved"));
    },
  }))]);
}

/** @param {any[]} earlier @param {any[]} known @returns {Field[]} */
function beginning(earlier, known) {
  const title = (/** @type {any} */ one) => one.title[language()] ?? one.title.en ?? one.id;
  const draft = (/** @type {any} */ one) => (one.drafts.length ? t("new.draft", { languages: one.drafts.map((/** @type {string} */ name) => t(`language.${name}`)).join(", ") }) : undefined);
  const fields = /** @type {Field[]} */ ([
    { name: "area", label: t("settings.area"), hint: t("new.area.hint"), isNeeded: true },
    { name: "id", label: t("new.id"), hint: t("new.id.hint"), isNeeded: true, width: "20",
      check: (value) => (/^[a-z0-9-]+$/.test(value) ? undefined : t("error.id")) },
  ]);
  if (earlier.length) {
    fields.push({ name: "like", label: t("new.like"), kind: "select", hint: t("new.like.hint"), value: "",
      options: [["", t("new.like.none")], ...earlier.map((one) => /** @type {[string, string]} */ ([one.id, `${one.area} (${one.id})`]))] });
  }
  fields.push({ name: "installed", label: t("new.questionnaires"), kind: "checks", options: known.map((one) => [one.id, title(one), draft(one)]),
    value: known.map((one) => one.id) },
  { name: "languages", label: t("new.languages"), kind: "checks", options: [["en", t("language.en")], ["cy", t("language.cy")]], value: ["en", "cy"] });
  return fields;
}

/** @returns {Field[]} */
function passphrases() {
  const pair = (/** @type {string} */ name) => /** @type {Field[]} */ ([
    { name, label: t(`new.${name}`), hint: t("new.passphrase.hint", { n: LEAST_OF_PASSPHRASE }), kind: "password", isNeeded: true, autocomplete: "off" },
    { name: `${name}_again`, label: t(`new.${name}.again`), kind: "password", isNeeded: true, autocomplete: "off",
      check: (value, all) => (value !== all[name] ? t("error.passphrase.differs") : undefined) }]);
  return [...pair("passphrase"), ...pair("recovery_passphrase")];
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function setUp(here) {
  const [{ inspections }, { questionnaires }] = await Promise.all([getAll("/v1/inspections", "inspections", { signal: here.signal }), get("/v1/questionnaires", { signal: here.signal })]);
  return { title: t("home.new"), content: [back(t("inspection.all"), "/#/"), heading(t("home.new")), p(t("new.words")),
    details(t("new.own"), p(t("new.own.words"))), h("div", { class: "app-narrow" }, warning(t("new.warning")), form({
      fields: [...beginning(inspections, questionnaires), ...dateFields({}), ...passphrases()],
      submit: t("home.new"), isKept: true, typed: { key: NEW },
      after: inset(t("new.after")),
      work: async (values, signal) => {
        const order = /** @type {Record<string, any>} */ ({ ...termsOf(values), is_draft: true });
        for (const name of ["passphrase_again", "recovery_passphrase_again"]) delete order[name];
        if (order.like) ["installed", "languages"].forEach((name) => delete order[name]);
        else delete order.like;
        for (const name of ["fieldwork_starts", "fieldwork_ends", "report_due"]) if (!order[name]) delete order[name];
        const { inspection } = await post("/v1/inspections", order, { signal });
        forgetTyped(NEW);
        here.tell(`inspections/${encodeURIComponent(inspection)}`, t("new.done"));
      },
    }))] };
}

// Slips with tokens, and forms on paper, to be printed.
import { at, get, post } from "../api.js";
import { download, h } from "../dom.js";
import { form } from "../forms.js";
import { inspectionOf, pageOf, titlesOf } from "../inspection.js";
import { heading2, inset, p, summary } from "../parts.js";
import { language, t } from "../texts.js";

const MOST = 100;

/** @param {string} hex */
const pdfOf = (hex) => new Blob([Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))], { type: "application/pdf" });

/** @param {string} value */
const within = (value) => (Number(value) >= 1 && Number(value) <= MOST ? undefined : t("error.most", { n: MOST }));

/** @param {any} counts */
function countsOf(counts) {
  if (!counts.are_asked_for) return inset(t("tokens.none", { why: counts.why_none }));
  const spent = counts.is_rounded_down ? (counts.spent === 0 ? t(counts.issued === 0 ? "tokens.none.yet" : "count.fewer") : t("count.fives", { n: counts.spent })) : String(counts.spent);
  return summary([[t("tokens.issued"), String(counts.issued)], [t("tokens.spent"), spent], [t("tokens.twice"), String(counts.spent_twice)],
    [t("tokens.never"), String(counts.never_issued)]]);
}

/** @param {import("../app.js").Here} here @param {any} inspection */
const slips = (here, inspection) => form({
  fields: [{ name: "count", label: t("tokens.count"), hint: t("tokens.count.hint", { n: MOST }), kind: "number", width: "3", isNeeded: true, check: within }],
  submit: t("tokens.make"), typed: { key: `slips-${inspection.id}` },
  work: async ({ count }, signal) => {
    const { pdf_hex: hex } = await post(at`/v1/inspections/${inspection.id}/tokens`, { count: Number(count), format: "pdf" }, { signal });
    download(pdfOf(hex), `${inspection.id}-slips.pdf`);
    here.tell(location.hash.slice(2), t("tokens.made", { n: Number(count) }));
  },
});

/** @param {import("../app.js").Here} here @param {any} inspection @param {[string, string][]} titles */
const forms = (here, inspection, titles) => form({
  fields: [
    { name: "questionnaire", label: t("paper.questionnaire"), kind: "select", value: titles[0]?.[0], options: titles },
    { name: "language", label: t("paper.language"), kind: "radios", isNeeded: true, value: inspection.policy.languages.includes(language()) ? language() : inspection.policy.languages[0],
      options: inspection.policy.languages.map((/** @type {string} */ one) => [one, t(`language.${one}`)]) },
    { name: "form", label: t("paper.form"), kind: "radios", isNeeded: true, value: "standard",
      options: ["standard", "large-print", "easy-read"].map((one) => [one, t(`paper.form.${one}`)]) },
    { name: "copies", label: t("paper.copies"), hint: t("paper.copies.hint"), kind: "number", width: "3", isNeeded: true, value: "1", check: within },
  ],
  submit: t("paper.print"),
  isKept: true, typed: { key: `forms-${inspection.id}`, isChoice: true },
  work: async (values, signal) => {
    const pdf = await post(at`/v1/inspections/${inspection.id}/paper/forms`, { ...values, copies: Number(values.copies) }, { signal, as: "blob" });
    download(pdf, `${inspection.id}-${values.questionnaire}-${values.language}.pdf`);
    here.say(t("paper.printed"));
  },
});

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function tokens(here) {
  const [inspection, counts] = await Promise.all([inspectionOf(here), get(at`/v1/inspections/${here.params.inspection}/tokens`, { signal: here.signal })]);
  const titles = titlesOf(inspection);
  return pageOf(here, inspection, "tokens", [
    heading2(t("tokens.title")), p(t("tokens.words")), countsOf(counts), counts.are_asked_for && h("div", { class: "app-narrow" }, slips(here, inspection)),
    heading2(t("paper.title")), p(t("paper.words")), h("div", { class: "app-narrow" }, forms(here, inspection, titles))]);
}

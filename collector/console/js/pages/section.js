// The section of the report in full, as text; and rows for statistics programs.
import { at, get, query } from "../api.js";
import { download, h, replace } from "../dom.js";
import { form } from "../forms.js";
import { addressOf, askReason, inspectionOf, needsReason, pageOf, reasonOf, titlesOf, unlocking } from "../inspection.js";
import { button, group, heading2, inset, marked, p, warning } from "../parts.js";
import { language, t } from "../texts.js";
import { ENDINGS, FILES, blocks, edited, languagesOf, saver } from "./sections.js";

const FORMATS = ["csv", "codebook", "sav", "ddi", "triple-s", "triple-s-data", "comments"];
/** Where a figure comes from: a row of the tally, or the page of what came in beside what was sent. @param {string} cell */
const placeOf = (cell) => (cell.startsWith("/") ? cell.slice(1) : `tally/${cell}`);

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function section(here) {
  const inspection = await inspectionOf(here);
  if (!inspection.is_unlocked) return pageOf(here, inspection, "section", [unlocking(here, inspection)]);
  if (needsReason(inspection) && !reasonOf(inspection.id)) return pageOf(here, inspection, "section", [askReason(here, inspection)]);
  const reason = needsReason(inspection) ? reasonOf(inspection.id) : "";
  const place = h("article", { class: "app-section" });
  let shown = "";
  const path = (/** @type {string} */ wanted, format = "text") => at`/v1/inspections/${inspection.id}/section` + query({ kind: "full", language: wanted, format, reason });
  const show = async (/** @type {string} */ wanted) => {
    const document = await get(at`/v1/inspections/${inspection.id}/section/document` + query({ language: wanted, reason }), { signal: here.signal });
    shown = wanted;
    place.lang = wanted;
    replace(place, blocks(document, (cell) => addressOf(inspection.id, placeOf(cell))));
    here.say(t("section.shown", { language: t(`language.${wanted}`) }));
  };
  const languages = languagesOf(inspection);
  await show(languages.includes(language()) ? language() : languages[0]);
  return pageOf(here, inspection, "section", [marked(t("full.warning"),
    group(languages.map((one) => button(t(`section.in.${one}`), () => show(one), { kind: "secondary" })),
      button(t("print"), () => window.print(), { kind: "secondary" })),
    h("div", { class: "app-screen" }, await edited(here, inspection, "full", reason),
      group(FILES.map((ending) => saver(here, ending, () => ({ path: path(shown, ending === "txt" ? "text" : ending), name: `${inspection.id}-section-full.${shown}.${ending}` }))))),
    p(t("section.figures")), place)]);
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function exports(here) {
  const inspection = await inspectionOf(here);
  if (needsReason(inspection)) return pageOf(here, inspection, "exports", [inset(t("exports.open"))]);
  if (!inspection.is_unlocked) return pageOf(here, inspection, "exports", [unlocking(here, inspection)]);
  const titles = titlesOf(inspection);
  return pageOf(here, inspection, "exports", [warning(t("full.warning")), heading2(t("exports.rows")), p(t("exports.words")), h("div", { class: "app-narrow" }, form({
    fields: [
      { name: "questionnaire", label: t("paper.questionnaire"), kind: "select", value: titles[0]?.[0], options: titles },
      { name: "format", label: t("exports.format"), kind: "radios", value: "csv", isNeeded: true, options: FORMATS.map((one) => [one, t(`exports.format.${one}`)]) },
      { name: "language", label: t("exports.language"), kind: "radios", value: inspection.policy.languages[0], isNeeded: true,
        options: inspection.policy.languages.map((/** @type {string} */ one) => [one, t(`language.${one}`)]) }],
    submit: t("exports.download"), isKept: true,
    work: async (values, signal) => {
      const rows = await get(at`/v1/inspections/${inspection.id}/rows` + query(values), { signal, as: "blob" });
      download(rows, `${inspection.id}-${values.questionnaire}.${values.language}.${ENDINGS[values.format]}`);
      here.say(t("exports.done"));
    },
  }))]);
}

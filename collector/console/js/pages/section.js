// The section of the report in full, as text; and rows for statistics programs.
import { at, get, query } from "../api.js";
import { download, h, replace } from "../dom.js";
import { form, underWay } from "../forms.js";
import { addressOf, askReason, inspectionOf, needsReason, pageOf, reasonOf, titlesOf, unlocking } from "../inspection.js";
import { button, buttonLink, group, heading2, heading3, inLanguage, inset, link, marked, p, table, warning } from "../parts.js";
import { errorSummary, wordsOf } from "../refusal.js";
import { language, t } from "../texts.js";

const FORMATS = ["csv", "codebook", "sav", "ddi", "triple-s", "triple-s-data", "comments"];
export const ENDINGS = /** @type {Record<string, string>} */ ({ csv: "csv", codebook: "codebook.csv", sav: "sav", ddi: "ddi.xml", "triple-s": "sss.xml", "triple-s-data": "sss.csv", comments: "comments.csv" });

export const FILES = ["docx", "odt", "txt"];

/** Where a text lies that somebody has edited. @param {string} inspection @param {string} kind @param {string} language @param {string} ending @param {string} [reason] */
export const editedAt = (inspection, kind, language, ending, reason = "") => at`/v1/inspections/${inspection}/section/text/document` + query({ kind, language, format: ending === "txt" ? "text" : ending, reason });

/** A button that downloads a file. @param {import("../app.js").Here} here @param {string} ending @param {() => { path: string, name: string }} what @param {string} [hidden] which, for who listens */
export function saver(here, ending, what, hidden = "") {
  const place = h("div", {});
  const save = button(t(`download.${ending}`), async () => {
    const under = underWay(place);
    try {
      const { path, name } = what();
      download(await get(path, { signal: under.signal, as: "blob" }), name);
      here.say(t("exports.done"));
      under.end();
    } catch (error) {
      under.end();
      replace(place, errorSummary([{ words: under.signal.aborted ? t("cancelled") : wordsOf(error) }]));
    }
  }, { kind: ending === "docx" || ending === "xlsx" ? "" : "secondary", name: ending, hidden });
  return h("div", { class: "app-save" }, save, place);
}

/** Where a figure comes from: a row of the tally, or the page of what came in beside what was sent. @param {string} cell */
const placeOf = (cell) => (cell.startsWith("/") ? cell.slice(1) : `tally/${cell}`);

/** The section as it reads, each figure a link to where it comes from. @param {string} inspection @param {any} document */
function blocks(inspection, document) {
  const words = (/** @type {any} */ run) => (run.cell ? link(run.text, addressOf(inspection, placeOf(run.cell))) : run.text);
  const runs = (/** @type {any} */ block) => block.runs.map((/** @type {any} */ run) => (run.language ? inLanguage(run.language, words(run)) : words(run)));
  return document.blocks.map((/** @type {any} */ block) => {
    if (block.kind === "table") return table({ caption: block.caption, head: block.head, rows: block.rows });
    if (block.kind === "title") return heading2(runs(block));
    return block.kind === "heading" ? heading3(runs(block)) : p(runs(block));
  });
}

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
    replace(place, blocks(inspection.id, document));
    here.say(t("section.shown", { language: t(`language.${wanted}`) }));
  };
  const languages = inspection.policy.languages.filter((/** @type {string} */ one) => one === "en" || one === "cy");
  await show(languages.includes(language()) ? language() : languages[0]);
  return pageOf(here, inspection, "section", [marked(t("full.warning"),
    group(languages.map((/** @type {string} */ one) => button(t(`section.in.${one}`), () => show(one), { kind: "secondary" })),
      button(t("print"), () => window.print(), { kind: "secondary" })),
    group(FILES.map((ending) => saver(here, ending, () => ({ path: path(shown, ending === "txt" ? "text" : ending), name: `${inspection.id}-section-full.${shown}.${ending}` })))),
    group(languages.map((/** @type {string} */ one) => buttonLink(t("editor.edit", { language: t(`language.${one}`) }), `${addressOf(inspection.id, "section")}/full/${one}`, "secondary"))),
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
      download(rows, `${inspection.id}-${values.questionnaire}.${ENDINGS[values.format]}`);
      here.say(t("exports.done"));
    },
  }))]);
}

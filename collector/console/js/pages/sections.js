// What both sections have on their pages: how they read, each figure a link to where it comes from; their files; and the text of them that
// somebody has edited.
import { at, get, query } from "../api.js";
import { download, focusOn, h, replace } from "../dom.js";
import { underWay } from "../forms.js";
import { addressOf } from "../inspection.js";
import { button, buttonLink, group, heading2, heading3, inLanguage, link, p, table, warning } from "../parts.js";
import { errorSummary, wordsOf } from "../refusal.js";
import { moment, t } from "../texts.js";

export const ENDINGS = /** @type {Record<string, string>} */ ({ csv: "csv", codebook: "codebook.csv", sav: "sav", ddi: "ddi.xml", "triple-s": "sss.xml", "triple-s-data": "sss.csv", comments: "comments.csv" });
export const FILES = ["docx", "odt", "txt"];
const REPORTED = ["en", "cy"]; // what sections are written in

/** @param {any} inspection @returns {string[]} */
export const languagesOf = (inspection) => inspection.policy.languages.filter((/** @type {string} */ one) => REPORTED.includes(one));

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

/** The section as it reads. @param {any} document @param {(cell: string) => string} place the address of where a figure comes from; empty: this person may not go there */
export function blocks(document, place) {
  const words = (/** @type {any} */ run) => (run.cell && place(run.cell) ? link(run.text, place(run.cell)) : run.text);
  const runs = (/** @type {any} */ block) => block.runs.map((/** @type {any} */ run) => (run.language ? inLanguage(run.language, words(run)) : words(run)));
  return document.blocks.map((/** @type {any} */ block) => {
    if (block.kind === "table") return table({ caption: block.caption, head: block.head, rows: block.rows });
    if (block.kind === "title") return heading2(runs(block));
    return block.kind === "heading" ? heading3(runs(block)) : p(runs(block));
  });
}

/** @param {string} questionnaire @param {string} [finding] */
export const cellId = (questionnaire, finding = "") => `cell-${questionnaire}${finding && `-${finding}`}`;

/** What an address names takes the focus, whatever it was folded into. @param {import("../app.js").Here} here */
export function showCell({ params: { questionnaire, finding } }) {
  const cell = questionnaire ? document.getElementById(cellId(questionnaire, finding)) : null;
  if (!cell) return;
  const folded = cell.closest("details");
  if (folded) folded.open = true;
  cell.closest("tr")?.classList.add("app-shown");
  focusOn(cell);
  cell.scrollIntoView({ block: "center" });
}

/** Where its text is edited, while it may be. @param {any} inspection @param {string} kind */
function editing(inspection, kind) {
  if (["draft", "open"].includes(inspection.state)) return p(t("editor.notyet"));
  if (["published", "destroyed"].includes(inspection.state)) return p(t("editor.nomore"));
  return group(languagesOf(inspection).map((one) => buttonLink(t("editor.edit", { language: t(`language.${one}`) }), `${addressOf(inspection.id, "section")}/${kind}/${one}`, "secondary")));
}

/** What somebody has edited, before what is generated: who takes a file away means that. @param {import("../app.js").Here} here @param {any} inspection unlocked @param {string} kind @param {string} [reason] */
export async function edited(here, inspection, kind, reason = "") {
  const languages = languagesOf(inspection);
  const kept = await Promise.all(languages.map((one) => get(at`/v1/inspections/${inspection.id}/section/text` + query({ kind, language: one, reason }), { signal: here.signal })));
  const titled = kind === "full" ? heading2 : heading3; // below that of the page, or of its part
  const texts = languages.map((one, i) => {
    const { by, at: when, taken_out: gone } = kept[i];
    const language = t(`language.${one}`);
    if (!by) return false;
    return [titled(t("editor.edited", { language, who: by, at: moment(when) })), gone.length > 0 ? warning(t("editor.taken_out", { paragraphs: gone.join(", ") }))
      : group(FILES.map((ending) => saver(here, ending, () => ({ path: editedAt(inspection.id, kind, one, ending, reason), name: `${inspection.id}-edited-${kind}-section.${one}.${ending}` }), language)))];
  });
  return [texts, editing(inspection, kind), kept.some(({ by }) => by) && titled(t("editor.generated"))];
}

// The section as somebody edits it, beside what is generated: what changed there since, and what was changed here.
import { at, get, post, query } from "../api.js";
import { h, replace } from "../dom.js";
import { form } from "../forms.js";
import { addressOf, askReason, inspectionOf, needsReason, pageOf, reasonOf, unlocking } from "../inspection.js";
import { bullets, button, buttonLink, group, heading2, inLanguage, inset, p, tag, warning } from "../parts.js";
import { around, moment, t } from "../texts.js";
import { forgetTyped } from "../typed.js";
import { FILES, editedAt, saver } from "./sections.js";

const ROWS = 30;

/** One paragraph of the three. @param {any} one @param {string} language of the text */
function differenceOf(one, language) {
  const part = (/** @type {string} */ name, /** @type {string | null} */ text) => text !== null && h("div", {}, h("p", { class: "govuk-body-s app-quiet" }, t(`editor.${name}`)), p(inLanguage(language, text)));
  return h("div", { class: "app-difference" }, h("p", { class: "govuk-body app-tags" }, one.is_generated_otherwise && tag(t("editor.otherwise"), "yellow"), one.is_edited && tag(t("editor.edited"), "blue")),
    part("edited.now", one.edited), one.is_generated_otherwise && part("then", one.then), part("generated", one.now));
}

/** What stands in the way of keeping it: what has to go, and what may count nobody. @param {{ places: any[], quotations: any[] }} kept @param {string} language of the text @param {() => void} confirm */
function refusal({ places, quotations }, language, confirm) {
  const inPlace = (/** @type {string} */ key, /** @type {any} */ one) => around(key, { paragraph: String(one.paragraph), words: inLanguage(language, one.words) });
  const said = (/** @type {any} */ one) => inPlace("editor.number", one);
  const gone = places.filter((one) => !one.may_be_confirmed);
  const others = places.filter((one) => one.may_be_confirmed);
  return h("div", { class: "app-ask", tabindex: "-1" },
    gone.length > 0 && [warning(t("editor.numbers")), bullets(gone.map(said)), p(t("editor.numbers.do"))],
    quotations.length > 0 && [warning(t("editor.quotations")), bullets(quotations.map((one) => inPlace(one.is_chosen ? "editor.quotation.chosen" : "editor.quotation", one))), p(t("editor.quotations.do"))],
    others.length > 0 && [warning(t("editor.others")), bullets(others.map(said))],
    gone.length + quotations.length === 0 && group(button(t("editor.confirm"), confirm, { kind: "warning" })));
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function editor(here) {
  const inspection = await inspectionOf(here);
  const { kind, language: wanted } = here.params;
  if (!inspection.is_unlocked) return pageOf(here, inspection, "section", [unlocking(here, inspection)]);
  if (needsReason(inspection) && !reasonOf(inspection.id)) return pageOf(here, inspection, "section", [askReason(here, inspection)]);
  const reason = needsReason(inspection) ? reasonOf(inspection.id) : "";
  const found = await get(at`/v1/inspections/${inspection.id}/section/text` + query({ kind, language: wanted, reason }), { signal: here.signal });
  const place = h("div", {});
  const key = `editor ${inspection.id} ${kind} ${wanted}`;
  let basis = { version: found.version, words_as_of: found.words_as_of };
  let sure = { text: "", numbers: /** @type {string[]} */ ([]) }; // of this text alone: of what is typed after that it is asked anew
  const keep = async (/** @type {string} */ text) => {
    replace(place);
    const kept = await post(at`/v1/inspections/${inspection.id}/section/text`, { kind, language: wanted, text, ...basis, confirmed_numbers: text === sure.text ? sure.numbers : [] });
    if (kept.is_kept) {
      forgetTyped(key);
      return here.tell(location.hash.slice(2), t("editor.kept"));
    }
    replace(place, refusal(kept, wanted, () => {
      sure = { text, numbers: kept.places.map((/** @type {any} */ one) => one.number) };
      editing.requestSubmit();
    }));
    /** @type {HTMLElement | null} */ (place.querySelector(".app-ask"))?.focus();
  };
  const editing = form({ fields: [{ name: "text", label: t(`section.in.${wanted}`), hint: t("editor.hint"), kind: "area", rows: ROWS, isNeeded: true, lang: wanted, value: found.text ?? found.generated.join("\n\n") }],
    submit: t("editor.keep"), isKept: true, typed: { key, basis, onBasis: (was) => {
      basis = was;  // over another text than the one that it was typed over it is not saved
    } }, work: ({ text }) => keep(text) });
  const changed = found.differences.filter((/** @type {any} */ one) => one.is_edited || one.is_generated_otherwise);
  const page = pageOf(here, inspection, "section", [warning(t(kind === "full" ? "full.warning" : "editor.release")),
    found.by && p(t("editor.by", { who: found.by, at: moment(found.at) })),
    found.taken_out.length > 0 && warning(t("editor.taken_out", { paragraphs: found.taken_out.join(", ") })),
    found.by && !found.taken_out.length && group(FILES.map((ending) => saver(here, ending, () => ({
      path: editedAt(inspection.id, kind, wanted, ending, reason),
      name: `${inspection.id}-edited-${kind}-section.${wanted}.${ending}` })))),
    editing, place,
    heading2(t("editor.differences")), changed.length ? changed.map((/** @type {any} */ one) => differenceOf(one, wanted)) : inset(t("editor.same")),
    buttonLink(t("editor.back"), addressOf(inspection.id, kind === "full" ? "section" : "release"), "secondary")]);
  return { ...page, title: t("editor.title", { language: t(`language.${wanted}`), area: inspection.area, kind: t(`editor.kind.${kind}`) }) };
}

// What of a comment must never be printed: its words are pressed one by one. What may give somebody away is marked already.
import { freshId, h, replace } from "../dom.js";
import { form } from "../forms.js";
import { p } from "../parts.js";
import { around, t } from "../texts.js";
import { forgetTyped } from "../typed.js";

/** @typedef {{ text: string, from: number, to: number, isWord: boolean, isOut: boolean }} Piece */

/** As the API counts: in Unicode characters. @param {string} text @param {{ begin: number, end: number }[]} giveaways @returns {Piece[]} */
export function piecesOf(text, giveaways) {
  let at = 0;
  return (text.match(/\s+|[^\s]+/gu) ?? []).map((part) => {
    const from = at;
    at += [...part].length;
    const isWord = !/^\s/u.test(part);
    return { text: part, from, to: at, isWord, isOut: isWord && giveaways.some((one) => one.begin < at && from < one.end) };
  });
}

/** Words that stand side by side go out as one. @param {Piece[]} pieces */
export function runsOf(pieces) {
  const runs = /** @type {string[]} */ ([]);
  let run = "";
  const end = () => {
    // The stop behind a name is no part of it.
    const words = run.trim().replace(/^[("'“‘]+|[.,;:!?)"'”’]+$/gu, "");
    if (words && !runs.includes(words)) runs.push(words);
    run = "";
  };
  for (const piece of pieces) {
    if (piece.isOut || (!piece.isWord && run)) run += piece.text;
    else end();
  }
  end();
  return runs;
}

/** @typedef {{ words: string, as: string }} Replacement as the API has them */

const WITHIN = "(?<![\\p{L}\\p{N}])WORDS(?![\\p{L}\\p{N}])";
const escaped = (/** @type {string} */ words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Words that were taken out before are out from the beginning: what is sent takes their place, and they would be printed again. @param {Piece[]} pieces @param {Replacement[]} before */
export function takeOut(pieces, before) {
  const words = pieces.filter((piece) => piece.isWord);
  for (const piece of words) piece.isOut = false;
  for (const one of before) {
    const parts = one.words.trim().split(/\s+/u).map((part) => new RegExp(WITHIN.replace("WORDS", escaped(part)), "iu"));
    for (let at = 0; at + parts.length <= words.length; ++at) {
      if (parts.every((part, i) => part.test(words[at + i].text))) for (let i = 0; i < parts.length; ++i) words[at + i].isOut = true;
    }
  }
}

/** The words of a comment as a field: those that are out, and what stands in the place of each. @param {Piece[]} pieces @param {Replacement[]} before @param {string} language @returns {import("../fields.js").Field} */
const wordsField = (pieces, before, language) => ({ name: "out", label: t("redaction.label"), lang: language, make: (/** @type {import("../fields.js").Field} */ field) => {
  const id = freshId(field.name);
  const chosen = h("div", { role: "status" });
  const standIns = new Map(before.map((one) => [one.words, one.as]));
  const buttons = new Map(pieces.filter((piece) => piece.isWord).map((piece) => [piece, h("button", { type: "button", class: "app-word" }, piece.text)]));
  const places = h("div", {});
  const place = (/** @type {string} */ words) => {
    const own = freshId("as");
    const input = h("input", { id: own, name: "as", type: "text", class: "govuk-input govuk-input--width-20", lang: language, autocomplete: "off", "aria-describedby": `${id}-hint`, value: standIns.get(words) ?? "" });
    input.addEventListener("input", () => standIns.set(words, input.value));
    return h("div", { class: "govuk-form-group" }, h("label", { class: "govuk-label", for: own }, around("redaction.as", { words: h("span", { lang: language }, words) })), input);
  };
  const show = () => {
    for (const [piece, button] of buttons) button.setAttribute("aria-pressed", String(piece.isOut));
    const runs = runsOf(pieces);
    replace(chosen, p(runs.length ? t("redaction.chosen", { words: runs.map((words) => `“${words}”`).join("; ") }) : t("redaction.nothing")));
    replace(places, runs.length > 0 && h("p", { id: `${id}-hint`, class: "govuk-hint" }, t("redaction.as.hint")), runs.map(place));
  };
  for (const [piece, button] of buttons) {
    button.addEventListener("click", () => {
      piece.isOut = !piece.isOut;
      show();
      button.dispatchEvent(new Event("input", { bubbles: true }));  // it is as good as typed
    });
  }
  const read = () => ({ from: pieces.filter((piece) => piece.isOut).map((piece) => piece.from), as: runsOf(pieces).map((words) => [words, standIns.get(words) ?? ""]) });
  const fill = (/** @type {ReturnType<typeof read>} */ kept) => {
    for (const piece of pieces) piece.isOut = kept.from.includes(piece.from);
    for (const [words, as] of kept.as) standIns.set(words, as);
    show();
  };
  show();
  return { field, focusId: id, read, fill, complain: () => {}, element: h("div", {},
    h("div", { id, class: "app-words", role: "group", tabindex: "-1", "aria-label": field.label, lang: language }, pieces.map((piece) => buttons.get(piece) ?? piece.text)), chosen, places) };
} });

/** @param {import("./comments.js").Work} work @param {string} key of what is typed @param {(body: object) => Promise<any>} send keeps it, and brings how it is printed now */
export function redaction(work, key, send) {
  const before = /** @type {Replacement[]} */ (work.comment.replacements);
  const pieces = piecesOf(work.comment.text, work.comment.giveaways);
  if (before.length) takeOut(pieces, before);
  return form({
    before: p(t(before.length ? "redaction.words.again" : "redaction.words")),
    fields: [wordsField(pieces, before, work.comment.language)],
    submit: t("redaction.keep"), kind: "secondary", isKept: true, typed: { key },
    work: async ({ out }) => {
      const body = out.as.length ? { replacements: out.as.map((/** @type {string[]} */ [words, as]) => (as ? { words, as } : { words })) } : { nothing: true };
      await send(body);
      forgetTyped(key);
      work.redraw(t(out.as.length ? "redaction.done" : "redaction.undone"));
    },
  });
}

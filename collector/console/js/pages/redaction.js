// What of a comment must never be printed: its words are pressed one by one. What may give somebody away is marked already.
import { freshId, h, replace } from "../dom.js";
import { form } from "../forms.js";
import { p } from "../parts.js";
import { t } from "../texts.js";
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

/** The words of a comment as a field: what is in it are the places of those that are out. @param {Piece[]} pieces @param {string} language @returns {import("../fields.js").Field} */
const wordsField = (pieces, language) => ({ name: "out", label: t("redaction.label"), lang: language, make: (/** @type {import("../fields.js").Field} */ field) => {
  const id = freshId(field.name);
  const chosen = h("p", { class: "govuk-body", role: "status" });
  const buttons = new Map(pieces.filter((piece) => piece.isWord).map((piece) => [piece, h("button", { type: "button", class: "app-word" }, piece.text)]));
  const show = () => {
    for (const [piece, button] of buttons) button.setAttribute("aria-pressed", String(piece.isOut));
    replace(chosen, runsOf(pieces).length ? t("redaction.chosen", { words: runsOf(pieces).map((words) => `“${words}”`).join(", ") }) : t("redaction.nothing"));
  };
  for (const [piece, button] of buttons) {
    button.addEventListener("click", () => {
      piece.isOut = !piece.isOut;
      show();
      button.dispatchEvent(new Event("input", { bubbles: true }));  // it is as good as typed
    });
  }
  const read = () => pieces.filter((piece) => piece.isOut).map((piece) => piece.from);
  const fill = (/** @type {number[]} */ from) => {
    for (const piece of pieces) piece.isOut = from.includes(piece.from);
    show();
  };
  show();
  return { field, focusId: id, read, fill, complain: () => {}, element: h("div", {},
    h("div", { id, class: "app-words", role: "group", tabindex: "-1", "aria-label": field.label, lang: language }, pieces.map((piece) => buttons.get(piece) ?? piece.text)), chosen) };
} });

/** @param {import("./comments.js").Work} work @param {string} key of what is typed @param {(body: object) => Promise<any>} send keeps it, and brings how it is printed now */
export function redaction(work, key, send) {
  const pieces = piecesOf(work.comment.text, work.comment.giveaways);
  return form({
    before: p(t("redaction.words")),
    fields: [wordsField(pieces, work.comment.language), { name: "as", label: t("redaction.as"), hint: t("redaction.as.hint"), width: "20" }],
    submit: t("redaction.keep"), kind: "secondary", isKept: true, typed: { key },
    work: async ({ as }) => {
      const runs = runsOf(pieces);
      const body = runs.length ? { replacements: runs.map((one) => (as ? { words: one, as } : { words: one })) } : { nothing: true };
      await send(body);
      forgetTyped(key);
      work.redraw(t(runs.length ? "redaction.done" : "redaction.undone"));
    },
  });
}

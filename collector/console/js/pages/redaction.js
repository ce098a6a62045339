// What of a comment must never be printed: its words are pressed one by one. What may give somebody away is marked already.
import { h, replace } from "../dom.js";
import { form } from "../forms.js";
import { p } from "../parts.js";
import { t } from "../texts.js";

/** @typedef {{ text: string, from: number, to: number, isWord: boolean, isOut: boolean, button?: HTMLElement }} Piece */

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

/** @param {import("./comments.js").Work} work @param {(body: object) => Promise<any>} send */
export function redaction(work, send) {
  const pieces = piecesOf(work.comment.text, work.comment.giveaways);
  const chosen = h("p", { class: "govuk-body", role: "status" });
  const show = () => replace(chosen, runsOf(pieces).length ? t("redaction.chosen", { words: runsOf(pieces).map((words) => `“${words}”`).join(", ") }) : t("redaction.nothing"));
  const words = pieces.map((piece) => {
    if (!piece.isWord) return piece.text;
    const button = h("button", { type: "button", class: "app-word", "aria-pressed": String(piece.isOut) }, piece.text);
    button.addEventListener("click", () => {
      piece.isOut = !piece.isOut;
      button.setAttribute("aria-pressed", String(piece.isOut));
      show();
    });
    return button;
  });
  show();
  return [p(t("redaction.words")), h("div", { class: "app-words", role: "group", "aria-label": t("redaction.label"), lang: work.comment.language }, words), chosen, form({
    fields: [{ name: "as", label: t("redaction.as"), hint: t("redaction.as.hint"), width: "20" }],
    submit: t("redaction.keep"), kind: "secondary", isKept: true,
    work: async ({ as }) => {
      const runs = runsOf(pieces);
      const body = runs.length ? { replacements: runs.map((one) => (as ? { words: one, as } : { words: one })) } : { nothing: true };
      await send(body);
      const printed = runs.reduce((text, one) => text.replaceAll(one, as || "[name]"), work.comment.text);
      work.comment.redacted = runs.length ? printed : null;
      work.redraw(t(runs.length ? "redaction.done" : "redaction.undone"));
    },
  })];
}

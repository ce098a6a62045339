// A form: its fields, what is wrong with them, and what is done with them. As the GOV.UK design system: errors are
// summed up at the top, which takes the focus, and stand at their fields.
import { h, replace } from "./dom.js";
import { draw, mistakeIn } from "./fields.js";
import { button, inset, p } from "./parts.js";
import { errorSummary, wordsOf } from "./refusal.js";
import { t } from "./texts.js";
import { choiceAt, forgetTyped, keepChoice, remember, typedIn } from "./typed.js";

const SHOWN_AFTER_MS = 700;

/** What takes longer than a moment shows that it goes on, for how long already, and can be given up. @param {Element} place */
export function underWay(place) {
  const stop = new AbortController();
  const began = Date.now();
  const seconds = h("span", {});
  const cancel = h("button", { type: "button", class: "govuk-button govuk-button--secondary" }, t("cancel"));
  cancel.addEventListener("click", () => stop.abort());
  const count = () => {
    seconds.textContent = t("working.seconds", { n: Math.floor((Date.now() - began) / 1000) });
  };
  const timer = setTimeout(() => {
    count();
    replace(place, h("div", { class: "app-progress" }, h("p", { class: "govuk-body", role: "status" }, t("working")),
      h("progress", { class: "app-progress__bar", "aria-label": t("working") }), h("p", { class: "govuk-body", "aria-hidden": "true" }, seconds), cancel));
  }, SHOWN_AFTER_MS);
  const ticking = setInterval(count, 1000);
  return {
    signal: stop.signal,
    end: () => {
      clearTimeout(timer);
      clearInterval(ticking);
      place.replaceChildren();
    },
  };
}

const title = () => document.title.replace(`${t("error.prefix")} `, "");

/**
 * @typedef {{ key: string, basis?: any, onBasis?: (basis: any) => void, isBegun?: boolean, onDrop?: () => void, isChoice?: boolean }} Kept
 *   isBegun: it is a further step of something, and stays though nothing is typed in it yet. onDrop: what was typed is thrown away, the steps before too
 *   isChoice: what to look at, and nothing that could be saved: it stands there again without a word
 */

/**
 * What was typed here and not saved stands here again, with a button that throws it away.
 * @param {Kept} kept @param {import("./fields.js").Drawn[]} drawn @param {HTMLElement} element the form @param {HTMLElement} place of the words
 */
function keepTyped({ key, basis, onBasis, isBegun, onDrop, isChoice }, drawn, element, place) {
  const open = drawn.filter((one) => one.field.kind !== "password");
  const valuesOf = () => Object.fromEntries(open.map((one) => [one.field.name, one.read()]));
  const fillWith = (/** @type {Record<string, any>} */ values) => {
    for (const one of open) if (one.field.name in values) one.fill(values[one.field.name]);
  };
  if (isChoice) {
    if (choiceAt(key)) fillWith(choiceAt(key));
    for (const name of ["input", "change"]) element.addEventListener(name, () => keepChoice(key, valuesOf()));
    return;
  }
  const before = open.map((one) => one.read());
  const ownBasis = basis;
  let now = basis;
  const note = () => {
    const values = open.map((one) => one.read());
    if (!isBegun && JSON.stringify(values) === JSON.stringify(before)) return forgetTyped(key);
    remember(key, { values: valuesOf(), basis: now });
  };
  for (const name of ["input", "change"]) element.addEventListener(name, note);
  const typed = typedIn(key);
  if (!typed) return void (isBegun && note());
  fillWith(typed.values);
  now = typed.basis;
  onBasis?.(now);
  const drop = button(t("typed.drop"), () => {
    forgetTyped(key);
    if (onDrop) return onDrop();
    open.forEach((one, i) => one.fill(before[i]));
    now = ownBasis;
    onBasis?.(now);
    place.replaceChildren();
    document.getElementById(drawn[0]?.focusId)?.focus();
  }, { kind: "secondary" });
  place.replaceChildren(inset(p(t("typed.again")), drop));
}

/**
 * @param {{ fields: import("./fields.js").Field[], submit: string, kind?: string, before?: import("./dom.js").Children, after?: import("./dom.js").Children,
 *   work: (values: Record<string, any>, signal: AbortSignal) => any, isKept?: boolean, typed?: Kept }} content
 *   work: throws a Problem; `signal` is aborted where somebody waits no longer. isKept: what was typed stays after it is done.
 *   typed: what is typed outlives the page, under this key; `basis` is what it is typed over, and comes back with it
 * @returns {HTMLFormElement}
 */
export function form({ fields, submit, kind = "", before, after, work, isKept = false, typed }) {
  const drawn = fields.map(draw);
  const summaryPlace = h("div", {});
  const place = h("div", {});
  const again = h("div", {});
  const send = h("button", { type: "submit", class: `govuk-button ${kind && `govuk-button--${kind}`}` }, submit);
  const show = (/** @type {Parameters<typeof errorSummary>[0]} */ errors) => {
    const summary = errors.length ? errorSummary(errors) : null;
    summaryPlace.replaceChildren(...(summary ? [summary] : []));
    document.title = errors.length ? `${t("error.prefix")} ${title()}` : title();
    summary?.focus();
    summary?.scrollIntoView({ block: "start" });
  };
  const check = () => {
    const values = Object.fromEntries(drawn.map((one) => [one.field.name, one.read()]));
    const errors = [];
    for (const one of drawn) {
      const words = mistakeIn(one.field, values[one.field.name], values) ?? "";
      one.complain(words);
      if (words) errors.push({ words, focusId: one.focusId });
    }
    return { values, errors };
  };
  const element = h("form", { novalidate: true }, summaryPlace, again, before, drawn.map((one) => one.element), place,
    h("div", { class: "govuk-button-group" }, send, after));
  if (typed) keepTyped(typed, drawn, element, again);
  const run = async () => {
    const { values, errors } = check();
    show(errors);
    if (errors.length) return;
    const under = underWay(place);
    const done = typed && typedIn(typed.key);
    send.setAttribute("aria-disabled", "true");
    try {
      await work(values, under.signal);
      if (!isKept) element.reset();
      // It is done; what is kept there by now is of the next step.
      if (typed && !isKept && done && typedIn(typed.key) === done) {
        forgetTyped(typed.key);
        again.replaceChildren();
      }
    } catch (error) {
      show([{ words: under.signal.aborted ? t("cancelled") : wordsOf(error), focusId: drawn[0]?.focusId }]);
    } finally {
      under.end();
      send.removeAttribute("aria-disabled");
    }
  };
  element.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    if (send.getAttribute("aria-disabled") !== "true") run();
  });
  return element;
}

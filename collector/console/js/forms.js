// A form: its fields, what is wrong with them, and what is done with them. As the GOV.UK design system: errors are
// summed up at the top, which takes the focus, and stand at their fields.
import { Problem } from "./api.js";
import { freshId, h, replace } from "./dom.js";
import { draw, mistakeIn } from "./fields.js";
import { inLanguage } from "./parts.js";
import { t } from "./texts.js";

/** What went wrong, in words: ours where we have them, then the collector's own, which are English. @param {unknown} error */
export function wordsOf(error) {
  if (!(error instanceof Problem)) return [t("problem.page")];
  const known = t(`problem.${[0, 401, 403, 404, 409, 413, 422, 429, 503].includes(error.status) ? error.status : error.status >= 500 ? 500 : 400}`,
    { n: error.waitS });
  if (!error.detail) return [known];
  return [known, " ", inLanguage("en", error.detail)];
}

/** @param {{ words: import("./dom.js").Children, focusId?: string }[]} errors */
export function errorSummary(errors) {
  const id = freshId("errors");
  const line = (/** @type {typeof errors[number]} */ { words, focusId }) => {
    if (!focusId) return h("li", {}, words);
    const link = h("a", { href: `#${focusId}` }, words);
    link.addEventListener("click", (/** @type {Event} */ event) => {
      event.preventDefault();
      document.getElementById(focusId)?.focus();
    });
    return h("li", {}, link);
  };
  return h("div", { class: "govuk-error-summary", tabindex: "-1", "aria-labelledby": id, role: "alert" },
    h("h2", { class: "govuk-error-summary__title", id }, t("error.title")),
    h("div", { class: "govuk-error-summary__body" }, h("ul", { class: "govuk-list govuk-error-summary__list" }, errors.map(line))));
}

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
 * @param {{ fields: import("./fields.js").Field[], submit: string, kind?: string, before?: import("./dom.js").Children, after?: import("./dom.js").Children,
 *   work: (values: Record<string, any>, signal: AbortSignal) => any, isKept?: boolean }} content
 *   work: throws a Problem; `signal` is aborted where somebody waits no longer. isKept: what was typed stays after it is done
 * @returns {HTMLFormElement}
 */
export function form({ fields, submit, kind = "", before, after, work, isKept = false }) {
  const drawn = fields.map(draw);
  const summaryPlace = h("div", {});
  const place = h("div", {});
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
  const element = h("form", { novalidate: true }, summaryPlace, before, drawn.map((one) => one.element), place,
    h("div", { class: "govuk-button-group" }, send, after));
  const run = async () => {
    const { values, errors } = check();
    show(errors);
    if (errors.length) return;
    const under = underWay(place);
    send.setAttribute("aria-disabled", "true");
    try {
      await work(values, under.signal);
      if (!isKept) element.reset();
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

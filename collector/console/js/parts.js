// Parts of the GOV.UK and MOJ design systems, as elements.
import { Problem } from "./api.js";
import { freshId, h } from "./dom.js";
import { errorSummary, wordsOf } from "./refusal.js";
import { t } from "./texts.js";

/** @typedef {import("./dom.js").Children} Children */

/** @param {string} text @param {string} [caption] */
export const heading = (text, caption) =>
  h("h1", { class: "govuk-heading-l" }, caption && h("span", { class: "govuk-caption-l" }, caption), text);

/** @param {Children} text @param {string} [size] */
export const heading2 = (text, size = "m") => h("h2", { class: `govuk-heading-${size}` }, text);
/** @param {Children} text */
export const heading3 = (text) => h("h3", { class: "govuk-heading-s" }, text);

/** @param {...Children} children */
export const p = (...children) => h("p", { class: "govuk-body" }, ...children);
/** @param {...Children} children */
export const inset = (...children) => h("div", { class: "govuk-inset-text" }, ...children);

/** @param {...Children} children */
export const warning = (...children) =>
  h("div", { class: "govuk-warning-text" },
    h("span", { class: "govuk-warning-text__icon", "aria-hidden": "true" }, "!"),
    h("strong", { class: "govuk-warning-text__text" },
      h("span", { class: "govuk-visually-hidden" }, t("warning")), ...children));

/** @param {string} text @param {string} href */
export const link = (text, href) => h("a", { class: "govuk-link", href }, text);

/** @param {Children[]} items */
export const bullets = (items) =>
  h("ul", { class: "govuk-list govuk-list--bullet" }, items.map((item) => h("li", {}, item)));

/** @param {string} text @param {string} href */
export const buttonLink = (text, href, kind = "") =>
  h("a", { class: `govuk-button ${kind && `govuk-button--${kind}`}`, href, draggable: "false" }, text);

/**
 * A button whose work shows that it is under way, and that cannot be pressed again meanwhile. Where the collector refuses it, it says so.
 * @param {string} text
 * @param {(event: Event) => any} work
 * @param {{ kind?: string, hidden?: Children, name?: string }} [more] hidden: said to who listens only. name: of a file that it downloads
 */
export function button(text, work, { kind = "", hidden = "", name = "" } = {}) {
  const element = h("button", { type: "button", class: `govuk-button ${kind && `govuk-button--${kind}`}`, "data-download": name || null },
    text, hidden && h("span", { class: "govuk-visually-hidden" }, " ", hidden));
  /** @type {Element | null} */
  let refused = null;
  element.addEventListener("click", async (/** @type {Event} */ event) => {
    if (element.getAttribute("aria-disabled") === "true") return;
    element.setAttribute("aria-disabled", "true");
    refused?.remove();
    try {
      await work(event);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const summary = errorSummary([{ words: wordsOf(error) }]);
      (element.closest(".govuk-button-group") ?? element).after(summary);
      summary.focus();
      refused = summary;
    } finally {
      element.removeAttribute("aria-disabled");
    }
  });
  return element;
}

/** @param {...Children} children */
export const group = (...children) => h("div", { class: "govuk-button-group" }, ...children);

/** @param {string} text @param {string} [colour] of the design system */
export const tag = (text, colour = "") =>
  h("strong", { class: `govuk-tag ${colour && `govuk-tag--${colour}`}` }, text);

/** @param {[string, Children][]} rows */
export const summary = (rows) =>
  h("dl", { class: "govuk-summary-list" }, rows.map(([key, value]) =>
    h("div", { class: "govuk-summary-list__row" },
      h("dt", { class: "govuk-summary-list__key" }, key),
      h("dd", { class: "govuk-summary-list__value" }, value))));

/**
 * @param {{ caption: Children, head: Children[], rows: Children[][], numeric?: number[], isCaptionHidden?: boolean }} content
 *   numeric: columns of numbers; the first cell of a row heads it
 */
export function table({ caption, head, rows, numeric = [], isCaptionHidden = false }) {
  const number = (/** @type {number} */ i, /** @type {string} */ name) => (numeric.includes(i) ? `govuk-table__${name}--numeric` : "");
  const hidden = isCaptionHidden ? "govuk-visually-hidden" : "govuk-table__caption--m";
  const cell = (/** @type {Children} */ content, /** @type {number} */ i) => (i === 0
    ? h("th", { scope: "row", role: "rowheader", class: "govuk-table__header" }, content)
    : h("td", { role: "cell", class: `govuk-table__cell ${number(i, "cell")}`, "data-label": wordsIn(head[i]) }, h("span", {}, content)));
  // On a narrow screen each row is a block (style sheet), which takes a table's roles away: so they are said.
  const element = h("table", { class: "govuk-table app-table", role: "table" },
    h("caption", { class: `govuk-table__caption ${hidden}` }, caption),
    h("thead", { class: "govuk-table__head", role: "rowgroup" }, h("tr", { class: "govuk-table__row", role: "row" }, head.map((text, i) =>
      h("th", { scope: "col", role: "columnheader", class: `govuk-table__header ${number(i, "header")}` }, text)))),
    h("tbody", { class: "govuk-table__body", role: "rowgroup" }, rows.map((row) => h("tr", { class: "govuk-table__row", role: "row" }, row.map(cell)))));
  return element;
}

/** @param {Children} content @returns {string | null} */
const wordsIn = (content) => (content instanceof Node ? content.textContent : typeof content === "string" ? content : null);

/** What stands on every sheet when the page is printed; on the screen once, at the top. @param {string} words @param {...Children} children */
export const marked = (words, ...children) => h("div", { class: "app-marked" }, h("div", { class: "app-marked__head" }, h("p", { class: "govuk-body-s" }, words)),
  h("div", { class: "app-marked__body" }, warning(words), ...children));

/** @param {Children} label @param {...Children} children */
export const details = (label, ...children) => detailsOf("", label, ...children);
/** Those that stand open where the page is printed. @param {Children} label @param {...Children} children */
export const printedDetails = (label, ...children) => detailsOf("app-printed", label, ...children);

/** @param {string} more @param {Children} label @param {...Children} children */
const detailsOf = (more, label, ...children) =>
  h("details", { class: `govuk-details ${more}` },
    h("summary", { class: "govuk-details__summary" }, h("span", { class: "govuk-details__summary-text" }, label)),
    h("div", { class: "govuk-details__text" }, ...children));

/** What was done, or what is to be known. @param {Children} content @param {"success" | "information"} [kind] */
export function notice(content, kind = "success") {
  const id = freshId("notice");
  return h("div", { class: `govuk-notification-banner ${kind === "success" ? "govuk-notification-banner--success" : ""}`,
    role: kind === "success" ? "alert" : "region", "aria-labelledby": id },
  h("div", { class: "govuk-notification-banner__header" },
    h("h2", { class: "govuk-notification-banner__title", id }, t(`notice.${kind}`))),
  h("div", { class: "govuk-notification-banner__content" },
    h("div", { class: "govuk-notification-banner__heading" }, content)));
}

/** MOJ's alert. @param {"information" | "success" | "warning" | "error"} kind @param {...Children} children */
export const alert = (kind, ...children) =>
  h("div", { class: `moj-alert moj-alert--${kind}`, role: "region", "aria-label": t(`alert.${kind}`) },
    h("div", { class: "moj-alert__content" }, ...children));

/** One of several within a section, none of them a place of its own: many places of one name lead nowhere. @param {"information" | "success" | "warning" | "error"} kind @param {...Children} children */
export function alertOfMany(kind, ...children) {
  const element = alert(kind, ...children);
  element.setAttribute("role", "group");
  return element;
}

/** @param {[string, string][]} links @param {string} current @param {string} label */
export const subNavigation = (links, current, label) =>
  h("nav", { class: "moj-sub-navigation", "aria-label": label },
    h("ul", { class: "moj-sub-navigation__list" }, links.map(([text, href]) =>
      h("li", { class: "moj-sub-navigation__item" },
        h("a", { class: "moj-sub-navigation__link", href, "aria-current": href === current ? "page" : null }, text)))));

/** @param {string} text @param {string} href */
export const back = (text, href) => h("a", { class: "govuk-back-link", href }, text);

/** Words in another language than the page's. @param {string} language @param {Children} content */
export const inLanguage = (language, content) => h("span", { lang: language }, content);

/** Something to copy: a link, a line for a kiosk. @param {string} label @param {string} text */
export function copyable(label, text) {
  const id = freshId("copy");
  const said = h("span", { class: "govuk-body", role: "status" });
  const field = h("textarea", { id, class: "govuk-textarea app-code", rows: Math.ceil(text.length / 60), readonly: true, value: text });
  const copy = button(t("copy"), async () => {
    field.select();
    await navigator.clipboard.writeText(text).catch(() => document.execCommand("copy"));
    said.textContent = t("copied");
  }, { kind: "secondary" });
  return h("div", { class: "govuk-form-group" }, h("label", { class: "govuk-label", for: id }, label), field, group(copy, said));
}

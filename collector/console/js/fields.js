// Fields of a form as the GOV.UK design system has them: label, hint, error, field; and what is in them.
import { freshId, h } from "./dom.js";
import { t } from "./texts.js";

/**
 * @typedef {{ name: string, label: string, hint?: import("./dom.js").Children, kind?: "text" | "password" | "area" | "select" | "radios" | "checks" | "date" | "number",
 *   options?: [string, string, string?][], value?: any, isNeeded?: boolean, isSecret?: boolean, width?: string, autocomplete?: string, rows?: number,
 *   lang?: string, wordsLang?: string, most?: number, offers?: (typed: string) => string[], make?: (field: any) => any, check?: (value: any, all: Record<string, any>) => string | undefined }} Field
 *   options: value, label, hint. lang: of what is typed, and of what is asked and chosen. wordsLang: of the label of a field to type in. offers: what may be meant, while it is typed. make: what draws a field of its own kind, a Drawn. check: what is wrong, in words.
 * @typedef {{ field: Field, element: HTMLElement, focusId: string, read: () => any, fill: (value: any) => void, complain: (words: string) => void }} Drawn
 *   fill: takes what `read` gave
 */

/** @param {Field} field @param {string} id */
function describedBy(field, id) {
  return field.hint ? `${id}-hint` : null;
}

/** @param {Field} field @param {string} id */
const hintOf = (field, id) => field.hint && h("div", { id: `${id}-hint`, class: "govuk-hint" }, field.hint);

/** The place of an error, and what makes it one. @param {HTMLElement} box @param {string} id @param {HTMLElement[]} inputs */
export function complainer(box, id, inputs) {
  const place = h("p", { id: `${id}-error`, class: "govuk-error-message", hidden: true });
  const kinds = ["govuk-input", "govuk-textarea", "govuk-select"];
  const complain = (/** @type {string} */ words) => {
    place.hidden = !words;
    place.replaceChildren(...(words ? [h("span", { class: "govuk-visually-hidden" }, `${t("error.prefix")} `), words] : []));
    box.classList.toggle("govuk-form-group--error", Boolean(words));
    const target = inputs.length === 1 ? inputs[0] : box.querySelector("fieldset");
    const ids = [target?.getAttribute("data-hint"), words && place.id].filter(Boolean).join(" ");
    if (target) ids ? target.setAttribute("aria-describedby", ids) : target.removeAttribute("aria-describedby");
    for (const input of inputs) {
      for (const kind of kinds) if (input.classList.contains(kind)) input.classList.toggle(`${kind}--error`, Boolean(words));
    }
  };
  return { place, complain };
}

/** @param {Field} field @returns {Drawn} */
function line(field) {
  const id = freshId(field.name);
  const isArea = field.kind === "area";
  const name = isArea ? "govuk-textarea" : "govuk-input";
  const input = h(isArea ? "textarea" : "input", {
    id, name: field.name, class: `${name} ${field.width ? `govuk-input--width-${field.width}` : ""}`,
    type: isArea ? null : field.kind === "password" ? "password" : "text", rows: isArea ? (field.rows ?? 4) : null,
    inputmode: field.kind === "number" ? "numeric" : null, autocomplete: field.autocomplete ?? "off",
    spellcheck: field.isSecret || field.kind === "password" ? "false" : null, maxlength: field.most ?? null, lang: field.lang ?? null,
    "aria-describedby": describedBy(field, id), "data-hint": describedBy(field, id), value: field.value ?? "",
  });
  const box = h("div", { class: "govuk-form-group" });
  const { place, complain } = complainer(box, id, [input]);
  box.append(h("label", { class: "govuk-label govuk-label--s", for: id, lang: field.wordsLang ?? null }, field.label), hintOf(field, id) || "", place, input);
  if (field.kind === "password") box.append(revealer(input, field.label));
  if (field.offers) box.append(offering(input, field.offers));
  const fill = (/** @type {string} */ value) => {
    input.value = value;
  };
  return { field, element: box, focusId: id, read: () => (field.kind === "password" ? input.value : input.value.trim()), fill, complain };
}

/** The browser shows what of it has what is typed. @param {HTMLInputElement} input @param {(typed: string) => string[]} offers */
function offering(input, offers) {
  const list = h("datalist", { id: `${input.id}-offers` });
  const offer = () => list.replaceChildren(...offers(input.value).map((value) => h("option", { value })));
  input.setAttribute("list", list.id);
  for (const name of ["focus", "input"]) input.addEventListener(name, offer);
  offer();
  return list;
}

/** GOV.UK's password input: shown for as long as somebody wants. @param {HTMLInputElement} input @param {string} label of the field */
function revealer(input, label) {
  const show = h("button", { type: "button", class: "govuk-button govuk-button--secondary app-reveal", "aria-controls": input.id, "aria-pressed": "false" },
    t("password.show"), h("span", { class: "govuk-visually-hidden" }, `: ${label}`));
  show.addEventListener("click", () => {
    const isShown = input.type === "password";
    input.type = isShown ? "text" : "password";
    show.setAttribute("aria-pressed", String(isShown));
  });
  return show;
}

/** @param {Field} field @returns {Drawn} */
function select(field) {
  const id = freshId(field.name);
  const input = h("select", { id, name: field.name, class: "govuk-select", "aria-describedby": describedBy(field, id), "data-hint": describedBy(field, id) },
    (field.options ?? []).map(([value, label]) => h("option", { value, selected: value === field.value, lang: value === "" ? null : field.lang ?? null }, label)));
  const box = h("div", { class: "govuk-form-group" });
  const { place, complain } = complainer(box, id, [input]);
  box.append(h("label", { class: "govuk-label govuk-label--s", for: id }, field.label), hintOf(field, id) || "", place, input);
  const fill = (/** @type {string} */ value) => {
    if ([...input.options].some((one) => one.value === value)) input.value = value;
  };
  return { field, element: box, focusId: id, read: () => input.value, fill, complain };
}

/** Radios, or checkboxes. @param {Field} field @returns {Drawn} */
function choices(field) {
  const id = freshId(field.name);
  const isOne = field.kind === "radios";
  const kind = isOne ? "radios" : "checkboxes";
  const chosen = isOne ? [field.value] : (field.value ?? []);
  const inputs = (field.options ?? []).map(([value], i) => h("input", { id: `${id}-${i}`, name: id, type: isOne ? "radio" : "checkbox", value,
    class: `govuk-${kind}__input`, checked: chosen.includes(value), "aria-describedby": field.options?.[i][2] ? `${id}-${i}-hint` : null }));
  const items = (field.options ?? []).map(([, label, hint], i) => h("div", { class: `govuk-${kind}__item` }, inputs[i],
    h("label", { class: `govuk-label govuk-${kind}__label`, for: `${id}-${i}`, lang: field.options?.[i][0] === "" ? null : field.lang ?? null }, label),
    hint && h("div", { id: `${id}-${i}-hint`, class: `govuk-hint govuk-${kind}__hint` }, hint)));
  const box = h("div", { class: "govuk-form-group" });
  const { place, complain } = complainer(box, id, []);
  box.append(h("fieldset", { class: "govuk-fieldset", "aria-describedby": describedBy(field, id), "data-hint": describedBy(field, id) },
    h("legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--s", lang: field.lang ?? null }, field.label), hintOf(field, id), place,
    h("div", { class: `govuk-${kind}` }, items)));
  const read = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const fill = (/** @type {string | string[]} */ value) => inputs.forEach((input) => {
    input.checked = isOne ? input.value === value : value.includes(input.value);
  });
  return { field, element: box, focusId: `${id}-0`, read: () => (isOne ? (read()[0] ?? "") : read()), fill, complain };
}

/** Three fields: people type a date faster than they pick one. @param {Field} field @returns {Drawn} */
function date(field) {
  const id = freshId(field.name);
  const given = (field.value ?? "").split("-");
  const parts = [["date", given[2] ?? "", "2"], ["month", given[1] ?? "", "2"], ["year", given[0] ?? "", "4"]];
  const inputs = parts.map(([part, value, width]) => h("input", { id: `${id}-${part}`, name: `${field.name}-${part}`, type: "text", inputmode: "numeric",
    class: `govuk-input govuk-date-input__input govuk-input--width-${width}`, value: value.replace(/^0+/, ""), autocomplete: "off" }));
  const box = h("div", { class: "govuk-form-group" });
  const { place, complain } = complainer(box, id, inputs);
  box.append(h("fieldset", { class: "govuk-fieldset", role: "group", "aria-describedby": describedBy(field, id), "data-hint": describedBy(field, id) },
    h("legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--s" }, field.label), hintOf(field, id), place,
    h("div", { class: "govuk-date-input" }, parts.map(([part], i) => h("div", { class: "govuk-date-input__item" }, h("div", { class: "govuk-form-group" },
      h("label", { class: "govuk-label govuk-date-input__label", for: `${id}-${part}` }, t(`date.${part}`)), inputs[i]))))));
  const read = () => {
    const [d, m, y] = inputs.map((input) => input.value.trim());
    if (!d && !m && !y) return "";
    return `${y.padStart(4, "0")}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
  };
  const fill = (/** @type {string} */ value) => {
    const [year = "", month = "", day = ""] = value.split("-");
    [day, month, year].forEach((part, i) => {
      inputs[i].value = part.replace(/^0+/, "");
    });
  };
  return { field, element: box, focusId: `${id}-date`, read, fill, complain };
}

/** @param {string} text */
function isDay(text) {
  const at = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** @param {Field} field @param {any} value @param {Record<string, any>} all @returns {string | undefined} */
export function mistakeIn(field, value, all) {
  const isEmpty = value === "" || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return field.isNeeded ? t(`error.needed.${field.kind === "radios" || field.kind === "checks" ? "choice" : "text"}`, { what: field.label }) : undefined;
  if (field.kind === "date" && !isDay(value)) return t("error.date", { what: field.label });
  if (field.kind === "number" && !/^\d+$/.test(value)) return t("error.number", { what: field.label });
  return field.check?.(value, all);
}

/** @param {Field} field @returns {Drawn} */
export function draw(field) {
  if (field.make) return field.make(field);
  if (field.kind === "select") return select(field);
  if (field.kind === "radios" || field.kind === "checks") return choices(field);
  return field.kind === "date" ? date(field) : line(field);
}

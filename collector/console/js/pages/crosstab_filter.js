// Of whom two questions are set against each other: of everybody, or of those who gave one of some answers to each of some questions.
import { freshId, h } from "../dom.js";
import { complainer } from "../fields.js";
import { button } from "../parts.js";
import { t } from "../texts.js";

/** @typedef {{ variable: string, options: string[] }} Condition */

/** As the API takes them. @param {Condition[]} conditions */
export const wordsOfApi = (conditions) => conditions.map(({ variable, options }) => `${variable}=${options.join(",")}`).join(";");

/** One question with its answers to tick. @param {import("../questions.js").Questions} questions @param {any} item @param {(box: HTMLElement) => void} takeOut */
function conditionOf(questions, item, takeOut) {
  const id = freshId(item.variable);
  const title = questions.ask(item.variable);
  const inputs = item.options.map((/** @type {any} */ one, /** @type {number} */ i) => h("input", { id: `${id}-${i}`, type: "checkbox", value: one.id, class: "govuk-checkboxes__input" }));
  const box = h("div", { class: "app-condition", "data-variable": item.variable }, h("fieldset", { class: "govuk-fieldset" }, h("legend", { class: "govuk-fieldset__legend", lang: questions.language }, title),
    h("div", { class: "govuk-checkboxes govuk-checkboxes--small" }, inputs.map((/** @type {any} */ input, /** @type {number} */ i) => h("div", { class: "govuk-checkboxes__item" }, input,
      h("label", { class: "govuk-label govuk-checkboxes__label", for: input.id, lang: questions.language }, questions.option(item.variable, item.options[i].id)))))),
  button(t("crosstab.only.remove"), () => takeOut(box), { kind: "secondary", hidden: title }));
  return { box, inputs, variable: item.variable };
}

/**
 * The field of the filter: a question is added from a list, its answers are ticked.
 * @param {import("../questions.js").Questions} questions @returns {import("../fields.js").Field}
 */
export const filterField = (questions) => ({
  name: "only", label: t("crosstab.only"), hint: t("crosstab.only.hint"),
  check: (/** @type {Condition[]} */ conditions) => (conditions.every((one) => one.options.length > 0) ? undefined : t("crosstab.only.none")),
  make: (/** @type {import("../fields.js").Field} */ field) => {
    const id = freshId(field.name);
    const items = questions.items.filter((item) => item.options?.length);
    /** @type {ReturnType<typeof conditionOf>[]} */
    let all = [];
    const list = h("div", {});
    const select = h("select", { id, class: "govuk-select" });
    // What is there already cannot be added again.
    const offer = () => select.replaceChildren(...items.filter((item) => all.every((one) => one.variable !== item.variable)).map((item) => h("option", { value: item.variable, lang: questions.language }, questions.ask(item.variable))));
    const changed = () => void list.dispatchEvent(new Event("input", { bubbles: true }));  // it is as good as typed
    const takeOut = (/** @type {HTMLElement} */ box) => {
      all = all.filter((one) => one.box !== box);
      box.remove();
      offer();
    };
    const takenOut = (/** @type {HTMLElement} */ box) => {
      takeOut(box);
      select.focus();
      changed();
    };
    const add = (/** @type {string} */ variable, /** @type {string[]} */ ticked = []) => {
      const item = items.find((one) => one.variable === variable);
      if (!item) return;
      const made = conditionOf(questions, item, takenOut);
      for (const input of made.inputs) input.checked = ticked.includes(input.value);
      all.push(made);
      list.append(made.box);
      offer();
      return made.inputs[0];
    };
    const added = () => {
      add(select.value)?.focus();
      changed();
    };
    offer();
    const box = h("div", { class: "govuk-form-group" });
    const { place, complain } = complainer(box, id, []);
    box.append(h("fieldset", { class: "govuk-fieldset", "aria-describedby": `${id}-hint`, "data-hint": `${id}-hint` }, h("legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--s" }, field.label),
      h("div", { id: `${id}-hint`, class: "govuk-hint" }, field.hint), place, list,
      h("label", { class: "govuk-label", for: id }, t("crosstab.only.question")), select, h("div", { class: "app-add" }, button(t("crosstab.only.add"), added, { kind: "secondary" }))));
    const read = () => all.map(({ variable, inputs }) => ({ variable, options: inputs.filter((/** @type {any} */ input) => input.checked).map((/** @type {any} */ input) => input.value) }));
    const fill = (/** @type {Condition[]} */ conditions) => {
      for (const { box: each } of [...all]) takeOut(each);
      for (const { variable, options } of conditions) add(variable, options);
    };
    return { field, element: box, focusId: id, read, fill, complain };
  },
});

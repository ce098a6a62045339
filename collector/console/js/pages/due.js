// What somebody must do now, and what is due soon, in one inspection or all.
import { h, replace } from "../dom.js";
import { alert, details, heading2, inLanguage, link, tag } from "../parts.js";
import { may } from "../session.js";
import { day, t } from "../texts.js";

/** @typedef {{ inspection: string, area: string, kind: string, due: string, is_overdue: boolean }} Alarm */
/** @typedef {{ inspection: string, area: string, is_overdue: boolean, says: string }} Reminder */

const FIRST = 10; // of many: what is most urgent stands open

const PLACES = /** @type {Record<string, { page: string, rights: string[] }>} */ ({
  unread: { page: "comments", rights: ["read-answers"] },
  undecided: { page: "concerns", rights: ["read-answers", "decide-concerns"] },
  unsettled: { page: "paper", rights: ["enter-paper"] },
});

/** @param {Alarm} alarm */
function alarmOf(alarm) {
  const { page, rights } = PLACES[alarm.kind];
  const words = t(`alarm.${alarm.kind}.${alarm.is_overdue ? "overdue" : "due"}`, { day: day(alarm.due) });
  const element = alert(alarm.is_overdue ? "error" : "warning", h("strong", {}, alarm.area), `: ${words} `,
    rights.some(may) && link(t(`alarm.${alarm.kind}.go`), `/#/inspections/${encodeURIComponent(alarm.inspection)}/${page}`));
  element.setAttribute("role", "group"); // many places of one name lead nowhere; the section around them is one
  return element;
}

/** First what is overdue. @param {Alarm[]} alarms */
export const alarmsOf = (alarms) => [...alarms].sort((a, b) => Number(b.is_overdue) - Number(a.is_overdue) || a.due.localeCompare(b.due)).map(alarmOf);

/** Those of one inspection, as all of them are listed. @param {any} inspection @param {"alarms" | "reminders"} name @returns {any[]} */
export const named = (inspection, name) => inspection[name].map((/** @type {any} */ one) => ({ ...one, inspection: inspection.id, area: inspection.area }));

/** @param {Reminder[]} reminders */
const linesOf = (reminders) => [...reminders].sort((a, b) => Number(b.is_overdue) - Number(a.is_overdue)).map((one) =>
  h("li", {}, one.is_overdue && tag(t("overdue"), "red"), one.is_overdue && " ", `${one.area}: `, inLanguage("en", one.says)));

/** @param {any[]} items */
const bulletsOf = (items) => h("ul", { class: "govuk-list govuk-list--bullet" }, items);

/**
 * What is due in all inspections, kept up to date: of very many the first stand open, the others a press away.
 * @param {"alarms" | "reminders"} name @param {any[]} known as they are listed
 */
export function dueOf(name, known) {
  const element = h("section", { "aria-label": t(`home.${name}`) });
  const all = /** @type {Map<string, any[]>} */ (new Map());
  for (const one of known) all.set(one.inspection, [...(all.get(one.inspection) ?? []), one]);
  let shown = "";
  const draw = () => {
    const now = [...all.values()].flat();
    if (JSON.stringify(now) === shown) return;
    shown = JSON.stringify(now);
    const isOpen = element.querySelector("details")?.open ?? false;
    const [made, list] = name === "alarms" ? [alarmsOf(now), (/** @type {any[]} */ some) => some] : [linesOf(now), bulletsOf];
    const rest = made.length > FIRST && details(t(`home.${name}.more`, { n: made.length - FIRST }), list(made.slice(FIRST)));
    if (rest) rest.open = isOpen;
    replace(element, name === "reminders" && made.length > 0 && heading2(t("home.reminders")), made.length > 0 && list(made.slice(0, FIRST)), rest);
  };
  draw();
  /** @param {any[]} inspections those that changed */
  const follow = (inspections) => {
    for (const one of inspections) all.set(one.id, named(one, name));
    draw();
  };
  return { element, follow };
}

// What somebody must do now, and what is due soon, in one inspection or all.
import { at, get } from "../api.js";
import { h, replace } from "../dom.js";
import { alertOfMany, details, heading2, link, tag } from "../parts.js";
import { may } from "../session.js";
import { day, t } from "../texts.js";

/** @typedef {{ inspection: string, area: string, kind: string, due: string, is_overdue: boolean }} Alarm */
/** @typedef {{ inspection: string, area: string, is_overdue: boolean, what: string, day: string, days_left: number }} Reminder */

const FIRST = 10; // of many: what is most urgent stands open

const PLACES = /** @type {Record<string, { page: string, rights: string[] }>} */ ({
  unread: { page: "comments", rights: ["read-answers"] },
  undecided: { page: "concerns", rights: ["read-answers", "decide-concerns"] },
  raised: { page: "concerns", rights: ["read-answers", "decide-concerns"] },
  unsettled: { page: "paper", rights: ["enter-paper"] },
});

/** @param {Alarm} alarm */
function alarmOf(alarm) {
  const words = t(`alarm.${alarm.kind}.${alarm.is_overdue ? "overdue" : "due"}`, { day: day(alarm.due) });
  return alertOfMany(alarm.is_overdue ? "error" : "warning", h("strong", {}, alarm.area), `: ${words} `, goTo(alarm));
}

/** What is done in its place, for who may do it. @param {{ inspection: string, kind: string }} one */
const goTo = ({ inspection, kind }) => PLACES[kind].rights.some(may) && link(t(`alarm.${kind}.go`), `/#/inspections/${encodeURIComponent(inspection)}/${PLACES[kind].page}`);

/** What need not be done today, and should be known. @param {{ inspection: string, area: string, kind: string }} one @param {string} words */
const noteOf = (one, words) => alertOfMany("information", h("strong", {}, one.area), `: ${words} `, goTo(one));

/** How many concerns nobody has decided about, due or not. @param {any} inspection */
export const concernsWaiting = (inspection) => inspection.alarms.filter((/** @type {Alarm} */ one) => one.kind === "undecided" || one.kind === "raised").length;

/** Concerns that are not due yet, for who reads or decides them: a line for each inspection. @param {Alarm[]} alarms */
function raisedOf(alarms) {
  const raised = alarms.filter((one) => one.kind === "raised" && PLACES.raised.rights.some(may));
  return [...new Map(raised.map((one) => [one.inspection, one])).values()].map((one) =>
    noteOf(one, t("alarm.raised", { n: raised.filter((other) => other.inspection === one.inspection).length })));
}

/** First what is overdue, then what is due, then concerns that are not. @param {Alarm[]} alarms */
export const alarmsOf = (alarms) => [...alarms.filter((one) => one.kind !== "raised")
  .sort((a, b) => Number(b.is_overdue) - Number(a.is_overdue) || a.due.localeCompare(b.due)).map(alarmOf), ...raisedOf(alarms)];

/** Those of one inspection, as all of them are listed. @param {any} inspection @param {"alarms" | "reminders"} name @returns {any[]} */
export const named = (inspection, name) => inspection[name].map((/** @type {any} */ one) => ({ ...one, inspection: inspection.id, area: inspection.area }));

/**
 * How many comments nobody has read, where that is known; else how many responses have come since all were read: in fives while
 * fieldwork is open, and of fewer it is not said whether there are any. @param {any} inspection
 */
const unreadPart = (inspection) => (inspection.unread_comments > 0 ? t("unread.comments", { n: inspection.unread_comments })
  : t(inspection.is_rounded_down ? "unread.fives" : "unread", { n: inspection.unread }));

/** The same as a sentence of its own. @param {any} inspection */
export function unreadWords(inspection) {
  const said = unreadPart(inspection);
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** Comments are counted once they are unlocked, and told of once fieldwork is over, to who may read them. @param {any} inspection */
const mayBeCounted = (inspection) => inspection.is_unlocked && !inspection.is_rounded_down && inspection.unread > 0 && may("read-answers");

/** With how many comments nobody has read; as it was where that cannot be told. @param {any} inspection @param {AbortSignal} signal @returns {Promise<any>} */
export async function withComments(inspection, signal) {
  if (!mayBeCounted(inspection)) return inspection;
  try {
    const { unread } = await get(at`/v1/inspections/${inspection.id}/comments/unread`, { signal });
    return { ...inspection, unread_comments: unread };
  } catch {
    return inspection; // locked meanwhile, say: the responses are known all the same
  }
}

/** What nobody has read and is not due yet: what is due is an alarm. @param {any[]} inspections @returns {HTMLElement[]} */
const notesOf = (inspections) => inspections.filter((one) => one.unread > 0 && !one.alarms.some((/** @type {any} */ alarm) => alarm.kind === "unread")).map((one) =>
  noteOf({ inspection: one.id, area: one.area, kind: "unread" }, unreadPart(one)));

/** Of the inspections that are shown: some stand open, the others a press away. */
export function unreadOf() {
  const element = h("section", { "aria-label": t("home.unread") });
  let shown = "";
  const tell = (/** @type {any[]} */ inspections) => {
    const made = notesOf(inspections);
    const now = made.map((one) => one.textContent).join();
    if (now === shown) return;  // who stands on a link there stays on it
    shown = now;
    const isOpen = element.querySelector("details")?.open ?? false;
    const rest = made.length > FIRST && details(t("home.unread.more"), made.slice(FIRST));
    if (rest) rest.open = isOpen;
    replace(element, made.slice(0, FIRST), rest);
  };
  return { element, tell };
}

/** What is due, and when, in the page's language. @param {{ what: string, is_overdue: boolean, day: string, days_left: number }} one */
export function reminderWords({ what, is_overdue: isOverdue, day: on, days_left: left }) {
  const when = left === 0 ? t("reminder.today") : t(isOverdue ? "reminder.ago" : "reminder.in", { n: Math.abs(left) });
  return t(`reminder.${what}.${isOverdue ? "was" : "is"}`, { day: day(on), when });
}

/** @param {Reminder[]} reminders */
const linesOf = (reminders) => [...reminders].sort((a, b) => Number(b.is_overdue) - Number(a.is_overdue)).map((one) =>
  h("li", {}, one.is_overdue && tag(t("overdue"), "red"), one.is_overdue && " ", `${one.area}: `, reminderWords(one)));

/** @param {any[]} items */
const bulletsOf = (items) => h("ul", { class: "govuk-list govuk-list--bullet" }, items);

/**
 * What is due in all inspections, kept up to date: of very many the first stand open, the others a press away.
 * @param {"alarms" | "reminders"} name @param {any[]} known as they are listed
 */
export function dueOf(name, known) {
  const element = h("section", { "aria-label": t(`home.${name}`) });
  const all = /** @type {Map<string, any[]>} */ (new Map());
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
  /** @param {any[]} now as they are listed */
  const know = (now) => {
    all.clear();
    for (const one of now) all.set(one.inspection, [...(all.get(one.inspection) ?? []), one]);
    draw();
  };
  know(known);
  /** @param {any[]} inspections those that changed */
  const follow = (inspections) => {
    for (const one of inspections) all.set(one.id, named(one, name));
    draw();
  };
  return { element, follow, know };
}

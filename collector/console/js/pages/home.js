// Home: which inspections there are, what must be done now, and how many have answered, as it comes.
import { getAll, listen } from "../api.js";
import { h, replace } from "../dom.js";
import { alert, buttonLink, heading, heading2, inLanguage, link, notice, p, table, tag } from "../parts.js";
import { may } from "../session.js";
import { day, t } from "../texts.js";

const COLOURS = /** @type {Record<string, string>} */ ({ draft: "grey", open: "green", "fieldwork-ended": "yellow", provisional: "orange",
  "draft-report": "purple", published: "blue", destroyed: "grey" });

/** @param {{ state: string }} inspection */
export const stateTag = (inspection) => tag(t(`state.${inspection.state}`), COLOURS[inspection.state] ?? "grey");

/** In words that tell a count in fives from an exact one. @param {{ envelopes: number, is_rounded_down: boolean }} inspection */
export function answered(inspection) {
  if (!inspection.is_rounded_down) return t("count.exact", { n: inspection.envelopes });
  return inspection.envelopes === 0 ? t("count.fewer") : t("count.fives", { n: inspection.envelopes });
}

/** @param {any} alarm @param {any} [inspection] of which it is */
function alarmOf(alarm, inspection) {
  const place = alarm.kind === "unread" ? "comments" : "concerns";
  const canGo = alarm.kind === "unread" ? may("read-answers") : may("read-answers") || may("decide-concerns");
  const words = t(`alarm.${alarm.kind}.${alarm.is_overdue ? "overdue" : "due"}`, { day: day(alarm.due) });
  return alert(alarm.is_overdue ? "error" : "warning", h("strong", {}, inspection.area), `: ${words} `,
    canGo && link(t(`alarm.${alarm.kind}.go`), `/#/inspections/${encodeURIComponent(inspection.id)}/${place}`));
}

/** What somebody must do now: first what is overdue. @param {any[]} inspections */
export function alarmsOf(inspections) {
  const all = inspections.flatMap((inspection) => inspection.alarms.map((/** @type {any} */ alarm) => ({ alarm, inspection })));
  all.sort((a, b) => Number(b.alarm.is_overdue) - Number(a.alarm.is_overdue) || a.alarm.due.localeCompare(b.alarm.due));
  return all.map(({ alarm, inspection }) => alarmOf(alarm, inspection));
}

/** @param {any} inspection */
function row(inspection) {
  const dates = inspection.dates;
  const lock = inspection.is_unlocked ? t("lock.open", { n: inspection.locks_in_minutes ?? 0 }) : t("lock.closed");
  return [h("span", {}, link(inspection.area, `/#/inspections/${encodeURIComponent(inspection.id)}`), h("span", { class: "app-quiet" }, inspection.id)),
    stateTag(inspection), h("span", { "data-count": inspection.id }, answered(inspection)),
    dates.fieldwork_starts || dates.fieldwork_ends ? t("dates.between", { from: day(dates.fieldwork_starts), to: day(dates.fieldwork_ends) }) : t("day.none"),
    day(dates.report_due), lock];
}

/** @param {any[]} inspections */
function listOf(inspections) {
  if (inspections.length === 0) return p(t("home.none"));
  return table({ caption: t("home.list"), head: ["inspection", "state", "answers", "fieldwork", "report", "lock"].map((name) => t(`home.column.${name}`)),
    rows: inspections.map(row) });
}

/** @param {any[]} inspections */
function remindersOf(inspections) {
  const lines = inspections.flatMap((inspection) => inspection.reminders.map((/** @type {any} */ one) => [inspection, one]));
  if (lines.length === 0) return null;
  return [heading2(t("home.reminders")), h("ul", { class: "govuk-list govuk-list--bullet" }, lines.map(([inspection, one]) =>
    h("li", {}, one.is_overdue && tag(t("overdue"), "red"), one.is_overdue && " ", `${inspection.area}: `, inLanguage("en", one.says))))];
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function home(here) {
  const { inspections } = await getAll("/v1/inspections", "inspections", { signal: here.signal });
  const alarms = h("section", { "aria-label": t("home.alarms") });
  const list = h("div", {});
  const reminders = h("div", {});
  let counts = "";
  const show = (/** @type {any[]} */ all) => {
    const holder = document.activeElement?.closest("a")?.getAttribute("href");
    replace(alarms, alarmsOf(all));
    replace(list, listOf(all));
    replace(reminders, remindersOf(all));
    if (holder) /** @type {HTMLElement | null} */ (document.querySelector(`main a[href="${CSS.escape(holder)}"]`))?.focus();
    const now = all.map((one) => `${one.area}: ${answered(one)}`).join(". ");
    if (counts && counts !== now) here.say(now);
    counts = now;
  };
  show(inspections);
  return {
    title: t("home.title"),
    content: [here.notice && notice(p(here.notice)), heading(t("home.title")), alarms, list, p(t("home.live")),
      may("set-up-inspections") && buttonLink(t("home.new"), "/#/inspections/new"), reminders],
    after: () => listen({ inspections: (data) => show(data.inspections) }, here.signal),
  };
}

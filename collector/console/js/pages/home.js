// Home: what must be done now, which inspections there are, and how many have answered, as it comes. Of many inspections
// only those that are looked for are asked for, a page at a time.
import { get, getAll, listen, query } from "../api.js";
import { focusOn, h, replace } from "../dom.js";
import { form } from "../forms.js";
import { button, buttonLink, heading, link, notice, p, table, tag } from "../parts.js";
import { may } from "../session.js";
import { day, t } from "../texts.js";
import { dueOf, unreadOf, unreadWords, withComments } from "./due.js";

const COLOURS = /** @type {Record<string, string>} */ ({ draft: "grey", open: "green", "fieldwork-ended": "yellow", provisional: "orange",
  "draft-report": "purple", published: "blue", destroyed: "grey" });
const FINISHED = ["published", "destroyed"];
const FEW = 20; // so many are looked over without a filter
const A_PAGE = 50;

/** @param {{ state: string }} inspection */
export const stateTag = (inspection) => tag(t(`state.${inspection.state}`), COLOURS[inspection.state] ?? "grey");

/** In words that tell a count in fives from an exact one. @param {{ envelopes: number, is_rounded_down: boolean }} inspection */
export function answered(inspection) {
  if (!inspection.is_rounded_down) return t("count.exact", { n: inspection.envelopes });
  return inspection.envelopes === 0 ? t("count.fewer") : t("count.fives", { n: inspection.envelopes });
}

/** @param {any} inspection */
function row(inspection) {
  const dates = inspection.dates;
  const lock = inspection.is_unlocked ? t("lock.open", { n: inspection.locks_in_minutes ?? 0 }) : t("lock.closed");
  return [h("span", {}, link(inspection.area, `/#/inspections/${encodeURIComponent(inspection.id)}`), h("span", { class: "app-quiet" }, inspection.id)),
    stateTag(inspection), h("span", {}, h("span", { "data-count": inspection.id }, answered(inspection)),
      inspection.unread > 0 && h("span", { class: "app-quiet" }, unreadWords(inspection))),
    dates.fieldwork_starts || dates.fieldwork_ends ? t("dates.between", { from: day(dates.fieldwork_starts), to: day(dates.fieldwork_ends) }) : t("day.none"),
    day(dates.report_due), lock];
}

/** What was looked for last, for who comes back to this page. */
const looked = { state: "unfinished", words: "" };

/** What is looked for. @param {typeof looked} wanted @param {(signal: AbortSignal) => Promise<void>} show */
function filterOf(wanted, show) {
  const states = ["unfinished", "draft", "open", "fieldwork-ended", "provisional", "draft-report", "published", "destroyed", ""];
  return h("div", { class: "app-filter", role: "search", "aria-label": t("home.filter") }, form({
    fields: [{ name: "words", label: t("home.filter.words"), value: wanted.words, most: 100 },
      { name: "state", label: t("home.column.state"), kind: "select", value: wanted.state,
        options: states.map((state) => [state, t(state === "" || state === "unfinished" ? `home.filter.${state || "all"}` : `state.${state}`)]) }],
    submit: t("home.filter.show"), kind: "secondary", isKept: true,
    work: async (values, signal) => {
      Object.assign(wanted, values);
      await show(signal);
    },
  }));
}

/** @param {any} one @param {string} state */
const fits = (one, state) => state === "" || (state === "unfinished" ? !FINISHED.includes(one.state) : state === one.state);

/** A new one stands where it belongs, if that is on what is shown. Words are looked for by the collector alone. @param {any[]} shown @param {any[]} changed @param {boolean} areAll */
function newOf(shown, changed, areAll) {
  const known = new Set(shown.map((one) => one.id));
  const last = shown.at(-1)?.id ?? "";
  return changed.filter((one) => !known.has(one.id) && (areAll || one.id < last));
}

/** Each with the comments that nobody has read. @param {any[]} some @param {AbortSignal} signal */
async function countedOf(some, signal) {
  const counted = await Promise.all(some.map((one) => withComments(one, signal)));
  return new Map(some.map((one, i) => /** @type {[any, any]} */ ([one, counted[i]])).filter(([before, now]) => now !== before));
}

/** Who stands on a link there stays on it. @param {HTMLElement} place @param {import("../dom.js").Children} content */
function redraw(place, content) {
  const holder = place.contains(document.activeElement) && document.activeElement?.closest("a")?.getAttribute("href");
  replace(place, content);
  if (holder) /** @type {HTMLElement | null} */ (place.querySelector(`a[href="${CSS.escape(holder)}"]`))?.focus();
}

/** @param {any[]} shown @param {boolean} areMany */
const listOf = (shown, areMany) => (shown.length === 0 ? p(t(areMany ? "home.none.found" : "home.none")) : table({ caption: t("home.list"),
  head: ["inspection", "state", "answers", "fieldwork", "report", "lock"].map((name) => t(`home.column.${name}`)), rows: shown.map(row) }));

/** The list, its filter and its pages. @param {import("../app.js").Here} here @param {boolean} areMany */
async function inspectionsOf(here, areMany) {
  const wanted = areMany ? looked : { state: "", words: "" };
  const place = h("div", {});
  const found = h("p", { class: "govuk-body", role: "status" });
  let shown = /** @type {any[]} */ ([]);
  let [all, next, asked] = [0, "", 0];
  // The page does not wait for it: responses stand there until then. Of some there may be newer news by then.
  const count = async (/** @type {any[]} */ some) => {
    const counted = await countedOf(some, here.signal);
    shown = shown.map((one) => counted.get(one) ?? one);
    if (counted.size > 0) draw();
  };
  const ask = async (/** @type {string} */ after, /** @type {AbortSignal} */ signal) => {
    const mine = ++asked;
    const answer = await get(`/v1/inspections${query({ limit: String(areMany ? A_PAGE : FEW), after, ...wanted })}`, { signal });
    if (mine !== asked) return; // something else was asked for meanwhile
    shown = after ? [...shown, ...answer.inspections] : answer.inspections;
    count(answer.inspections);
    [all, next] = [answer.found, answer.next ?? ""];
  };
  const more = button(t("home.more"), async () => {
    const before = shown.length;
    await ask(next, here.signal);
    draw();
    focusOn(place.querySelectorAll("tbody a")[before] ?? null);
  }, { kind: "secondary" });
  const unread = unreadOf();
  const draw = () => {
    unread.tell(shown);
    redraw(place, listOf(shown, areMany));
    const words = t("home.found", { n: shown.length, all });
    if (areMany && found.textContent !== words) found.textContent = words;
    more.hidden = next === "";
  };
  /** @param {any[]} changed */
  const follow = (changed) => {
    const now = new Map(changed.map((one) => [one.id, one]));
    const counted = shown.filter((one) => now.has(one.id) && answered(one) !== answered(now.get(one.id)));
    const before = JSON.stringify(shown);
    shown = shown.map((one) => now.get(one.id) ?? one);
    const added = wanted.words ? [] : newOf(shown, changed.filter((one) => fits(one, wanted.state)), next === "");
    if (added.length) shown = [...shown, ...added].sort((a, b) => (a.id < b.id ? -1 : 1));
    all += added.length;
    if (JSON.stringify(shown) !== before) draw();
    count(shown.filter((one) => now.get(one.id) === one));
    if (counted.length) here.say(counted.map((one) => `${one.area}: ${answered(now.get(one.id))}`).join(". "));
  };
  const show = (/** @type {AbortSignal} */ signal) => ask("", signal).then(draw);
  const filter = areMany && filterOf(wanted, show);
  await show(here.signal);
  const again = async () => {
    const many = shown.length;
    await ask("", here.signal);
    while (next && shown.length < many) await ask(next, here.signal);
    draw();
  };
  return { element: h("div", {}, unread.element, filter, areMany && found, place, more), follow, again };
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function home(here) {
  const { signal } = here;
  const due = async () => Promise.all([getAll("/v1/alarms", "alarms", { signal }), getAll("/v1/reminders", "reminders", { signal })]);
  const [some, [{ alarms }, { reminders }]] = await Promise.all([get("/v1/inspections?limit=1", { signal }), due()]);
  const list = await inspectionsOf(here, some.found > FEW);
  const [urgent, soon] = [dueOf("alarms", alarms), dueOf("reminders", reminders)];
  const parts = [urgent, list, soon];
  const again = async () => {
    const [now] = await Promise.all([due(), list.again()]);
    urgent.know(now[0].alarms);
    soon.know(now[1].reminders);
  };
  return {
    title: t("home.title"),
    content: [here.notice && notice(p(here.notice)), heading(t("home.title")), parts[0].element, parts[1].element, p(t("home.live")),
      may("set-up-inspections") && buttonLink(t("home.new"), "/#/inspections/new"), parts[2].element],
    after: () => listen({ inspections: (data) => parts.forEach((part) => part.follow(data.inspections)), again }, signal),
  };
}

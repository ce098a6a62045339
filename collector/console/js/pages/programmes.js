// Programmes: inspections beside each other. One inspection's table; which programmes there are; made, joined, printed once.
import { Problem, at, get, post, query } from "../api.js";
import { besideLegend, besideOthers, besideScale } from "../chart.js";
import { freshId, h, replace } from "../dom.js";
import { form } from "../forms.js";
import { addressOf, inspectionOf, pageOf, unlocking } from "../inspection.js";
import { bullets, button, details, group, heading, heading2, heading3, inLanguage, inset, link, notice, p, summary, table, warning } from "../parts.js";
import { may } from "../session.js";
import { around, day, language, t } from "../texts.js";
import { forgetTyped, typedIn } from "../typed.js";
import { confirmed } from "./overview.js";
import { saver } from "./sections.js";

const COMMENTS = ["MINIMUM", "MODERATE", "SUBSTANTIAL", "DRASTIC"];
const FIGURES = /** @type {const} */ (["lowest", "highest", "average", "here"]);

/** @param {number | null} value */
const percent = (value) => (value === null ? h("span", { class: "govuk-visually-hidden" }, t("programme.nothing")) : t("percent", { n: value }));
const heads = () => FIGURES.map((one) => t(`programme.${one}`));
/** @param {any} row */
const figuresOf = (row) => FIGURES.map((one) => percent(row[one]));
/** @param {any} row */
const hasFigures = (row) => FIGURES.some((one) => row[one] !== null);

/** Two findings may be on the same. @param {any} row */
const asked = (row) => `${row.question} ${row.counted.join("; ")}`;
/** @param {any} row */
const inFull = (row) => `${row.on}: ${asked(row)}`;

/** The findings of one theme. @param {any} part @param {() => import("../dom.js").Children} name @param {any[]} rows @param {string} language of what is asked and said */
function themeOf(part, name, rows, language) {
  const drawn = rows.filter(hasFigures);
  return [heading3(name()), drawn.length > 0 && besideLegend(drawn),
    drawn.map((row) => h("div", { class: "app-beside" }, h("p", { class: "govuk-body-s", "aria-hidden": "true", lang: language }, inFull(row)), besideOthers(inFull(row), language, row))),
    drawn.length > 0 && besideScale(),
    table({ caption: around("programme.caption", { heading: inLanguage(language, part.heading), theme: name() }), isCaptionHidden: true, numeric: [1, 2, 3, 4],
      head: [t("tally.finding"), ...heads(), t("release.says")],
      rows: rows.map((row) => [h("span", { lang: language }, row.on, h("span", { class: "app-quiet" }, asked(row))), ...figuresOf(row), row.said ? inLanguage(language, row.said) : t("release.nothing")]) })];
}

/** @param {any} read @param {any} part */
function partOf(read, part) {
  const themes = [...read.themes.map((/** @type {any} */ one) => [one.id, () => inLanguage(read.language, one.name)]), ["", () => t("programme.theme.none")]];
  return h("div", { class: "app-programme" }, heading2(inLanguage(read.language, part.heading)), part.is_pooled_only && inset(t("programme.pooled")),
    p(part.services > 0 ? t("programme.services", { n: part.services }) : t("programme.services.none")),
    themes.map(([id, name]) => {
      const rows = part.rows.filter((/** @type {any} */ row) => row.theme === id);
      return rows.length > 0 && themeOf(part, name, rows, read.language);
    }));
}

/** @param {import("../app.js").Here} here @param {any} inspection @param {any} read */
function typing(here, inspection, read) {
  const fields = read.scores.flatMap((/** @type {any} */ score) => {
    const theme = read.themes.find((/** @type {any} */ one) => one.id === score.theme)?.name ?? score.theme;
    return [
      { name: `${score.theme}-percent`, label: t("programme.score.percent", { theme }), kind: "number", width: "3", value: score.here === null ? "" : String(score.here),
        check: (/** @type {string} */ value) => (value === "" || (/^\d{1,3}$/.test(value) && Number(value) <= 100) ? undefined : t("programme.score.wrong")) },
      { name: `${score.theme}-comment`, label: t("programme.score.comment", { theme }), kind: "select", value: score.comment,
        options: [["", t("programme.comment.none")], ...COMMENTS.map((one) => [one, t(`programme.comment.${one}`)])] }];
  });
  const key = `scores ${inspection.id}`;
  const part = details(t("programme.score.type"), h("div", { class: "app-narrow" }, form({
    before: p(t("programme.score.words")), fields, submit: t("programme.score.keep"), isKept: true, typed: { key },
    work: async (values) => {
      const scores = read.scores.map((/** @type {any} */ { theme }) => ({ theme, percent: values[`${theme}-percent`] === "" ? null : Number(values[`${theme}-percent`]), comment: values[`${theme}-comment`] }));
      await post(at`/v1/inspections/${inspection.id}/programme/scores`, { scores });
      forgetTyped(key);
      here.tell(location.hash.slice(2), t("programme.score.done"));
    },
  })));
  if (typedIn(key)) part.setAttribute("open", "");
  return part;
}

/** @param {import("../app.js").Here} here @param {any} inspection @param {any} read */
function scoresOf(here, inspection, read) {
  if (read.scores.length === 0) return [];
  const name = (/** @type {string} */ id) => read.themes.find((/** @type {any} */ one) => one.id === id)?.name ?? id;
  return [heading2(t("programme.scores")), table({ caption: t("programme.scores"), isCaptionHidden: true, numeric: [1, 2, 3, 4],
    head: [t("programme.theme"), ...heads(), t("programme.comment")],
    rows: read.scores.map((/** @type {any} */ one) => [inLanguage(read.language, name(one.theme)), ...figuresOf(one), one.comment ? t(`programme.comment.${one.comment}`) : ""]) }),
  may("set-up-inspections") && typing(here, inspection, read)];
}

/** In no programme yet. @param {import("../app.js").Here} here @param {any} inspection */
async function joining(here, inspection) {
  const { programmes: all } = await get("/v1/programmes", { signal: here.signal });
  const open = all.filter((/** @type {any} */ one) => one.printed_at === null);
  if (!may("set-up-inspections")) return [inset(t("programme.in.none"))];
  if (open.length === 0) return [inset(t("programme.in.none")), p(link(t("programmes.make"), "/#/programmes"))];
  if (inspection.releases === 0) return [inset(t("programme.norelease")), p(link(t("inspection.place.release"), addressOf(inspection.id, "release")))];
  if (!inspection.is_unlocked) return [inset(t("programme.in.none")), unlocking(here, inspection)];
  return [inset(t("programme.in.none")), h("div", { class: "app-narrow" }, form({
    fields: [{ name: "programme", label: t("programme"), kind: "select", value: open[0].id, options: open.map((/** @type {any} */ one) => [one.id, one.title]) }],
    submit: t("programme.join"), typed: { key: `programme-${inspection.id}` },
    work: async ({ programme: id }) => {
      await post(at`/v1/programmes/${id}/inspections`, { inspection: inspection.id });
      here.tell(location.hash.slice(2), t("programme.joined"));
    },
  }))];
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function programme(here) {
  const inspection = await inspectionOf(here);
  const chosen = inspection.policy.languages.includes(language()) ? language() : "";
  const path = (/** @type {string} */ format) => at`/v1/inspections/${inspection.id}/programme` + query({ language: chosen, format });
  try {
    const read = await get(path("json"), { signal: here.signal });
    return pageOf(here, inspection, "programme", [warning(inLanguage(read.language, read.notes[0])),
      summary([[t("programme"), read.title], [t("programme.printed"), read.printed_on ? day(read.printed_on) : t("programme.printed.not")]]),
      group(button(t("print"), () => window.print(), { kind: "secondary" }),
        ["xlsx", "ods", "csv"].map((format) => saver(here, format, () => ({ path: path(format), name: `${inspection.id}-programme.${format}` })))),
      scoresOf(here, inspection, read), read.parts.map((/** @type {any} */ part) => partOf(read, part)),
      heading2(t("programme.notes")), h("div", { lang: read.language }, bullets(read.notes))]);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.status === 404) return pageOf(here, inspection, "programme", await joining(here, inspection));
    if (error.status === 403 && !inspection.is_unlocked) return pageOf(here, inspection, "programme", [unlocking(here, inspection)]);
    throw error;
  }
}

/** Once, and for good: so first whether the auditor lets it pass, then whether it is to be. @param {import("../app.js").Here} here @param {any} one */
function printing(here, one) {
  const place = h("div", {});
  const asking = form({
    before: warning(t("programmes.print.warning")),
    fields: [{ name: "passphrase", label: t("programmes.passphrase"), kind: "password", isNeeded: true },
      { name: "recovery", label: t("unlock.which"), kind: "radios", value: "no", isNeeded: true, options: [["no", t("programmes.own")], ["yes", t("unlock.recovery")]] }],
    submit: t("programmes.print.try"), kind: "secondary", isKept: true,
    work: async ({ passphrase, recovery }, signal) => {
      replace(place);
      const opening = { passphrase, recovery: recovery === "yes" };
      await post(at`/v1/programmes/${one.id}/print/trial`, opening, { signal });
      const told = freshId("printing");
      const answer = h("div", { role: "group", tabindex: "-1", "aria-labelledby": told }, p(h("span", { id: told }, t("programmes.print.may"))),
        confirmed(t("programmes.print.button"), [warning(t("programmes.print.warning"))], async (signal) => {
          await post(at`/v1/programmes/${one.id}/print`, opening, { signal });
          here.tell("programmes", t("programmes.printed"));
        }));
      replace(place, answer);
      answer.focus();
    },
  });
  return details(t("programmes.print", { title: one.title }), h("div", { class: "app-narrow" }, asking, place));
}

/** @param {import("../app.js").Here} here @param {any} one */
function programmeOf(here, one) {
  const published = one.inspections.filter((/** @type {any} */ each) => each.is_published).length;
  return h("section", {}, heading2(one.title), summary([[t("programmes.id"), one.id],
    [t("programmes.inspections"), t("programmes.of", { published, all: one.inspections.length })],
    [t("programme.printed"), one.printed_at ? day(one.printed_at.slice(0, 10)) : t("programme.printed.not")]]),
  one.inspections.length > 0 && table({ caption: t("programmes.in", { title: one.title }), isCaptionHidden: true, head: [t("programmes.inspection"), t("programmes.published")],
    rows: one.inspections.map((/** @type {any} */ each) => [link(each.area, addressOf(each.inspection, "programme")), t(each.is_published ? "done.yes" : "done.no")]) }),
  one.printed_at === null && may("hold-keys") && printing(here, one));
}

/** @param {import("../app.js").Here} here */
const making = (here) => h("div", { class: "app-narrow app-screen" }, heading2(t("programmes.make")), form({
  before: p(t("programmes.make.words")),
  fields: [{ name: "title", label: t("programmes.title"), isNeeded: true, most: 200 },
    { name: "id", label: t("programmes.id"), hint: t("programmes.id.hint"), isNeeded: true, most: 48, isSecret: true,
      check: (value) => (/^[a-z0-9][a-z0-9-]*$/.test(value) ? undefined : t("error.programme")) },
    { name: "kind", label: t("programmes.kind"), kind: "radios", value: "core", isNeeded: true,
      options: ["core", "joint"].map((one) => [one, t(`programmes.kind.${one}`), t(`programmes.kind.${one}.hint`)]) },
    { name: "passphrase", label: t("programmes.passphrase"), kind: "password", isNeeded: true, autocomplete: "new-password" },
    { name: "again", label: t("programmes.passphrase.again"), kind: "password", isNeeded: true, autocomplete: "new-password",
      check: (value, all) => (value === all.passphrase ? undefined : t("programmes.differ")) },
    { name: "recovery", label: t("programmes.recovery"), kind: "password", isNeeded: true, autocomplete: "new-password" },
    { name: "recoveryAgain", label: t("programmes.recovery.again"), kind: "password", isNeeded: true, autocomplete: "new-password",
      check: (value, all) => (value === all.recovery ? undefined : t("programmes.differ")) }],
  submit: t("programmes.make"), typed: { key: "programmes" },
  work: async ({ title, id, kind, passphrase, recovery }, signal) => {
    await post("/v1/programmes", { title, id, joint: kind === "joint", passphrase, recovery_passphrase: recovery }, { signal });
    here.tell("programmes", t("programmes.made"));
  },
}));

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function programmes(here) {
  const { programmes: all } = await get("/v1/programmes", { signal: here.signal });
  return { title: t("programmes"), content: [here.notice && notice(p(here.notice)), heading(t("programmes")), p(t("programmes.words")),
    all.length === 0 && inset(t("programmes.none")), all.map((/** @type {any} */ one) => programmeOf(here, one)), may("set-up-inspections") && making(here)] };
}

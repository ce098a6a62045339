// Who did what to which inspection, and whether the chain is whole.
import { get, query } from "../api.js";
import { h, replace } from "../dom.js";
import { form } from "../forms.js";
import { alert, bullets, buttonLink, group, heading, inLanguage, notice, p, summary, table } from "../parts.js";
import { moment, t } from "../texts.js";

const A_PAGE = 50;

/** @param {string} line JSON, as it was hashed @returns {import("../dom.js").Children[]} */
function rowOf(line) {
  const entry = JSON.parse(line);
  const about = Object.entries(entry.about ?? {}).map(([name, value]) => `${name}: ${value}`).join("; ");
  return [String(entry.number), h("time", { datetime: entry.at }, moment(entry.at)), entry.who, inLanguage("en", entry.what), entry.inspection ?? "", about && inLanguage("en", about)];
}

/** @param {any} verdict */
function verdictOf(verdict) {
  if (verdict.faults.length === 0) return [notice(p(t("audit.whole", { n: verdict.entries }))), summary([[t("audit.head"), h("code", { class: "app-code" }, verdict.head)]])];
  return alert("error", h("strong", {}, t("audit.broken")), h("div", { lang: "en" }, bullets(verdict.faults.map((/** @type {any} */ fault) => `${fault.kind}: ${fault.says}`))));
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function audit(here) {
  const { newest } = await get("/v1/audit?limit=1", { signal: here.signal });
  const pages = Math.max(1, Math.ceil(newest / A_PAGE));
  const page = Math.min(pages, Math.max(1, Number(here.params.page ?? 1) || 1));
  // The newest first; the API counts from the oldest on.
  const after = Math.max(0, newest - page * A_PAGE);
  const limit = newest - (page - 1) * A_PAGE - after;
  const { entries } = newest ? await get(`/v1/audit${query({ after: String(after), limit: String(limit) })}`, { signal: here.signal }) : { entries: [] };
  const verdict = h("div", {});
  const check = form({
    fields: [{ name: "since", label: t("audit.since"), hint: t("audit.since.hint"), isSecret: true }],
    submit: t("audit.verify"), kind: "secondary", isKept: true,
    work: async ({ since }, signal) => {
      replace(verdict, verdictOf(await get(`/v1/audit/verification${query({ since })}`, { signal })));
      here.say(verdict.textContent ?? "");
    },
  });
  return { title: page > 1 ? t("audit.title.page", { page, pages }) : t("audit.title"), content: [heading(t("audit.title")), p(t("audit.words")), h("div", { class: "app-narrow" }, check), verdict,
    table({ caption: t("audit.entries", { page, pages }), head: ["number", "at", "who", "what", "inspection", "about"].map((name) => t(`audit.column.${name}`)),
      rows: entries.reverse().map((/** @type {any} */ one) => rowOf(one.line)) }),
    group(page > 1 && buttonLink(t("audit.newer"), `/#/audit/${page - 1}`, "secondary"), page < pages && buttonLink(t("audit.older"), `/#/audit/${page + 1}`, "secondary"))] };
}

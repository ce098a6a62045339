// Who may sign in: inviting, roles, shutting out, a new link.
import { at, getAll, post } from "../api.js";
import { h, replace } from "../dom.js";
import { form } from "../forms.js";
import { back, bullets, copyable, heading, heading2, link, notice, p, summary, table, tag, warning } from "../parts.js";
import { who } from "../session.js";
import { day, t } from "../texts.js";
import { forgetTyped } from "../typed.js";
import { confirmed } from "./overview.js";

const ROLES = ["administrator", "inspector", "safeguarding-lead", "analyst", "data-entry"];

/** @returns {[string, string][]} */
const roleOptions = () => ROLES.map((role) => [role, t(`role.${role}`)]);

/** @param {any} person */
const standing = (person) => (person.is_disabled ? tag(t("person.disabled"), "red") : person.has_joined ? tag(t("person.joined"), "green") : tag(t("person.invited"), "yellow"));

/** @param {HTMLElement} place @param {any} made */
function showLink(place, made) {
  replace(place, notice(p(t("person.link.words", { name: made.name, n: made.lasts_hours }))), copyable(t("person.link"), made.link));
  /** @type {HTMLElement | null} */ (place.querySelector("textarea"))?.focus();
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function people(here) {
  const { people: all } = await getAll("/v1/people", "people", { signal: here.signal });
  const made = h("div", {});
  const rows = all.map((/** @type {any} */ one) => [h("span", {}, link(one.name, `/#/people/${encodeURIComponent(one.name)}`), one.shown && h("span", { class: "app-quiet" }, one.shown)),
    one.roles.map((/** @type {string} */ role) => t(`role.${role}`).split(":")[0]).join(", ") || t("none"), standing(one), t(one.has_authenticator ? "has.yes" : "has.no")]);
  return { title: t("people.title"), content: [here.notice && notice(p(here.notice)), heading(t("people.title")),
    table({ caption: t("people.list"), head: ["name", "roles", "state", "authenticator"].map((name) => t(`people.column.${name}`)), rows }),
    heading2(t("person.invite")), made, h("div", { class: "app-narrow" }, form({
      fields: [
        { name: "name", label: t("account.name"), hint: t("person.name.hint"), isNeeded: true, width: "20", isSecret: true,
          check: (value) => (/^[a-z0-9][a-z0-9._-]{1,31}$/.test(value) ? undefined : t("error.name")) },
        { name: "shown", label: t("account.shown"), isNeeded: true },
        { name: "roles", label: t("account.roles"), kind: "checks", isNeeded: true, options: roleOptions() }],
      submit: t("person.invite"), typed: { key: "people" },
      work: async (values) => showLink(made, await post("/v1/people", values)),
    }))] };
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function person(here) {
  const [{ people: all }, { tokens }] = await Promise.all([getAll("/v1/people", "people", { signal: here.signal }), getAll("/v1/people/tokens", "tokens", { signal: here.signal })]);
  const one = all.find((/** @type {any} */ each) => each.name === here.params.person);
  if (!one) return { title: t("nowhere.title"), content: [heading(t("nowhere.title")), p(t("nowhere.words"))] };
  const path = at`/v1/people/${one.name}`;
  const made = h("div", {});
  const step = (/** @type {string} */ what) => async () => {
    const answer = await post(`${path}/${what}`);
    if (what === "reset") showLink(made, answer);
    else here.tell(location.hash.slice(2), t(`person.${what}.done`));
  };
  const own = tokens.filter((/** @type {any} */ each) => each.owner === one.name);
  const isMe = one.name === who()?.name;
  return { title: one.name, content: [back(t("people.all"), "/#/people"), here.notice && notice(p(here.notice)), heading(one.shown || one.name, t("people.title")),
    summary([[t("account.name"), one.name], [t("people.column.state"), standing(one)], [t("people.column.authenticator"), t(one.has_authenticator ? "has.yes" : "has.no")],
      [t("people.tokens"), own.length ? bullets(own.map((/** @type {any} */ each) => `${each.name}, ${day(each.ends_on)}`)) : t("none")]]), made,
    heading2(t("account.roles")), h("div", { class: "app-narrow" }, form({
      fields: [{ name: "roles", label: t("person.roles"), hint: t("person.roles.hint"), kind: "checks", isNeeded: true, options: roleOptions(), value: one.roles }],
      submit: t("person.roles.save"), isKept: true, typed: { key: `roles-${one.name}` },
      work: async (values) => {
        await post(`${path}/roles`, values);
        forgetTyped(`roles-${one.name}`);
        here.tell(location.hash.slice(2), t("person.roles.done"));
      },
    })), heading2(t("person.access")),
    confirmed(t("person.reset"), [warning(t("person.reset.warning"))], step("reset"), "secondary"),
    one.is_disabled ? confirmed(t("person.enable"), [p(t("person.enable.words"))], step("enable"), "secondary")
      : !isMe && confirmed(t("person.disable"), [warning(t("person.disable.warning"))], step("disable"), "warning")] };
}

// One's own account: password, authenticator, API tokens.
import { at, getAll, post } from "../api.js";
import { h, replace } from "../dom.js";
import { form } from "../forms.js";
import { bullets, button, copyable, heading, heading2, notice, p, summary, table, warning } from "../parts.js";
import { may, refresh, who } from "../session.js";
import { day, t } from "../texts.js";

const LEAST_WITH_CODE = 8;
const LEAST = 15;
/** Of the authenticator, or a recovery code. @type {import("../fields.js").Field} */
const CODE = { name: "code", label: "", isNeeded: true, width: "10", autocomplete: "one-time-code", isSecret: true };

/** What an open session alone does not change. @returns {import("../fields.js").Field} */
const presentPassword = () => ({ name: "present", label: t("password.present"), kind: "password", isNeeded: true, autocomplete: "current-password" });

/** @param {import("../app.js").Here} here */
function password(here) {
  const least = who()?.has_authenticator ? LEAST_WITH_CODE : LEAST;
  return form({
    fields: [
      presentPassword(),
      { name: "next", label: t("password.next"), hint: t("password.rule.length", { n: least }), kind: "password", isNeeded: true, autocomplete: "new-password",
        check: (value) => ([...value].length < least ? t("error.password.short", { n: least }) : undefined) },
      { name: "again", label: t("join.again"), kind: "password", isNeeded: true, autocomplete: "new-password",
        check: (value, all) => (value !== all.next ? t("error.password.differs") : undefined) },
    ],
    submit: t("password.change"),
    kind: "secondary",
    work: async ({ present, next }) => {
      await post("/v1/people/me/password", { present, next });
      here.tell("account", t("password.changed"));
    },
  });
}

/** In groups of four, as it is typed. @param {string} secret */
const inGroups = (secret) => secret.replace(/(.{4})/g, "$1 ").trim();

/** @param {import("../app.js").Here} here @param {HTMLElement} place @param {string} present */
async function beginAuthenticator(here, place, present) {
  const { secret, uri } = await post("/v1/people/me/authenticator", { present });
  replace(place, p(t("authenticator.how")), summary([[t("authenticator.secret"), h("code", { class: "app-code" }, inGroups(secret))]]),
    copyable(t("authenticator.uri"), uri),
    form({
      fields: [{ name: "code", label: t("authenticator.code"), isNeeded: true, width: "10", autocomplete: "one-time-code", isSecret: true,
        check: (value) => (/^\d{6}$/.test(value.replace(/\s/g, "")) ? undefined : t("error.code")) }],
      submit: t("authenticator.confirm"),
      work: async ({ code }) => {
        const { recovery_codes: codes } = await post("/v1/people/me/authenticator/first-code", { code: code.replace(/\s/g, "") });
        await refresh();
        replace(place, notice(p(t("authenticator.done"))), warning(t("authenticator.recovery")), h("pre", { class: "app-code" }, codes.join("\n")),
          button(t("go.on"), () => here.again()));
        here.say(t("authenticator.done"));
      },
    }));
  /** @type {HTMLElement | null} */ (place.querySelector("input"))?.focus();
}

/** @param {import("../app.js").Here} here */
function authenticator(here) {
  const me = who();
  const place = h("div", {});
  if (!me?.has_authenticator) {
    place.append(p(t("authenticator.none")), form({
      fields: [presentPassword()],
      submit: t("authenticator.begin"),
      kind: "secondary",
      work: ({ present }) => beginAuthenticator(here, place, present),
    }));
    return place;
  }
  place.append(p(t("authenticator.is"), " ", t("authenticator.left", { n: me.recovery_codes_left })), form({
    fields: [presentPassword()],
    submit: t("authenticator.remove"),
    kind: "warning",
    work: async ({ present }) => {
      await post("/v1/people/me/authenticator/removal", { present });
      await refresh();
      here.tell("account", t("authenticator.removed"));
    },
  }));
  return place;
}

/** @param {import("../app.js").Here} here */
async function tokens(here) {
  const { tokens: all } = await getAll("/v1/people/me/tokens", "tokens", { signal: here.signal });
  const made = h("div", {});
  const revoke = (/** @type {string} */ name) => button(t("token.end"), async () => {
    await post(at`/v1/people/me/tokens/${name}/revoke`);
    here.tell("account", t("token.ended", { name }));
  }, { kind: "secondary", hidden: name });
  const rights = (who()?.rights ?? []).filter((right) => right !== "own-account");
  return [
    all.length === 0 ? p(t("token.none")) : table({ caption: t("token.list"), head: [t("token.name"), t("token.rights"), t("token.ends"), t("token.end")],
      rows: all.map((/** @type {any} */ one) => [one.name, one.rights.map((/** @type {string} */ right) => t(`right.${right}`)).join(", "), day(one.ends_on), revoke(one.name)]) }),
    made,
    h("div", { class: "app-narrow" }, form({
      fields: [
        { name: "name", label: t("token.name"), isNeeded: true, width: "20" },
        { name: "rights", label: t("token.may"), kind: "checks", isNeeded: true, options: rights.map((right) => [right, t(`right.${right}`)]) },
        { name: "days", label: t("token.days"), kind: "number", isNeeded: true, width: "4", value: "90",
          check: (value) => (Number(value) >= 1 && Number(value) <= 365 ? undefined : t("error.days")) },
        presentPassword(),
        ...(who()?.has_authenticator ? [{ ...CODE, label: t("authenticator.code") }] : []),
      ],
      submit: t("token.make"),
      kind: "secondary",
      work: async (values) => {
        const { token } = await post("/v1/people/me/tokens", { ...values, days: Number(values.days) });
        replace(made, notice(p(t("token.made"))), copyable(t("token.secret"), token));
        /** @type {HTMLElement | null} */ (made.querySelector("textarea"))?.focus();
      },
    })),
  ];
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function account(here) {
  const me = who();
  const own = may("own-account") ? await tokens(here) : null;
  return { title: t("account.title"), content: [here.notice && notice(p(here.notice)), heading(t("account.title")),
    summary([[t("account.name"), me?.name ?? ""], [t("account.shown"), me?.shown || t("none")],
      [t("account.roles"), bullets((me?.roles ?? []).map((role) => t(`role.${role}`)))]]),
    heading2(t("password.title")), h("div", { class: "app-narrow" }, password(here)),
    heading2(t("authenticator.title")), h("div", { class: "app-narrow" }, authenticator(here)),
    heading2(t("token.title")), p(t("token.words")), own] };
}

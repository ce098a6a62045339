// Signing in, and joining by a link.
import { post, Problem } from "../api.js";
import { h } from "../dom.js";
import { form } from "../forms.js";
import { bullets, button, buttonLink, heading, notice, p } from "../parts.js";
import { signIn as begin } from "../session.js";
import { t } from "../texts.js";

const LEAST = 15;

/** @param {import("../app.js").Here} here @param {boolean} hasExpired @returns {import("../app.js").Page} */
export function signIn(here, hasExpired) {
  const content = form({
    fields: [
      { name: "name", label: t("signin.name"), isNeeded: true, autocomplete: "username", width: "20", isSecret: true },
      { name: "password", label: t("signin.password"), kind: "password", isNeeded: true, autocomplete: "current-password" },
      { name: "code", label: t("signin.code"), hint: t("signin.code.hint"), autocomplete: "one-time-code", width: "10", isSecret: true },
    ],
    submit: t("signin.button"),
    work: async ({ name, password, code }) => {
      try {
        await begin(name, password, code);
      } catch (error) {
        if (error instanceof Problem && error.status === 401) throw new Problem(401, "");
        throw error;
      }
      here.again();
    },
  });
  return { title: t("signin.title"), content: [hasExpired && notice(p(t("signin.expired")), "information"), heading(t("signin.title")),
    h("div", { class: "app-narrow" }, content, p(t("signin.lost")))] };
}

/** "NAME.SECRET" stands behind the #: no server is sent it. @param {import("../app.js").Here} here @returns {import("../app.js").Page} */
export function join(here) {
  const [name, secret] = location.hash.slice(1).split(".", 2);
  if (!name || !secret) return { title: t("join.title"), content: [heading(t("join.title")), p(t("join.broken")), buttonLink(t("join.signin"), "/")] };
  const place = h("div", { class: "app-narrow" });
  place.append(form({
    before: [p(t("join.words", { name })), bullets([t("password.rule.length", { n: LEAST }), t("password.rule.common")])],
    fields: [
      { name: "password", label: t("join.password"), kind: "password", isNeeded: true, autocomplete: "new-password",
        check: (value) => ([...value].length < LEAST ? t("error.password.short", { n: LEAST }) : undefined) },
      { name: "again", label: t("join.again"), kind: "password", isNeeded: true, autocomplete: "new-password",
        check: (value, all) => (value !== all.password ? t("error.password.differs") : undefined) },
    ],
    submit: t("join.button"),
    work: async ({ password }) => {
      await post("/v1/people/joining", { name, secret, password });
      here.say(t("join.done", { name }));
      place.replaceChildren(notice(p(t("join.done", { name }))), button(t("join.signin"), () => location.assign("/")));
    },
  }));
  return { title: t("join.title"), content: [heading(t("join.title")), place] };
}

// What is around every page: skip link, name, language, where one may go, sign out, foot.
import { focusOn, h, replace } from "./dom.js";
import { may, who } from "./session.js";
import { language, languages, t } from "./texts.js";

const PLACES = /** @type {const} */ ([["", "see-inspections"], ["programmes", "read-releases"], ["kiosks", "run-kiosks"], ["people", "run-people"], ["audit", "read-audit"],
  ["account", "own-account"]]);

/** @param {{ path: string, choose: (language: string) => void, leave: () => void }} given */
export function drawFrame({ path, choose, leave }) {
  const page = /** @type {HTMLElement} */ (document.getElementById("page"));
  const kept = document.getElementById("main") ?? h("main", { class: "govuk-main-wrapper", id: "main", tabindex: "-1" });
  const skip = h("a", { class: "govuk-skip-link", href: "#main" }, t("skip"));
  skip.addEventListener("click", (/** @type {Event} */ event) => {
    event.preventDefault();
    focusOn(kept);
  });
  replace(page, skip, header(choose, leave), who() && navigation(path),
    h("div", { class: "govuk-width-container app-width" }, kept), foot());
}

/** @param {(language: string) => void} choose @param {() => void} leave */
function header(choose, leave) {
  const switches = languages().map((one) => {
    if (one === language()) return h("span", { class: "app-header__item", lang: one, "aria-current": "true" }, t(`language.${one}`));
    const button = h("button", { type: "button", class: "app-header__button", lang: one, "data-language": one }, t(`language.${one}`));
    button.addEventListener("click", () => choose(one));
    return button;
  });
  const me = who();
  const out = me && h("button", { type: "button", class: "app-header__button", "data-name": "sign-out" }, t("account.signout"));
  out?.addEventListener("click", leave);
  return h("header", { class: "app-header" },
    h("div", { class: "app-header__inner govuk-width-container app-width" },
      h("a", { class: "app-header__name", href: "/#/" }, t("name")),
      h("div", { class: "app-header__tools" },
        me && h("span", { class: "app-header__item" }, me.shown || me.name), out,
        h("nav", { class: "app-header__languages", "aria-label": t("language.label") }, switches))));
}

/** @param {string} path */
function navigation(path) {
  const first = path.split("/")[0];
  const here = first === "inspections" ? "" : first;
  const items = PLACES.filter(([, right]) => may(right)).map(([place]) =>
    h("li", { class: "moj-primary-navigation__item" },
      h("a", { class: "moj-primary-navigation__link", href: `/#/${place}`, "aria-current": place === here ? "page" : null }, t(`place.${place || "home"}`))));
  return h("div", { class: "moj-primary-navigation" },
    h("div", { class: "moj-primary-navigation__container app-width" },
      h("div", { class: "moj-primary-navigation__nav" },
        h("nav", { "aria-label": t("place.label") }, h("ul", { class: "moj-primary-navigation__list" }, items)))));
}

const foot = () => h("footer", { class: "govuk-footer app-footer" },
  h("div", { class: "govuk-width-container app-width" }, h("p", { class: "govuk-body-s" }, t("foot.words")), h("p", { class: "govuk-body-s" }, t("foot.draft"))));

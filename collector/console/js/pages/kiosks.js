// Kiosks: which there are, inviting one, which inspections each serves, revoking one.
import { at, get, getAll, post } from "../api.js";
import { h, replace } from "../dom.js";
import { form } from "../forms.js";
import { back, button, buttonLink, copyable, group, heading, heading2, link, notice, p, summary, table, tag, warning } from "../parts.js";
import { day, t } from "../texts.js";
import { confirmed } from "./overview.js";

/** @param {any} kiosk */
const standing = (kiosk) => (kiosk.is_revoked ? tag(t("kiosk.revoked"), "red") : kiosk.last_contact ? tag(t("kiosk.active"), "green") : tag(t("kiosk.unseen"), "grey"));

/** @param {boolean | null} waiting */
const waitingOf = (waiting) => t(waiting === null ? "kiosk.waiting.unknown" : waiting ? "kiosk.waiting.yes" : "kiosk.waiting.no");

const SERVED = ["open", "fieldwork-ended", "provisional", "draft-report"]; // not before it is opened, nor once its report is out

/** Those that a kiosk may serve: whoever invites one, or sends it on, nearly always means one that is open. @param {any[]} inspections */
const openFirst = (inspections) => SERVED.flatMap((state) => inspections.filter((one) => one.state === state));

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function kiosks(here) {
  const [{ kiosks: all }, { inspections }] = await Promise.all([getAll("/v1/kiosks", "kiosks", { signal: here.signal }), getAll("/v1/inspections", "inspections", { signal: here.signal })]);
  const rows = all.map((/** @type {any} */ kiosk) => [link(kiosk.name || kiosk.id, `/#/kiosks/${encodeURIComponent(kiosk.id)}`), standing(kiosk),
    kiosk.inspections.join(", ") || t("none"), day(kiosk.last_contact), waitingOf(kiosk.is_waiting)]);
  const made = h("div", {});
  const served = openFirst(inspections);
  return { title: t("kiosks.title"), content: [here.notice && notice(p(here.notice)), heading(t("kiosks.title")),
    rows.length ? table({ caption: t("kiosks.list"), head: ["kiosk", "state", "inspections", "contact", "waiting"].map((name) => t(`kiosks.column.${name}`)), rows }) : p(t("kiosks.none")),
    heading2(t("kiosk.invite")), p(t("kiosk.invite.words")), made,
    served.length ? h("div", { class: "app-narrow" }, form({
      fields: [
        { name: "inspection", label: t("kiosk.inspection"), kind: "select", value: served[0].id, options: served.map((/** @type {any} */ one) => [one.id, `${one.area} (${one.id})`]) },
        { name: "name", label: t("kiosk.name"), hint: t("kiosk.name.hint"), isNeeded: true }],
      submit: t("kiosk.invite"), typed: { key: "kiosks" },
      work: async (values) => {
        const { invite } = await post("/v1/invites", values);
        showInvite(made, values.name, invite);
      },
    })) : p(t("kiosk.noneopen"))] };
}

/** @param {HTMLElement} place @param {string} name @param {string} invite */
function showInvite(place, name, invite) {
  replace(place, notice(p(t("kiosk.invited", { name }))), copyable(t("kiosk.line"), invite));
  /** @type {HTMLElement | null} */ (place.querySelector("textarea"))?.focus();
}

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function kiosk(here) {
  const path = at`/v1/kiosks/${here.params.kiosk}`;
  const [one, { inspections }] = await Promise.all([get(path, { signal: here.signal }), getAll("/v1/inspections", "inspections", { signal: here.signal })]);
  const name = one.name || one.id;
  const made = h("div", {});
  const change = (/** @type {string} */ inspection, /** @type {"allow" | "disallow"} */ what) => button(t(`kiosk.${what}`), async () => {
    await post(`${path}${at`/inspections/${inspection}/${what}`}`);
    here.tell(location.hash.slice(2), t(`kiosk.${what}.done`, { inspection }));
  }, { kind: "secondary", hidden: inspection });
  const isServed = (/** @type {any} */ each) => one.inspections.includes(each.id);
  const rows = [...inspections.filter(isServed), ...openFirst(inspections).filter((each) => !isServed(each))].map((/** @type {any} */ each) => [each.area, t(one.inspections.includes(each.id) ? "is.yes" : "is.no"),
    change(each.id, one.inspections.includes(each.id) ? "disallow" : "allow")]);
  const again = button(t("kiosk.again"), async () => {
    const { invite } = await post("/v1/invites", { kiosk: one.id });
    showInvite(made, name, invite);
  }, { kind: "secondary" });
  return { title: name, content: [back(t("kiosks.all"), "/#/kiosks"), here.notice && notice(p(here.notice)), heading(name, t("kiosks.title")), summary([
    [t("kiosks.column.state"), standing(one)], [t("kiosks.column.contact"), day(one.last_contact)], [t("kiosks.column.waiting"), waitingOf(one.is_waiting)],
    [t("kiosk.program"), one.program ?? t("kiosk.waiting.unknown")],
    [t("kiosk.certificate"), one.certificate_days_left === null ? t("none") : t("days", { n: one.certificate_days_left })],
    [t("kiosk.clock"), one.clock_offset_minutes === null ? t("kiosk.waiting.unknown") : t("minutes", { n: one.clock_offset_minutes })]]),
  table({ caption: t("kiosk.serves"), head: [t("home.column.inspection"), t("kiosk.serves.it"), t("kiosk.change")], rows }), made,
  heading2(t("kiosk.end")), group(again),
  !one.is_revoked && confirmed(t("kiosk.revoke"), [warning(t("kiosk.revoke.warning"))], async () => {
    await post(`${path}/revoke`);
    here.tell(location.hash.slice(2), t("kiosk.revoke.done"));
  }, "warning"), buttonLink(t("kiosks.all"), "/#/kiosks", "secondary")] };
}

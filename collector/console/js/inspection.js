// What all pages of one inspection have around them: its name, where one may go in it, whether it is unlocked.
import { at, get, post, query, watcher } from "./api.js";
import { h } from "./dom.js";
import { form } from "./forms.js";
import { back, button, heading, inset, notice, p, subNavigation } from "./parts.js";
import { may, onForgetting } from "./session.js";
import { language, t } from "./texts.js";

const PLACES = /** @type {const} */ ([["", ["see-inspections"]], ["settings", ["set-up-inspections"]], ["tokens", ["set-up-inspections"]], ["keys", ["hold-keys"]],
  ["comments", ["read-answers"]], ["concerns", ["read-answers", "decide-concerns"]], ["paper", ["enter-paper"]], ["tally", ["read-answers"]],
  ["section", ["read-answers"]], ["release", ["read-releases"]], ["programme", ["read-releases"]], ["exports", ["read-answers"]], ["withdrawal", ["read-answers"]], ["reconciliation", ["run-kiosks"]]]);

/** @param {string} id @param {string} [place] */
export const addressOf = (id, place = "") => `/#/inspections/${encodeURIComponent(id)}${place && `/${place}`}`;

/** The one that is shown, as it was when its page was drawn. */
let drawn = { id: "", isUnlocked: false };

/** @param {import("./app.js").Here} here @returns {Promise<any>} */
export async function inspectionOf(here) {
  const inspection = await get(at`/v1/inspections/${here.params.inspection}` + query({ language: language() }), { signal: here.signal });
  drawn = { id: inspection.id, isUnlocked: inspection.is_unlocked };
  // "victims 1": its version stands behind it.
  return { ...inspection, versions: inspection.questionnaires, questionnaires: inspection.questionnaires.map((/** @type {string} */ one) => one.split(" ")[0]) };
}

/** What its questionnaires are called, for who chooses one. @param {any} inspection @returns {[string, string][]} id and title */
export const titlesOf = (inspection) => inspection.questionnaires.map((/** @type {string} */ one) => [one, inspection.titles[one]]);

/**
 * @param {import("./app.js").Here} here
 * @param {{ area: string, id: string }} inspection
 * @param {string} place
 * @param {import("./dom.js").Children[]} content
 * @returns {import("./app.js").Page}
 */
export function pageOf(here, inspection, place, content, after = () => {}) {
  const links = PLACES.filter(([, rights]) => rights.some(may)).map(([name]) =>
    /** @type {[string, string]} */ ([t(`inspection.place.${name || "overview"}`), addressOf(inspection.id, name)]));
  const title = t(`inspection.place.${place || "overview"}`);
  return { title: `${title}, ${inspection.area}`, after,
    content: [back(t("inspection.all"), "/#/"), subNavigation(links, addressOf(inspection.id, place), t("inspection.places", { area: inspection.area })),
      here.notice && notice(p(here.notice)), heading(title, inspection.area), ...content] };
}

/** @param {string} inspection @param {import("./dom.js").Children} before @param {() => any} done @param {import("./dom.js").Children} [after] */
const unlockForm = (inspection, before, done, after) => form({
  before, after,
  fields: [
    { name: "passphrase", label: t("unlock.passphrase"), kind: "password", isNeeded: true, autocomplete: "off" },
    { name: "recovery", label: t("unlock.which"), kind: "radios", value: "no", isNeeded: true,
      options: [["no", t("unlock.inspection")], ["yes", t("unlock.recovery"), t("unlock.recovery.hint")]] },
  ],
  submit: t("unlock.button"),
  work: async ({ passphrase, recovery }, signal) => {
    await post(at`/v1/inspections/${inspection}/unlock`, { passphrase, recovery: recovery === "yes" }, { signal });
    await done();
  },
  });

/** What opens the answers: the passphrase goes to the collector and is nowhere kept. @param {import("./app.js").Here} here @param {any} inspection */
export function unlocking(here, inspection) {
  if (!may("hold-keys")) return inset(t("unlock.others"));
  return h("div", { class: "app-narrow" },
    unlockForm(inspection.id, inset(t("unlock.locked")), () => here.tell(location.hash.slice(2), t("unlock.done"))));
}

/** @returns {HTMLDialogElement | null} */
const dialog = () => document.querySelector("dialog.app-unlock");
onForgetting(() => dialog()?.remove());

/** What a page does before it goes on, unlocked again. @type {Set<() => Promise<void>>} */
const again = new Set();
/** @param {AbortSignal} signal ends it @param {() => Promise<void>} work */
export function onUnlockedAgain(signal, work) {
  again.add(work);
  signal.addEventListener("abort", () => again.delete(work));
}

/** Above the page, which keeps all that is typed. @param {string} inspection */
function unlockAgain(inspection) {
  if (dialog()) return;
  const close = () => made.close();
  const made = h("dialog", { class: "app-unlock", "aria-labelledby": "unlock-again" }, h("h2", { class: "govuk-heading-m", id: "unlock-again" }, t("unlock.again")),
    unlockForm(inspection, p(t("problem.locked")), async () => {
      await Promise.all([...again].map((each) => each()));
      close();
    }, button(t("cancel"), close, { kind: "secondary" })));
  made.addEventListener("close", () => made.remove()); // the focus is where it was
  document.body.append(made);
  made.showModal();
}

/** Something was refused. It may be that the inspection locked itself below somebody at work. @param {string} path that was asked for */
watcher.onRefused = async (path) => {
  const { id, isUnlocked } = drawn;
  if (!isUnlocked || !path.startsWith(at`/v1/inspections/${id}/`) || /\/(unlock|keys(\/.*)?)$/.test(path)) return "";
  const now = await get(at`/v1/inspections/${id}`).catch(() => null);
  if (!now || now.is_unlocked) return "";
  if (!may("hold-keys")) return "unlock.others";
  unlockAgain(id);
  return "problem.locked";
};

/** Reading numbers while fieldwork is open needs a reason, which the audit keeps. @param {any} inspection */
export const needsReason = (inspection) => inspection.state === "draft" || inspection.state === "open";

/** @type {Map<string, string>} */
const reasons = new Map();
onForgetting(() => reasons.clear());  // the next person at this page gives their own
/** @param {string} inspection */
export const reasonOf = (inspection) => reasons.get(inspection) ?? "";

/** @param {import("./app.js").Here} here @param {any} inspection */
export const askReason = (here, inspection) => h("div", { class: "app-narrow" }, form({
  before: inset(t("reason.why")),
  fields: [{ name: "reason", label: t("reason.label"), hint: t("reason.hint"), isNeeded: true, most: 250 }],
  submit: t("go.on"),
  typed: { key: `reason-${inspection.id}` },
  work: ({ reason }) => {
    reasons.set(inspection.id, reason);
    here.again();
  },
}));

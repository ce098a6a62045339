// The keys of an inspection: where they are, who could open the answers, what is left to do. No key and no share comes here: splitting,
// copying and putting together are done at the collector's own command line.
import { at, get, post } from "../api.js";
import { h } from "../dom.js";
import { form } from "../forms.js";
import { inspectionOf, pageOf } from "../inspection.js";
import { alert, bullets, heading2, inset, p, table, tag, warning } from "../parts.js";
import { day, t } from "../texts.js";
import { confirmed } from "./overview.js";

// Of collector/keys/copies.h: the names of the files beside the list, which are here.
const HERE = ["inspection.key", "recovery.key"];
const MAY_END = ["draft", "draft-report", "published"];

/** @param {any} copy */
const isHere = (copy) => HERE.includes(copy.place);

/** @param {string} place */
const placeOf = (place) => (HERE.includes(place) ? t("keys.here", { key: t(place === HERE[0] ? "keys.key.inspection" : "keys.key.recovery") }) : place);

/** @param {any} copy */
const keyOf = (copy) => [t(`keys.key.${copy.key}`), copy.share && h("span", { class: "app-quiet" }, t("keys.share", { number: copy.share.number, needed: copy.share.needed, set: copy.share.set }))];

/** @param {any} found @param {any} inspection @returns {string[]} what somebody still has to see to */
function left(found, inspection) {
  const there = found.copies.filter((/** @type {any} */ copy) => !copy.destroyed);
  if (!found.is_readable) return [];
  if (inspection.state === "destroyed" || !there.some(isHere)) return [t("keys.left.elsewhere")];
  const elsewhere = found.readable_by.places.some((/** @type {string} */ one) => !HERE.includes(one)) || found.readable_by.holders.length > 0;
  return [!found.rehearsed && t("keys.left.rehearse"), !elsewhere && t("keys.left.elsewhere.none"), inspection.state === "published" && t("keys.left.end")]
    .filter((/** @type {string | false} */ one) => one !== false);
}

/** @param {any} found */
function readers(found) {
  if (!found.is_readable) return inset(t("keys.unreadable"));
  const { places, holders } = found.readable_by;
  return [p(t("keys.readable")), bullets([...places.map(placeOf),
    ...holders.map((/** @type {any} */ set) => t("keys.holders", { needed: set.needed, places: set.places.join("; ") }))])];
}

/** @param {import("../app.js").Here} here @param {any} inspection @param {any} copy */
function stateOf(here, inspection, copy) {
  if (copy.destroyed) return tag(t("keys.destroyed", { day: day(copy.destroyed) }), "grey");
  if (isHere(copy)) return tag(t("keys.there"), "green");
  return [copy.passphrase_until && h("span", { class: "app-quiet" }, t("keys.earlier", { day: day(copy.passphrase_until) })), confirmed(t("keys.gone"), [warning(t("keys.gone.warning", { place: copy.place }))], async (signal) => {
    await post(at`/v1/inspections/${inspection.id}/keys/copies/${copy.number}/destroyed`, {}, { signal });
    here.tell(location.hash.slice(2), t("keys.gone.done"));
  }, "secondary", copy.place)];
}

/** @param {import("../app.js").Here} here @param {any} inspection */
const rehearsing = (here, inspection) => h("div", { class: "app-narrow" }, form({
  fields: [{ name: "recovery_passphrase", label: t("new.recovery_passphrase"), kind: "password", isNeeded: true, autocomplete: "off" }],
  submit: t("keys.rehearse"), kind: "secondary",
  work: async (values, signal) => {
    const { opened } = await post(at`/v1/inspections/${inspection.id}/keys/rehearsal`, values, { signal });
    here.tell(location.hash.slice(2), t(`keys.rehearsed.${opened}`));
  },
}));

/** What cannot be undone is typed. @param {import("../app.js").Here} here @param {any} inspection */
const ending = (here, inspection) => h("div", { class: "app-narrow" }, form({
  before: warning(t("keys.end.warning")),
  fields: [{ name: "name", label: t("keys.end.name", { id: inspection.id }), isNeeded: true, width: "20", isSecret: true,
    check: (value) => (value === inspection.id ? undefined : t("keys.end.other", { id: inspection.id })) }],
  submit: t("keys.end"), kind: "warning",
  work: async (_, signal) => {
    const found = await post(at`/v1/inspections/${inspection.id}/keys/destruction`, {}, { signal });
    here.tell(location.hash.slice(2), t(found.is_readable ? "keys.end.elsewhere" : "keys.end.done"));
  },
}));

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function keys(here) {
  const [inspection, found] = await Promise.all([inspectionOf(here), get(at`/v1/inspections/${here.params.inspection}/keys`, { signal: here.signal })]);
  const todo = left(found, inspection);
  const isAnyHere = found.copies.some((/** @type {any} */ copy) => isHere(copy) && !copy.destroyed);
  return pageOf(here, inspection, "keys", [p(t("keys.words")),
    todo.length > 0 && alert("warning", h("strong", {}, t("keys.left")), bullets(todo)),
    table({ caption: t("keys.list"), head: ["number", "key", "place", "since", "state"].map((name) => t(`keys.column.${name}`)),
      rows: found.copies.map((/** @type {any} */ copy) => [String(copy.number), h("span", {}, keyOf(copy)), placeOf(copy.place), day(copy.since), stateOf(here, inspection, copy)]) }),
    heading2(t("keys.readers")), readers(found),
    isAnyHere && [heading2(t("keys.rehearsal")), p(found.rehearsed ? t("keys.rehearsed", { day: day(found.rehearsed) }) : t("keys.rehearsed.never"), " ", t("keys.rehearsal.words")),
      rehearsing(here, inspection), heading2(t("keys.more")), p(t("keys.more.words"))],
    isAnyHere && MAY_END.includes(inspection.state) && [heading2(t("keys.ending")), ending(here, inspection)]]);
}

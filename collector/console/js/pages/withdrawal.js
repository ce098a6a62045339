// Answers are taken back for whoever has their four words, or the letters of their form. Nobody is told whether there was anything.
import { at, post } from "../api.js";
import { h } from "../dom.js";
import { form } from "../forms.js";
import { inspectionOf, pageOf } from "../inspection.js";
import { heading2, inset, p, warning } from "../parts.js";
import { t } from "../texts.js";

/** @param {import("../app.js").Here} here @param {string} path @param {import("../fields.js").Field} field */
const taking = (here, path, field) => h("div", { class: "app-narrow" }, form({
  fields: [field], submit: t(`withdrawal.take.${field.name}`), kind: "warning",
  work: async (values, signal) => {
    await post(path, values, { signal });
    here.tell(location.hash.slice(2), t("withdrawal.done"));
  },
}));

/** @param {string} value */
const areFour = (value) => (value.split(/[\s,.;]+/).filter(Boolean).length === 4 ? undefined : t("withdrawal.four"));

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function withdrawal(here) {
  const inspection = await inspectionOf(here);
  const path = at`/v1/inspections/${inspection.id}`;
  if (inspection.state !== "open") return pageOf(here, inspection, "withdrawal", [inset(t(inspection.state === "draft" ? "withdrawal.draft" : "withdrawal.ended"))]);
  return pageOf(here, inspection, "withdrawal", [p(t("withdrawal.words")), warning(t("withdrawal.same")),
    heading2(t("withdrawal.kiosk")), taking(here, `${path}/withdrawals`, { name: "words", label: t("withdrawal.label"), hint: t("withdrawal.hint"), isNeeded: true, isSecret: true, check: areFour }),
    heading2(t("withdrawal.paper")), taking(here, `${path}/paper/withdrawals`, { name: "reference", label: t("paper.reference"), hint: t("paper.reference.hint"), isNeeded: true, isSecret: true, width: "20" })]);
}

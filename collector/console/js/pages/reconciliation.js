// What kiosks say was sent beside what came in.
import { at, get } from "../api.js";
import { inspectionOf, pageOf } from "../inspection.js";
import { heading2, inset, p, summary, table, tag } from "../parts.js";
import { t } from "../texts.js";

/** @param {any} kiosk */
const rowOf = (kiosk) => [kiosk.name, kiosk.told ? String(kiosk.told.sent ?? 0) : t("reconcile.untold"), kiosk.came_in, kiosk.missing, kiosk.surplus,
  kiosk.missing || kiosk.surplus ? tag(t("reconcile.gap"), "red") : kiosk.told ? tag(t("reconcile.good"), "green") : tag(t("reconcile.waits"), "grey")];

/** @param {string} kind @param {Record<string, any>} numbers */
const numbersOf = (kind, numbers) => summary(Object.entries(numbers).map(([name, value]) => /** @type {[string, string]} */ ([t(`reconcile.${kind}.${name}`), String(value)])));

/** @param {import("../app.js").Here} here @returns {Promise<import("../app.js").Page>} */
export async function reconciliation(here) {
  const [inspection, found] = await Promise.all([inspectionOf(here), get(at`/v1/inspections/${here.params.inspection}/reconciliation`, { signal: here.signal })]);
  if (!found.has_fieldwork_ended) return pageOf(here, inspection, "reconciliation", [inset(t("reconcile.open"))]);
  return pageOf(here, inspection, "reconciliation", [p(t("reconcile.words")),
    found.kiosks?.length ? table({ caption: t("reconcile.kiosks"), numeric: [1, 2, 3, 4], head: ["kiosk", "told", "came", "missing", "surplus", "so"].map((name) => t(`reconcile.column.${name}`)),
      rows: found.kiosks.map(rowOf) }) : p(t("kiosks.none")),
    found.collector && [heading2(t("reconcile.collector")), numbersOf("collector", found.collector)],
    found.paper && [heading2(t("reconcile.paper")), numbersOf("paper", found.paper)], found.tokens && [heading2(t("reconcile.tokens")), numbersOf("tokens", found.tokens)]]);
}

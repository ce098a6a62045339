// A stacked bar: how the answers to one question are shared out. Each share has a colour and a pattern, and its number
// stands in it where there is room; the table beside it says all of it in words.
import { h } from "./dom.js";
import { t } from "./texts.js";

const HEIGHT = 48;
const LETTER = 10;
const LEAST = 11; // per cent that hold a number also on a narrow screen
// Dark and light by turns, so that neighbours differ by more than hue; each of them 3 to 1 against the white between.
const COLOURS = ["#1b3a57", "#5694ca", "#6f3b83", "#85994b", "#b3562b", "#28837d", "#d4351c", "#505a5f"];

/** @typedef {{ label: string, count: number }} Share */

/** One pattern for each colour, once a page. */
export function patterns() {
  const draw = (/** @type {string} */ colour, /** @type {number} */ i) => h("pattern", { id: `share-${i}`, width: 10, height: 10, patternUnits: "userSpaceOnUse",
    patternTransform: `rotate(${[0, 45, 0, 135, 90, 45, 0, 135][i]})` },
  h("rect", { width: 10, height: 10, fill: colour }), i % 2 === 1 && h("line", { x1: 0, y1: 0, x2: 0, y2: 10, stroke: "#fff", "stroke-width": 3 }),
  (i === 2 || i === 6) && h("rect", { x: 3, y: 3, width: 3, height: 3, fill: "#fff" }), i === 4 && h("line", { x1: 0, y1: 5, x2: 10, y2: 5, stroke: "#fff", "stroke-width": 1.5 }));
  return h("svg", { class: "app-patterns", width: 0, height: 0, "aria-hidden": "true" }, h("defs", {}, COLOURS.map(draw)));
}

/** What a share looks like, for the table. @param {number} i */
export const swatch = (i) => h("svg", { class: "app-swatch", width: 24, height: 18, "aria-hidden": "true" },
  h("rect", { width: 24, height: 18, fill: `url(#share-${i % COLOURS.length})` }));

/** Widths are shares of its own, so that it fits any page and nothing is stretched. @param {string} title @param {Share[]} shares */
export function stackedBar(title, shares) {
  const all = shares.reduce((sum, share) => sum + share.count, 0);
  const said = t("chart.said", { title, shares: shares.map((share) => `${share.label}: ${share.count}`).join(", ") });
  const svg = h("svg", { class: "app-chart", role: "img", "aria-label": said });
  if (all === 0) {
    svg.append(h("rect", { x: 0.5, y: 0.5, width: "99.5%", height: HEIGHT - 1, fill: "none", stroke: "#505a5f" }));
    return svg;
  }
  let from = 0;
  shares.forEach((share, i) => {
    const width = (100 * share.count) / all;
    if (width > 0) svg.append(...segment(from, width, share, i));
    from += width;
  });
  return svg;
}

/** @param {number} from per cent, as width @param {number} width @param {Share} share @param {number} i */
function segment(from, width, share, i) {
  const number = String(share.count);
  const label = number.length * LETTER + 12;
  const parts = [h("rect", { x: `${from}%`, y: 0, width: `${width}%`, height: HEIGHT, fill: `url(#share-${i % COLOURS.length})`, stroke: "#fff", "stroke-width": 2 })];
  if (width >= LEAST) {
    parts.push(h("svg", { x: `${from + width / 2}%`, y: HEIGHT / 2, overflow: "visible" },
      h("rect", { x: -label / 2, y: -12, width: label, height: 24, rx: 3, fill: "#fff" }), h("text", { y: 6, "text-anchor": "middle", class: "app-chart__number" }, number)));
  }
  return parts;
}

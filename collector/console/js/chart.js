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

/** Widths are shares of its own, so that it fits any page and nothing is stretched. @param {string} title @param {Share[]} shares @param {string} language of the title and the labels */
export function stackedBar(title, shares, language) {
  const all = shares.reduce((sum, share) => sum + share.count, 0);
  const said = t("chart.said", { title, shares: shares.map((share) => `${share.label}: ${share.count}`).join("; ") });
  const svg = h("svg", { class: "app-chart", role: "img", "aria-label": said, lang: language });
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

const ROW = 36;
const MIDDLE = ROW / 2;
const DARK = "currentColor"; // also where somebody's own colours are in force

const SCALE = [0, 25, 50, 75, 100];

/** @typedef {{ lowest: number | null, highest: number | null, average: number | null, here: number | null }} Beside */

// One mark each, told apart by its form: a line with ends, a diamond, a dot. They stand at per cents of the width, so that nothing is stretched.
/** @param {number | string} x per cent, or a place in a swatch @param {...any} marks around 0 0 */
const standing = (x, ...marks) => h("svg", { x: typeof x === "number" ? `${x}%` : x, y: MIDDLE, overflow: "visible" }, ...marks);
const end = () => h("line", { x1: 0, x2: 0, y1: -8, y2: 8, stroke: DARK, "stroke-width": 3 });
const diamond = () => h("rect", { x: -7, y: -7, width: 14, height: 14, transform: "rotate(45)", class: "app-dots__hollow", stroke: DARK, "stroke-width": 3 });
const dot = () => h("circle", { r: 8, fill: "#d4351c", stroke: "#fff", "stroke-width": 2 });

/** From lowest to highest, the average and this one, on a scale from 0 to 100. @param {string} title @param {string} language of it @param {Beside} beside */
export function besideOthers(title, language, { lowest, highest, average, here }) {
  const named = /** @type {[string, number | null][]} */ ([["lowest", lowest], ["highest", highest], ["average", average], ["here", here]]);
  const shares = named.filter(([, value]) => value !== null).map(([name, value]) => `${t(`programme.${name}`)}: ${t("percent", { n: value ?? 0 })}`).join(", ");
  // A little in from both edges, so that a mark at 0 or 100 is whole.
  return h("svg", { class: "app-dots", role: "img", lang: language, "aria-label": t("chart.said", { title, shares: shares || t("programme.nothing") }) },
    SCALE.map((at) => h("line", { x1: `${at}%`, x2: `${at}%`, y1: 2, y2: ROW - 2, stroke: "#b1b4b6", "stroke-width": 1 })),
    lowest !== null && highest !== null && [h("line", { x1: `${lowest}%`, x2: `${highest}%`, y1: MIDDLE, y2: MIDDLE, stroke: DARK, "stroke-width": 3 }),
      standing(lowest, end()), standing(highest, end())],
    average !== null && standing(average, diamond()), here !== null && standing(here, dot()));
}

/** What the lines under the marks stand for. */
export const besideScale = () => h("svg", { class: "app-dots app-dots--scale", "aria-hidden": "true" },
  SCALE.map((at) => h("text", { x: `${at}%`, y: 18, "text-anchor": "middle", class: "app-dots__number" }, t("percent", { n: at }))));

/** What the marks mean that are there. @param {Beside[]} drawn */
export function besideLegend(drawn) {
  const of = (/** @type {any[]} */ marks, /** @type {string} */ name) => h("span", {},
    h("svg", { class: "app-swatch", width: 32, height: ROW, "aria-hidden": "true" }, marks), t(`programme.${name}`));
  return h("p", { class: "govuk-body app-legend" },
    drawn.some((one) => one.lowest !== null && one.highest !== null) && of([h("line", { x1: 4, x2: 28, y1: MIDDLE, y2: MIDDLE, stroke: DARK, "stroke-width": 3 }), standing("4", end()), standing("28", end())], "extremes"),
    drawn.some((one) => one.average !== null) && of([standing("16", diamond())], "average"), drawn.some((one) => one.here !== null) && of([standing("16", dot())], "here"));
}

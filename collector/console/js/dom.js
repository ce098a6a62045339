// Elements from code. There is no markup as text anywhere: what people wrote can only ever become text.

/**
 * @typedef {Node | string | number | null | undefined | false} Child
 * @typedef {Child | any[]} Children what is nested, however deep, stands side by side
 */

const SVG = "http://www.w3.org/2000/svg";
const SVG_NAMES = new Set(["svg", "g", "rect", "text", "title", "desc", "line", "circle", "path", "defs", "pattern", "tspan"]);

/**
 * @param {string} name
 * @param {Record<string, any>} [attributes] `on...`: a listener; true: there; false, null: left out
 * @param {...Children} children
 * @returns {any}
 */
export function h(name, attributes = {}, ...children) {
  const element = SVG_NAMES.has(name) ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value" && "value" in element) /** @type {any} */ (element).value = value;
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...nodes(children));
  return element;
}

/** @param {Children[]} children */
function nodes(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false).map((child) => {
    if (child instanceof Node) return child;
    // Nothing else is words: it would stand there as "[object ...]".
    if (typeof child !== "string" && typeof child !== "number") throw new TypeError(typeof child);
    return String(child);
  });
}

/** @param {Element} place @param {...Children} children */
export function replace(place, ...children) {
  place.replaceChildren(...nodes(children));
}

/** Focus on what cannot be reached by Tab, once. @param {HTMLElement | null} element */
export function focusOn(element) {
  if (!element) return;
  if (!element.hasAttribute("tabindex")) {
    element.setAttribute("tabindex", "-1");
    element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
  }
  element.focus();
}

/** A file for whoever reads the page, from bytes that came with an answer. @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = h("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

let last = 0;
/** @param {string} stem */
export function freshId(stem) {
  last += 1;
  return `${stem}-${last}`;
}

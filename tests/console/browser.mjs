// Chromium with an eye on everything that must not happen: errors, breaches of the Content-Security-Policy, requests to another
// host, what axe-core finds at WCAG 2.2 AA, pages wider than their window.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PASSWORD } from "./stand.mjs";

export const DESKTOP = { width: 1280, height: 900 };
export const NARROW = { width: 320, height: 640 }; // 1280 at 400 %
const LIMIT_MS = 20_000;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const AS_WRITTEN = ["audit", "audit-older"]; // shows what was hashed, word for word
// What Chromium writes by itself when an answer is a refusal.
const OF_A_REFUSAL = /Failed to load resource: the server responded with a status of (400|401|403|404|409|429)/;

export async function open({ modules, chromium }) {
  const take = createRequire(path.join(modules, "x.js"));
  const browser = await take("playwright-core").chromium.launch({ executablePath: chromium, args: ["--no-sandbox", "--lang=en-GB"] });
  return { browser, axe: fs.readFileSync(take.resolve("axe-core/axe.min.js"), "utf8"), end: () => browser.close() };
}

/** One window of somebody, who remembers what went wrong in it. */
export class Window {
  static async open({ browser, axe }, address, { viewport = DESKTOP, language = "en", pictures } = {}) {
    const window = new Window();
    Object.assign(window, { axe, address, language, pictures, faults: [], seen: new Set() });
    window.context = await browser.newContext({ ignoreHTTPSErrors: true, viewport, locale: language === "cy" ? "cy-GB" : "en-GB", acceptDownloads: true,
      reducedMotion: "reduce" });
    await window.context.addCookies([{ name: "perspective-language", value: language, url: address }]);
    window.page = await window.context.newPage();
    window.page.setDefaultTimeout(LIMIT_MS);
    window.listen();
    return window;
  }

  listen() {
    this.page.on("console", (message) => {
      if (message.type() !== "error" && message.type() !== "warning") return;
      if (!OF_A_REFUSAL.test(message.text())) this.faults.push(`console: ${message.text()}`);
    });
    this.page.on("pageerror", (error) => this.faults.push(`error: ${error.message}`));
    this.page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(`${this.address}/`) && !url.startsWith("blob:") && !url.startsWith("data:")) this.faults.push(`a request to another host: ${url}`);
    });
  }

  async ready() {
    await this.page.waitForSelector("main[aria-busy=false]");
  }

  async go(place) {
    await this.page.goto(`${this.address}/${place}`);
    await this.ready();
  }

  async signIn(name) {
    await this.go("#/");
    await this.page.getByLabel(/sign-in name|enw mewngofnodi/).fill(name);
    await this.page.locator("input[type=password]").fill(PASSWORD);
    await this.page.locator("button[type=submit]").click();
    await this.page.waitForSelector("[data-name=sign-out]");
    await this.ready();
  }

  /** And not the page that says why another cannot be. */
  async isShown() {
    return (await this.page.locator("main .govuk-error-summary").count()) === 0 && (await this.page.locator("main h1").innerText()) !== "";
  }

  /** Everything that is asked of each page. */
  async judge(name) {
    await this.picture(name);
    const found = await this.page.evaluate(() => ({
      text: document.querySelector("#page").textContent, title: document.title, headings: document.querySelectorAll("h1").length, language: document.documentElement.lang,
      wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      names: [...document.querySelectorAll("main *:not(code)")].flatMap((one) => [...one.childNodes]).filter((node) => node.nodeType === 3 && /\b[a-z]+_[a-z_]+\b/.test(node.data)).map((node) => node.data),
      keys: [...document.querySelectorAll("#page *")].filter((one) => !one.children.length && /^[a-z]+(\.[a-z_-]+)+$/.test(one.textContent.trim())).map((one) => one.textContent),
    }));
    const fault = (words) => this.faults.push(`${name} (${this.language}): ${words}`);
    if (found.headings !== 1) fault(`${found.headings} main headings`);
    if (found.language !== this.language) fault(`is in ${found.language}`);
    if (found.wider > 0) fault(`${found.wider} px wider than its window`);
    if (found.keys.length) fault(`keys instead of words: ${found.keys}`);
    if (/\[object |\bundefined\b|\bNaN\b/.test(found.text)) fault("what a program says instead of words");
    if (found.names.length && !AS_WRITTEN.includes(name)) fault(`names of variables instead of words: ${found.names}`);
    if (this.seen.has(found.title)) fault(`the title "${found.title}" is that of another page`);
    this.seen.add(found.title);
    for (const words of await this.violations()) fault(words);
  }

  async violations() {
    await this.page.evaluate(this.axe);
    const { violations } = await this.page.evaluate((tags) => window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), TAGS);
    return violations.map((one) => `axe ${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} [${node.any.concat(node.all, node.none).map((each) => each.message)}]`).join(" | ")}`);
  }

  async picture(name) {
    if (!this.pictures) return;
    fs.mkdirSync(this.pictures, { recursive: true });
    const { width } = this.page.viewportSize();
    await this.page.screenshot({ path: path.join(this.pictures, `${name}.${this.language}.${width}.png`), fullPage: true });
  }

  async end() {
    await this.context.close();
    return this.faults;
  }
}

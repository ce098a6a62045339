// pa11y (HTML_CodeSniffer) on a page of somebody who has signed in: it opens a window of its own, with their cookies.
import { createRequire } from "node:module";
import path from "node:path";

// HTML_CodeSniffer of 2022 does not know what WCAG 2.2 took out (4.1.1), nor CSS variables behind a contrast that axe has measured.
const NOT_ASKED = ["WCAG2AA.Principle4.Guideline4_1.4_1_1.F77"];

export class Pa11y {
  static async open({ modules, chromium }) {
    const judge = new Pa11y();
    const take = createRequire(path.join(modules, "x.js"));
    judge.pa11y = take("pa11y");
    judge.browser = await take("puppeteer").launch({ executablePath: chromium, headless: true, args: ["--no-sandbox", "--ignore-certificate-errors"], acceptInsecureCerts: true, ignoreHTTPSErrors: true });
    return judge;
  }

  /** @returns what it finds, in words */
  async judge(address, place, { cookies, language, viewport, isSignedIn }) {
    const page = await this.browser.newPage();
    try {
      await page.setViewport(viewport);
      await page.setCookie(...cookies.map(({ name, value, httpOnly }) => ({ name, value, httpOnly, url: address, secure: true, sameSite: "Strict" })),
        { name: "perspective-language", value: language, url: address });
      if (isSignedIn) {
        await page.goto(`${address}/console/icon.svg`);
        await page.evaluate(() => localStorage.setItem("perspective-signed-in", "1"));
      }
      const found = await this.pa11y(`${address}/${place}`, { browser: this.browser, page, standard: "WCAG2AA", runners: ["htmlcs"], ignore: NOT_ASKED, timeout: 30_000,
        actions: ["wait for element main[aria-busy=false] to be visible"] });
      return found.issues.map((one) => `pa11y ${one.code}: ${one.message} ${one.context}`);
    } finally {
      await page.close();
    }
  }

  end() {
    return this.browser.close();
  }
}

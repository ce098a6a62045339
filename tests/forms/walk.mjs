// walk.mjs MODULES CHROMIUM PICTURES {FORM.xml ROUTES.json}...: answers each form in Chromium as the people of its routes do, by
// clicks and keys, and compares which questions and notes are then on the page with what our own routing says.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const [modules, chromiumPath, pictures, ...forms] = process.argv.slice(2);
const { chromium } = createRequire(path.join(modules, "x.js"))("playwright-core");
const here = path.dirname(new URL(import.meta.url).pathname);

const HTML = `<!doctype html><div id=form></div><script type=importmap>${JSON.stringify({
  imports: {
    vue: "/vue/dist/vue.runtime.esm-browser.prod.js",
    "@getodk/web-forms": "/@getodk/web-forms/dist/index.js",
  },
})}</script><script type=module src=/page.js></script>`;

// Nothing leaves this machine: every request is answered from the folder of modules.
async function answer(route) {
  const wanted = new URL(route.request().url()).pathname;
  if (wanted === "/") return route.fulfill({ contentType: "text/html", body: HTML });
  const file = wanted === "/page.js" ? path.join(here, "page.js") : path.join(modules, path.normalize(wanted));
  if (!fs.existsSync(file)) return route.fulfill({ status: 404, body: "" });
  return route.fulfill({ contentType: "text/javascript", body: fs.readFileSync(file) });
}

const shownTexts = (page) =>
  page.$$eval(".question-container", (all) =>
    all.filter((one) => one.checkVisibility()).map((one) => one.querySelector(".control-text label")?.innerText.trim()));

async function give(page, label, answer) {
  const boxes = page.locator(".question-container");
  const at = (await boxes.evaluateAll((all) =>
    all.map((one) => one.querySelector(".control-text label")?.innerText.trim()))).indexOf(label);
  if (at < 0) return false;
  const box = boxes.nth(at);
  const field = box.locator("textarea, input[type=text]");
  if (await field.count()) {
    await field.first().fill(answer);
    await field.first().blur();
    return true;
  }
  for (const option of answer.split(" ")) await box.locator(`label[for$="_${option}"]`).first().click();
  return true;
}

async function person(page, xml, labels, notes, one) {
  await page.goto("http://form.localhost/");
  await page.waitForFunction(() => window.show);
  await page.evaluate((text) => window.show(text), xml);
  await page.waitForSelector(".question-container");
  const complaints = [];
  for (const variable of one.asked.filter((name) => name in one.answers)) {
    if (!(await give(page, labels[variable], one.answers[variable]))) complaints.push(`${variable} is not asked`);
  }
  await page.waitForTimeout(50);
  const seen = await shownTexts(page);
  const byLabel = new Map(Object.entries(labels).map(([variable, label]) => [label, variable]));
  const asked = seen.filter((text) => byLabel.has(text)).map((text) => byLabel.get(text));
  const shown = seen.filter((text) => notes.includes(text)).sort();
  if (JSON.stringify(asked) !== JSON.stringify(one.asked)) {
    complaints.push(`asked ${asked} and not ${one.asked}`);
  }
  if (JSON.stringify(shown) !== JSON.stringify([...one.shown].sort())) {
    complaints.push(`shows ${JSON.stringify(shown)} and not ${JSON.stringify(one.shown)}`);
  }
  return complaints;
}

const browser = await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1024, height: 1400 } });
await page.route("**", answer);
let wrong = 0;
for (let i = 0; i < forms.length; i += 2) {
  const xml = fs.readFileSync(forms[i], "utf8");
  const { labels, notes, people } = JSON.parse(fs.readFileSync(forms[i + 1], "utf8"));
  const routes = new Set();
  let bad = 0;
  for (const [number, one] of people.entries()) {
    const complaints = await person(page, xml, labels, notes, one);
    routes.add(one.asked.join(" "));
    for (const complaint of complaints) console.log(`${path.basename(forms[i])}, person ${number + 1}: ${complaint}`);
    bad += complaints.length ? 1 : 0;
  }
  await page.screenshot({ path: path.join(pictures, `${path.basename(forms[i], ".xml")}.png`), fullPage: true });
  wrong += bad;
  console.log(`${path.basename(forms[i])}: ${people.length} people, ${routes.size} routes, ${bad} asked otherwise`);
}
await browser.close();
process.exit(wrong ? 1 : 0);

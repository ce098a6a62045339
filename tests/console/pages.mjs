// Every page: nothing for axe-core, nothing for the console, nothing from elsewhere, no wider than its window, in both languages.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import https from "node:https";
import { DESKTOP, NARROW, Window } from "./browser.mjs";
import { Pa11y } from "./pa11y.mjs";
import { INSPECTION, TOP } from "./stand.mjs";
import { chrome, stand } from "./whole.mjs";

const isShort = process.env.PERSPECTIVE_SHORT === "yes";
const ONE = `#/inspections/${INSPECTION}`;
const DRAFT = "#/inspections/lewes-2012";
/** By whose eyes. */
const PAGES = {
  administrator: { home: "#/", kiosks: "#/kiosks", kiosk: "#/kiosks/Front%20office", people: "#/people", person: "#/people/ines", account: "#/account", audit: "#/audit",
    "audit-older": "#/audit/2" },
  ines: { new: "#/inspections/new", overview: ONE, settings: `${ONE}/settings`, tokens: `${DRAFT}/tokens`, keys: `${ONE}/keys`, withdrawal: `${DRAFT}/withdrawal`, comments: `${ONE}/comments`, concerns: `${ONE}/concerns`,
    paper: `${ONE}/paper`, key: `${ONE}/paper/victims/en`, exports: `${ONE}/exports`, reconciliation: `${ONE}/reconciliation`, tally: `${ONE}/tally`, "tally-answered": `${ONE}/tally/victims`, "tally-finding": `${ONE}/tally/victims/satisfied`, section: `${ONE}/section`,
    editor: `${ONE}/section/full/en`, release: `${ONE}/release`, "release-answered": `${ONE}/release/victims`, "release-finding": `${ONE}/release/victims/satisfied`, programmes: "#/programmes", programme: `${ONE}/programme` },
  sara: { "concerns-lead": `${ONE}/concerns`, "overview-lead": ONE },
  alun: { "home-analyst": "#/", "overview-analyst": ONE, "release-analyst": `${ONE}/release`, "programme-analyst": "#/programmes" },
  dafydd: { "paper-entry": `${ONE}/paper`, "key-entry": `${ONE}/paper/children-and-young-people/cy` },
};

// What whoever neither asks nor counts reads of a questionnaire is its title, in the page's language.
const READERS = ["sara", "alun"];
const TITLES = { en: ["Questions for children and young people", "Questions for victims of crime"], cy: ["Cwestiynau i blant a phobl ifanc", "Cwestiynau i ddioddefwyr trosedd"] };

/** @param {Window} window @param {string} page @param {"en" | "cy"} language */
async function readsTitles(window, page, language) {
  const words = await window.page.locator("main").innerText();
  assert.doesNotMatch(words, /children-and-young-people/, `${page}, ${language}: an id in the place of a title`);
  if (page.startsWith("overview")) for (const title of TITLES[language]) assert.ok(words.includes(title), `${page}, ${language}: ${title}`);
}

/** As pages.js names them, with their parts that take another's place. */
function addresses() {
  const text = fs.readFileSync(path.join(TOP, "collector/console/js/pages.js"), "utf8");
  const one = /^const ONE = "([^"]+)";$/m.exec(text)[1];
  return [...text.matchAll(/\{ path: (?:ONE|"([^"]*)"|`([^`]*)`),/g)].map(([, plain, made]) => plain ?? made?.replace("${ONE}", one) ?? one);
}

test("no page is left out of those that are judged here", () => {
  const judged = Object.values(PAGES).flatMap((pages) => Object.values(pages)).map((place) => place.slice("#/".length));
  const all = addresses();
  assert.equal(all.length, fs.readFileSync(path.join(TOP, "collector/console/js/pages.js"), "utf8").match(/\bdraw: \w+ \}/g).length);
  // A fixed part stands before one that takes its place.
  const drawnAt = (place) => all.find((address) => new RegExp(`^${address.replace(/:\w+/g, "[^/]+")}$`).test(place));
  assert.deepEqual(judged.filter((place) => drawnAt(place) === undefined), []);
  assert.deepEqual(all.filter((address) => !judged.some((place) => drawnAt(place) === address)), []);
});

const ways = [["en", DESKTOP], ["cy", NARROW], ["cy", DESKTOP], ["en", NARROW]].slice(0, isShort ? 2 : 4);

for (const [language, viewport] of ways) {
  test(`every page is sound in ${language} at ${viewport.width} px`, { timeout: 300_000 }, async () => {
    const faults = [];
    const how = { language, viewport, pictures: process.env.PERSPECTIVE_PICTURES };
    const stranger = await Window.open(chrome, stand.address, how);
    await stranger.go("#/");
    await stranger.judge("sign-in");
    await stranger.go("join#somebody.0123456789");
    await stranger.judge("join");
    faults.push(...await stranger.end());
    for (const [name, pages] of Object.entries(PAGES)) {
      const window = await Window.open(chrome, stand.address, how);
      await window.signIn(name);
      for (const [page, place] of Object.entries(pages)) {
        await window.go(place);
        assert.ok(await window.isShown(), `${page}, ${language}: cannot be shown to ${name}`);
        await window.judge(page);
        if (READERS.includes(name)) await readsTitles(window, page, language);
      }
      faults.push(...await window.end());
    }
    assert.deepEqual(faults, []);
  });
}

for (const language of isShort ? [] : ["en", "cy"]) {
  test(`pa11y finds nothing in ${language}`, { timeout: 600_000 }, async () => {
    const judge = await Pa11y.open({ modules: process.env.PERSPECTIVE_MODULES, chromium: "/usr/bin/chromium" });
    const faults = [];
    try {
      for (const place of ["#/", "join#somebody.0123456789"]) {
        const found = await judge.judge(stand.address, place, { cookies: [], language, viewport: DESKTOP, isSignedIn: false });
        faults.push(...found.map((words) => `${place}: ${words}`));
      }
      for (const [name, pages] of Object.entries(PAGES)) {
        const window = await Window.open(chrome, stand.address, { language });
        await window.signIn(name);
        const cookies = (await window.context.cookies()).filter((one) => one.name.startsWith("__Host-"));
        for (const [page, place] of Object.entries(pages)) {
          const found = await judge.judge(stand.address, place, { cookies, language, viewport: DESKTOP, isSignedIn: true });
          faults.push(...found.map((words) => `${page}: ${words}`));
        }
        await window.end();
      }
    } finally {
      await judge.end();
    }
    assert.deepEqual(faults, []);
  });
}

test("what the judge must see, it sees", { timeout: 60_000 }, async () => {
  const window = await Window.open(chrome, stand.address);
  await window.signIn("ines");
  await window.page.evaluate(() => {
    document.querySelector("main").append(Object.assign(document.createElement("img"), { src: "https://elsewhere.example/a.png" }), Object.assign(document.createElement("div"), { className: "wide" }));
    Object.assign(document.querySelector(".wide").style, { width: "3000px", height: "10px" });
  });
  await window.judge("spoilt");
  const faults = (await window.end()).join("\n");
  for (const wanted of [/axe image-alt/, /another host/, /Content Security Policy/, /wider than its window/]) assert.match(faults, wanted);
});

test("pages forbid what they do not need, and the API goes on forbidding everything", async () => {
  const head = (path) => new Promise((resolve, reject) => {
    https.get({ host: "127.0.0.1", port: stand.peoplePort, path, ca: stand.authority }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, ...answer.headers });
    }).on("error", reject);
  });
  const page = await head("/");
  assert.match(page["content-security-policy"], /default-src 'none'; script-src 'self'; style-src 'self'/);
  assert.doesNotMatch(page["content-security-policy"], /unsafe|data:|https?:/);
  assert.equal(page["x-content-type-options"], "nosniff");
  assert.equal(page["referrer-policy"], "no-referrer");
  assert.equal(page["cross-origin-resource-policy"], "same-origin");
  assert.equal(page["cache-control"], "no-cache");
  assert.equal((await head("/v1/inspections"))["content-security-policy"], "default-src 'none'; frame-ancestors 'none'");
  assert.equal((await head("/console/../keys/authority.pem")).status, 404);
});

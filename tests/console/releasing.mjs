// What may leave: read in words, frozen, and read by whoever works with it; and work that takes long, which can be given up.
import assert from "node:assert/strict";
import { test } from "node:test";
import { NARROW, Window } from "./browser.mjs";
import { kept } from "./doing.mjs";
import { INSPECTION, PASSPHRASE } from "./stand.mjs";
import { chrome, stand } from "./whole.mjs";

const TIMEOUT = { timeout: 180_000 };
const ONE = `#/inspections/${INSPECTION}`;

async function as(name, work, how = {}) {
  const window = await Window.open(chrome, stand.address, { pictures: process.env.PERSPECTIVE_PICTURES, ...how });
  await window.signIn(name);
  await work(window.page, window);
  assert.deepEqual(await window.end(), []);
}

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const done = (page, words) => page.getByText(words).first().waitFor();

/** Of each finding: what it is on, what is said, and why nothing is. */
const rowsOf = (page) => page.locator(".app-table tbody tr").evaluateAll((rows) => rows.map((row) => {
  const [on, said] = [row.querySelector("th"), row.querySelector("td")];
  return { on: on.textContent, said: said.querySelector("span > span").firstChild.textContent, why: said.querySelector(".app-quiet")?.textContent ?? "" };
}));

for (const [language, nothing] of [["en", "Nothing"], ["cy", "Dim"]]) {
  test(`what a release would say is read in words, and why it says nothing, in ${language}`, TIMEOUT, async () => {
    await as("ines", async (page, window) => {
      await window.go(`${ONE}/release`);
      const rows = await rowsOf(page);
      assert.equal(rows.length, 31, "one for each finding of the two questionnaires");
      for (const row of rows) assert.doesNotMatch(row.on, /[a-z]_[a-z]/);
      assert.equal(new Set(rows.map((row) => row.on)).size, rows.length, "no two are told apart by nothing");
      const silent = rows.filter((row) => row.said === nothing);
      assert.ok(silent.length > 0 && silent.length < rows.length, `${silent.length} say nothing`);
      assert.deepEqual(silent.filter((row) => !row.why), [], "each that says nothing says why");
      assert.deepEqual(rows.filter((row) => row.said !== nothing && row.why), [], "and no other");
    }, { language });
  });
}

/** What is asked of the collector under an address takes so long that somebody gives it up. */
async function givenUp(page, pattern, begin) {
  let held;
  await page.route(pattern, (route) => {
    held = route;
  });
  await begin();
  await page.getByRole("progressbar", { name: "Working on it …" }).waitFor();
  assert.match(await page.locator("main").innerText(), /For \d seconds? so far/);
  await press(page, "Cancel");
  await done(page, "This page no longer waits for it.");
  assert.equal(await page.getByRole("progressbar").count(), 0);
  await held.abort().catch(() => {}); // else it goes to the collector once nothing holds it any more
  await page.unroute(pattern);
}

test("opening, exporting and a step that is taken show that they go on, and are given up by who will not wait", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go(`${ONE}/exports`);
    await givenUp(page, "**/rows?*", () => press(page, "Download"));
    await window.go(`${ONE}/section`);
    await givenUp(page, "**/section?*docx*", () => press(page, "Download for Word"));
    await window.go("#/inspections/lewes-2012");
    await press(page, "End the fieldwork");
    await givenUp(page, "**/end-fieldwork", () => press(page, "Yes: End the fieldwork"));
    for (const words of await window.violations()) assert.fail(words);
    await window.go(ONE);
    await press(page, "Lock now");
    await page.getByLabel("Passphrase").fill(PASSPHRASE);
    await givenUp(page, "**/unlock", () => press(page, "Unlock"));
    await page.getByLabel("Passphrase").fill(PASSPHRASE);
    await press(page, "Unlock");
    await done(page, "The answers are unlocked.");
  });
});

/** Each figure of it leads to what the release says of that. */
async function readsTheSection(page, window) {
  await page.getByText("Read the section", { exact: true }).click();
  const figures = page.locator("article.app-section a[href*='/release/']");
  await figures.first().waitFor();
  const cells = await figures.evaluateAll((all) => all.map((one) => one.getAttribute("href").split("/release/")[1]));
  assert.ok(new Set(cells).size >= 20, `${new Set(cells).size} findings`);
  const missing = await page.evaluate((all) => all.filter((one) => !document.getElementById(`cell-${one.replace("/", "-")}`)), cells);
  assert.deepEqual(missing, []);
  for (const words of await window.violations()) assert.fail(words);
  await window.picture("release-read");
  await figures.first().click();
  await page.waitForFunction((id) => document.activeElement.id === id, `cell-${cells[0].replace("/", "-")}`);
}

test("an inspector looks at what one finding more would give away, and freezes the release; an analyst reads what is said and no reason", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go(`${ONE}/release`);
    await page.getByText("State one finding more").click();
    await page.getByLabel("Finding", { exact: true }).selectOption({ label: "Victims: Did the YOS think about what you needed? Yes" });
    await page.getByLabel("Why is it to be stated?").fill("the board asked");
    await press(page, "Look at what that would give away");
    await done(page, /^Of .*it would state \d+ of \d+\./);
    const told = await page.evaluate(() => ({ role: document.activeElement.getAttribute("role"), words: document.activeElement.innerText,
      name: document.getElementById(document.activeElement.getAttribute("aria-labelledby"))?.innerText }));
    assert.equal(told.role, "group", "who listens is brought to the answer");
    assert.match(told.name ?? "", /^Of “Did the YOS think about what you needed\? Yes” it would state \d+ of \d+\.\s+(The auditor finds nothing more|Beside what it states, it would give away)/);
    assert.match(told.words, /Yes: |State it|State/);
    assert.doesNotMatch(await page.locator("main").innerText(), /[a-z]_[a-z]/);
    for (const words of await window.violations()) assert.fail(words);
    await window.picture("release-tried");
    // Somebody answered on paper, and nobody has settled it.
    await done(page, "It cannot be frozen now:");
    await page.getByRole("link", { name: "Paper", exact: true }).click();
    await page.getByRole("button", { name: /^Discard what was keyed \w/ }).first().click();
    await page.getByLabel("Your reason").first().fill("keyed as a trial");
    await page.getByLabel("No: it waits no more").first().check();
    await page.getByRole("button", { name: "Discard what was keyed", exact: true }).first().click();
    await done(page, "The form is not keyed again.");
    await page.getByRole("link", { name: "Release", exact: true }).click();
    await press(page, "Freeze the release");
    await press(page, "Yes: Freeze the release");
    await done(page, "The release is frozen.");
    await done(page, "The frozen release: Victims");
  });
  await as("alun", async (page, window) => {
    await window.go(`${ONE}/release`);
    const rows = await rowsOf(page);
    assert.equal(rows.length, 31);
    assert.deepEqual(rows.filter((row) => row.why), []);
    await window.judge("release-analyst");
    await readsTheSection(page, window);
  });
});

test("an edited release names no amount of its own and quotes nobody else; the text as it is kept is downloaded", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go(`${ONE}/release`);
    await page.getByRole("link", { name: "Edit the text: English", exact: true }).click();
    const text = page.locator("textarea[name=text]");
    await text.waitFor();
    const generated = await text.inputValue();
    await done(page, /It may name no amount .* in the same sentence, and no words of young people or victims that the release does not quote\./);
    await text.fill(generated.replace("\n\n", "\n\nThree of them came late.\n\n"));
    await press(page, "Save the text");
    await done(page, "The text is not saved: the release does not say these amounts in their sentence");
    await done(page, /Paragraph 2: “Three/);
    assert.equal(await page.getByRole("button", { name: "Yes: these words count nobody. Save the text" }).count(), 0);
    for (const words of await window.violations()) assert.fail(words);
    await window.picture("editor-refused");
    assert.match(await text.inputValue(), /Three of them came late/, "nothing typed is lost");
    // The first two who wrote anything: what somebody chose of them, and read, may stand.
    const words = ["through it slowly and asked if i got it", "a college taster now feel surer of myself"].find((one) => !generated.includes(one));
    await text.fill(generated.replace("\n\n", `\n\nThey wrote: “${words}”.\n\n`));
    await press(page, "Save the text");
    await done(page, "The text is not saved: the release does not quote these words");
    await done(page, `Paragraph 2: “${words}” (not chosen)`);
    for (const said of await window.violations()) assert.fail(said);
    await window.picture("editor-quotation-refused");
    await text.fill(generated.replace("\n\n", "\n\nSome of them came late.\n\n"));
    await press(page, "Save the text");
    await done(page, "The text is saved, sealed.");
    const file = await kept(page, () => press(page, "Download as text"));
    assert.match(file.content.toString(), /Some of them came late/);
    for (const words of await window.violations()) assert.fail(words);
    await window.picture("editor-kept");
    await page.getByRole("link", { name: "Release", exact: true }).click();
    await done(page, /^English: edited by ines, /);
    const edited = await kept(page, () => page.getByRole("button", { name: "Download as text English", exact: true }).click());
    assert.match(edited.content.toString(), /Some of them came late/);
    const section = await kept(page, () => press(page, "Download as text"));
    assert.doesNotMatch(section.content.toString(), /Some of them came late/, "as it is generated");
    await page.getByText("Files in another language: Cymraeg").click();
    const welsh = await kept(page, () => page.getByRole("button", { name: "Download as text Cymraeg", exact: true }).click());
    assert.match(welsh.name, /^croydon-2012-section-release\.cy\.txt$/);
    for (const format of ["Download what its columns mean", "Download as JSON"]) assert.ok((await kept(page, () => press(page, format))).content.length > 100);
  });
});

const TAKEN = "through it slowly and asked if i got it"; // words of a comment that nobody chose
const IN = /** @type {const} */ ([["en", {}, "Save the text", "does not say these amounts in their sentence", "does not quote these words of young people or victims", "Paragraph 2: “Three"],
  ["cy", { viewport: NARROW }, "Cadw'r testun", "nid yw'r datganiad yn dweud y symiau hyn yn eu brawddeg", "nid yw'r datganiad yn dyfynnu'r geiriau hyn gan bobl ifanc neu ddioddefwyr", "Paragraff 2: “Three"]]);
for (const [language, how, save, amounts, quotations, place] of IN) {
  test(`what an edited release may not have is said at once, amounts and quotations, in ${language}`, TIMEOUT, async () => {
    await as("ines", async (page, window) => {
      await window.go(`${ONE}/section/release/en`);
      const text = page.locator("textarea[name=text]");
      await text.fill((await text.inputValue()).replace("\n\n", `\n\nThree of them wrote: “${TAKEN}”.\n\n`));
      await press(page, save);
      for (const words of [amounts, quotations, place, TAKEN]) await page.locator(".app-ask").getByText(words).first().waitFor();
      for (const words of ["Three", TAKEN]) assert.equal(await page.locator(".app-ask [lang=en]", { hasText: new RegExp(`^${words}$`) }).count(), 1, `${words}: in the language of the text`);
      for (const words of await window.violations()) assert.fail(words);
      await window.judge(`editor-both-refused-${language}`);
    }, { language, ...how });
  });
}

test("a text that comes too late stays in its field, and what is confirmed of it is confirmed of these words alone", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go(`${ONE}/section/release/en`);
    const text = page.locator("textarea[name=text]");
    const before = await text.inputValue();
    const confirm = page.getByRole("button", { name: "Yes: these words count nobody. Save the text" });
    await text.fill(`${before}\n\nInspectors had no concerns.`);
    await press(page, "Save the text");
    await confirm.waitFor();
    await text.fill(`${before}\n\nInspectors had no concerns about all of that.`);
    await confirm.click();
    await page.locator(".app-ask").getByText("“all”").waitFor();
    // Somebody else saves theirs meanwhile.
    const path = `/v1/inspections/${INSPECTION}/section/text`;
    const read = await stand.people.ines.ask("GET", `${path}?kind=release&language=en`);
    const kept = await stand.people.ines.ask("POST", path, { kind: "release", language: "en", text: before, version: read.version, words_as_of: read.words_as_of });
    assert.ok(kept.is_kept);
    await confirm.click();
    await page.getByRole("alert").getByText("What you typed is not kept. Copy it before you open this section again.").waitFor();
    assert.match(await text.inputValue(), /no concerns about all of that\.$/);
    for (const words of await window.violations()) assert.fail(words);
    await window.picture("editor-too-late");
  });
});

test("a button that the collector refuses says why, beside it", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go(`${ONE}/section`);
    await stand.people.ines.ask("POST", `/v1/inspections/${INSPECTION}/lock`, {});
    await press(page, "In Welsh");
    const dialog = page.getByRole("dialog", { name: "The answers are locked" });
    await dialog.waitFor();
    await page.locator("main [role=alert]").filter({ hasText: "The answers were locked" }).waitFor();
    for (const words of await window.violations()) assert.fail(words);
    await window.picture("button-refused");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await stand.people.ines.ask("POST", `/v1/inspections/${INSPECTION}/unlock`, { passphrase: PASSPHRASE });
    await press(page, "In Welsh");
    await page.locator("article.app-section[lang=cy]").waitFor();
    assert.equal(await page.getByRole("alert").count(), 0);
  });
});

test("before a step that cannot be undone the page says that no release is frozen", TIMEOUT, async () => {
  stand.create("bexhill-2012", { area: "Bexhill" });
  for (const step of ["open", "end-fieldwork"]) stand.say(["inspection", step, "bexhill-2012"]);
  await as("ines", async (page, window) => {
    await window.go("#/inspections/bexhill-2012");
    await done(page, /^No release is frozen\. Once the inspection is published none can be frozen any more/);
    await window.judge("overview-norelease");
    await page.getByRole("link", { name: "Look at the release" }).click();
    await page.waitForSelector("h1:has-text('Release')");
    await window.go(ONE);
    await page.getByRole("heading", { name: "Next step" }).waitFor();
    assert.equal(await page.getByText("No release is frozen.").count(), 0, "where there is one");
  });
});

// As collector/release/history.cc names them; the reference inspection gives none of them away.
const FOUND = [
  ["count of listened_to", "“Heard? Yes”"],
  ["base of listened_to, in release 1", "release 1"],
  ["count of listened_to, who came between releases 1 and 2", "came between releases 1 and 2"],
  ["count of listened_to, who left between releases 2 and 13", "left between releases 2 and 13"],
  ["option of listened_to: yes, no, in all releases", "in all releases"],
  ["count of listened_to, in release 2 alone", "in release 2 alone"],
  ["count of listened_to, in releases 1 and 2 alone", "in releases 1 and 2 alone"],
];

test("what several releases give away together is said in words, in both languages", TIMEOUT, async () => {
  for (const language of ["en", "cy"]) {
    await as("ines", async (page) => {
      const said = await page.evaluate(async (names) => {
        const { exposureWords } = await import("/console/js/pages/finding.js");
        const { h } = await import("/console/js/dom.js");
        const about = { victims: { heading: "", findings: { listened_to: { on: "", question: "Heard?", counted: ["Yes"] } } } };
        const words = (cell) => exposureWords({ language: "en", about, words: {}, release: { parts: [] } }, { cell, values: [1, 2], relation: ["release 1: listened_to", "release 2: stated: listened_to"] }, "victims", { language: "en", ask: () => "Heard?" });
        return names.map(([cell]) => h("p", {}, words(cell)).textContent);
      }, FOUND);
      said.forEach((words, i) => {
        assert.doesNotMatch(words, /listened_to|stated:|“release|[{}]/);
        if (language === "en") assert.ok(words.includes(FOUND[i][1]), words);
        else assert.doesNotMatch(words, /\b(release|releases|came|left|alone|all)\b/);
        assert.equal(words.match(/“Heard\?/g).length, 3, words);
      });
    }, { language });
  }
});

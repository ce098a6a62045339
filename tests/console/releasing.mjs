// What may leave: read in words, frozen, and read by whoever works with it; and work that takes long, which can be given up.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Window } from "./browser.mjs";
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

test("an inspector looks at what one finding more would give away, and freezes the release; an analyst reads what is said and no reason", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go(`${ONE}/release`);
    await page.getByText("State one finding more").click();
    await page.getByLabel("Finding", { exact: true }).selectOption({ label: "Victims: Did the YOS think about what you needed? Yes" });
    await page.getByLabel("Why is it to be stated?").fill("the board asked");
    await press(page, "Look at what that would give away");
    await done(page, /It would state \d+ of \d+\./);
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
  });
});

test("an edited release names no amount of its own and quotes nobody else; the text as it is kept is downloaded", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go(`${ONE}/section/release/en`);
    const text = page.locator("textarea[name=text]");
    const generated = await text.inputValue();
    await text.fill(generated.replace("\n\n", "\n\nThree of them came late.\n\n"));
    await press(page, "Save the text");
    await done(page, "The text is not saved: the release does not say these amounts in their paragraph");
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
  });
});

// What is typed to invite somebody, at a programme, slips, a reason, and chosen of a cross-tab outlives the language; no passphrase does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { as, done, judged, press, speak } from "./doing.mjs";
import { INSPECTION, PASSPHRASE } from "./stand.mjs";

const TIMEOUT = { timeout: 180_000 };
const ONE = `#/inspections/${INSPECTION}`;

/** By the names of fields; they stand there in both languages, and are gone once they are done with. */
async function isKept(window, address, fields) {
  const { page } = window;
  await window.go(address);
  for (const [name, value] of Object.entries(fields)) await page.locator(`main [name=${name}]`).first().fill(value);
  for (const language of ["Cymraeg", "English"]) {
    await speak(window, language);
    for (const [name, value] of Object.entries(fields)) assert.equal(await page.locator(`main [name=${name}]`).first().inputValue(), value, `${address}: ${name} in ${language}`);
  }
}

test("whom somebody invites, and which kiosk, outlives the language", TIMEOUT, async () => {
  await as("administrator", async (page, window) => {
    await isKept(window, "#/people", { name: "nia", shown: "Nia Rees" });
    await page.getByLabel("Analyst").check();
    await press(page, "Invite somebody");
    await page.locator("main textarea[readonly]").waitFor();
    await speak(window, "Cymraeg");
    assert.equal(await page.locator("main [name=name]").inputValue(), "", "it is done");
    await speak(window, "English");
    await isKept(window, "#/kiosks", { name: "Waiting room" });
  });
});

test("a programme that is being made outlives the language, but for its passphrases, and says how its short name is wrong", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await isKept(window, "#/programmes", { title: "Core case inspections", id: "Core 2012" });
    const passphrases = page.locator("main form").filter({ has: page.locator("[name=title]") }).locator("input[type=password]");
    assert.equal(await passphrases.count(), 4);
    for (const one of await passphrases.all()) await one.fill(PASSPHRASE);
    await press(page, "Make a programme");
    await page.getByText("A short name has small letters, digits and hyphens, and begins with a letter or a digit").first().waitFor();
    await speak(window, "Cymraeg");
    for (const one of await passphrases.all()) assert.equal(await one.inputValue(), "");
    await speak(window, "English");
    await press(page, "Throw away what I typed");
  });
});

test("how many slips, and the reason to state more, outlive the language", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await isKept(window, "#/inspections/lewes-2012/tokens", { count: "12" });
    await press(page, "Throw away what I typed");
    await window.go(`${ONE}/release`);
    await page.getByText("State one finding more").first().click();
    await page.locator("main [name=reason]").fill("the service asked");
    await speak(window, "Cymraeg");
    assert.ok(await page.locator("main [name=reason]").isVisible());
    assert.equal(await page.locator("main [name=reason]").inputValue(), "the service asked");
    await speak(window, "English");
    await press(page, "Throw away what I typed");
  });
});

test("a list at the tally leads to each of its questions", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go(`${ONE}/tally`);
    const contents = page.locator("details").filter({ hasText: "Questions on this page" }).first();
    await contents.locator("summary").click();
    const last = contents.getByRole("link").last();
    const words = await last.innerText();
    await last.click();
    assert.ok((await page.evaluate(() => document.activeElement.textContent)).endsWith(words));
    assert.ok(await page.evaluate(() => document.activeElement.getBoundingClientRect().top < innerHeight), "and it is seen");
    await judged(window, "tally-contents");
  });
});

test("of whom two questions are set against each other outlives the language", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go(`${ONE}/tally`);
    await page.getByText("Set two questions against each other").first().click();
    const place = page.locator("details").filter({ hasText: "Set two questions against each other" }).first();
    await place.locator("select[name=rows]").selectOption("satisfaction");
    await place.getByLabel("Question to add").selectOption("order_type");
    await press(place, "Add this question");
    await page.locator("[data-variable=order_type] input").first().check();
    for (const language of ["Cymraeg", "English"]) {
      await speak(window, language);
      assert.equal(await page.locator("select[name=rows]").first().inputValue(), "satisfaction", language);
      assert.ok(await page.locator("[data-variable=order_type] input").first().isChecked(), language);
      assert.ok(await page.locator("[data-variable=order_type] input").first().isVisible(), language);
    }
    assert.equal(await page.getByText("Throw away what I typed").count(), 0, "nothing could be saved of it");
    await press(place, "Show the table");
    await done(page, "Only people who answered");
  });
});

// What somebody has typed and not saved stands there again, whatever takes the page away: another language, another page, a session
// that ends by itself. It stays in the page's memory, for that person alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Window } from "./browser.mjs";
import { as, done, follow, press, signIn, sound, speak } from "./doing.mjs";
import { INSPECTION } from "./stand.mjs";
import { chrome, stand } from "./whole.mjs";

const TIMEOUT = { timeout: 180_000 };
const ONE = `#/inspections/${INSPECTION}`;
const EDITOR = `${ONE}/section/full/en`;
const AGAIN = "What you typed here and did not save stands here again.";

const text = (page) => page.locator("textarea[name=text]");
async function type(page, words) {
  await text(page).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(words);
}

test("the text of the editor outlives another language, another page and the way back, until it is saved or thrown away", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go(EDITOR);
    const generated = await text(page).inputValue();
    assert.equal(await page.getByText(AGAIN).count(), 0);
    await type(page, " Not saved.");
    await speak(window, "Cymraeg");
    assert.match(await text(page).inputValue(), /Not saved\.$/, "after another language");
    await speak(window, "English");
    await follow(page, "Tally");
    await page.locator(".app-chart").first().waitFor();
    await page.goBack();
    await text(page).waitFor();
    assert.match(await text(page).inputValue(), /Not saved\.$/, "after another page");
    await done(page, AGAIN);
    await sound(window);
    await window.picture("editor-again");
    await press(page, "Throw away what I typed");
    assert.equal(await text(page).inputValue(), generated);
    assert.equal(await page.getByText(AGAIN).count(), 0);
    await window.go(`${ONE}/tally`);
    await window.go(EDITOR);
    assert.equal(await text(page).inputValue(), generated, "thrown away for good");
    assert.equal(await page.getByText(AGAIN).count(), 0);
  });
});

test("a text that somebody else saved meanwhile is not written over by one that stands there again", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go(EDITOR);
    await type(page, " Of before.");
    await window.go(`${ONE}/tally`);
    const found = await stand.people.ines.ask("GET", `/v1/inspections/${INSPECTION}/section/text?kind=full&language=en&reason=a%20test`);
    const { is_kept: isKept } = await stand.people.ines.ask("POST", `/v1/inspections/${INSPECTION}/section/text`, { kind: "full", language: "en", text: `${found.generated.join("\n\n")} Of another.`,
      version: found.version, words_as_of: found.words_as_of, confirmed_numbers: [] });
    assert.ok(isKept);
    await window.go(EDITOR);
    assert.match(await text(page).inputValue(), /Of before\.$/);
    await press(page, "Save the text");
    await page.waitForSelector(".govuk-error-summary:focus");
    assert.match(await text(page).inputValue(), /Of before\.$/, "nothing typed is lost");
    await press(page, "Throw away what I typed");
    assert.match(await text(page).inputValue(), /Of another\.$/);
  });
});

test("a form that is keyed to the half outlives another language and another page", TIMEOUT, async () => {
  await as("dafydd", async (page, window) => {
    const key = "#/inspections/lewes-2012/paper/victims/en";
    await window.go(key);
    await page.getByLabel("Letters of the form").fill("BCD-FGH-JKL");
    await page.getByRole("group", { name: "1. Did the YOS tell you" }).getByLabel("2. No").check();
    await page.locator("textarea").last().fill("half of it");
    const isThere = async () => {
      assert.equal(await page.getByLabel("Letters of the form").inputValue(), "BCD-FGH-JKL");
      assert.ok(await page.getByRole("group", { name: "1. Did the YOS tell you" }).getByLabel("2. No").isChecked());
      assert.equal(await page.locator("textarea").last().inputValue(), "half of it");
    };
    await speak(window, "Cymraeg");
    await speak(window, "English");
    await isThere();
    await follow(page, "Paper");
    await page.getByRole("link", { name: "Questions for victims of crime, English" }).click();
    await page.getByRole("button", { name: "Keep this form" }).waitFor();
    await isThere();
    await sound(window);
    await window.picture("key-again");
    await press(page, "Throw away what I typed");
    assert.equal(await page.getByLabel("Letters of the form").inputValue(), "");
    assert.ok(!await page.getByRole("group", { name: "1. Did the YOS tell you" }).getByLabel("2. No").isChecked());
    await page.getByLabel("Letters of the form").fill("BCD-FGH-JKL");
    await follow(page, "Back without keeping anything");
    await page.getByRole("link", { name: "Questions for victims of crime, English" }).click();
    await page.getByRole("button", { name: "Keep this form" }).waitFor();
    assert.equal(await page.getByLabel("Letters of the form").inputValue(), "", "going back without keeping anything keeps nothing");
  });
});

test("typing is a sign that somebody is there; after a time-out the text waits for whoever typed it, and for nobody else", TIMEOUT, async () => {
  const window = await Window.open(chrome, stand.address);
  const { page } = window;
  await page.clock.install();
  const timesOut = async () => {
    for (const time of ["14:00", "02:00"]) await page.clock.fastForward(time);
    await page.getByLabel("Your sign-in name").waitFor();
  };
  const open = async () => {
    await window.go(EDITOR);
    await text(page).waitFor();
  };
  await window.go("#/");
  await signIn(window, "ines");
  await open();
  for (const part of [" One", " two", " three"]) {
    await page.clock.fastForward("10:00");
    const asked = page.waitForResponse(/\/v1\/people\/me$/);
    await type(page, part);
    await page.clock.fastForward("00:02");
    await asked;
  }
  assert.equal(await page.locator("dialog").count(), 0);
  await timesOut();
  assert.doesNotMatch(await page.locator("body").innerText(), /One two three/);
  await signIn(window, "ines");
  await open();
  assert.match(await text(page).inputValue(), /One two three$/);
  await timesOut();
  await signIn(window, "dafydd");
  await page.locator("[data-name=sign-out]").click();
  await page.getByLabel("Your sign-in name").waitFor();
  await signIn(window, "ines");
  await open();
  assert.doesNotMatch(await text(page).inputValue(), /One two three/, "somebody else has been here");
  await type(page, " Signed out.");
  await page.locator("[data-name=sign-out]").click();
  await page.getByLabel("Your sign-in name").waitFor();
  await signIn(window, "ines");
  await open();
  assert.doesNotMatch(await text(page).inputValue(), /Signed out/, "signing out leaves nothing");
  assert.deepEqual(await window.end(), []);
});

// What an inspector settles in a third look, and writes at a comment or a concern, stands there again too: after another language,
// another page and a time-out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { as, done, follow, judged, press, signIn, speak } from "./doing.mjs";
import { INSPECTION, PASSPHRASE } from "./stand.mjs";
import { stand } from "./whole.mjs";

const TIMEOUT = { timeout: 180_000 };
const ONE = `#/inspections/${INSPECTION}`;
const OTHER = "seaford-2012"; // nobody else's forms are counted there
const PAPER = `#/inspections/${OTHER}/paper`;
const DROP = "Throw away what I typed";

/** A form that two people keyed; its letters. */
async function keyed(questionnaire, [first, second]) {
  const [letters] = await stand.print(questionnaire, 1, OTHER);
  for (const [name, answers] of [["dafydd", first], ["delyth", second]])
    await stand.people[name].ask("POST", `/v1/inspections/${OTHER}/paper/keyings`, { reference: letters, questionnaire, language: "en", answers });
  return letters;
}

const form = (page, letters) => page.locator("section.app-comment").filter({ hasText: letters });

test("a third look that is settled to the half outlives another language, another page and a time-out", TIMEOUT, async () => {
  stand.create(OTHER, { area: "Seaford" });
  stand.say(["inspection", "open", OTHER]);
  await stand.people.ines.ask("POST", `/v1/inspections/${OTHER}/unlock`, { passphrase: PASSPHRASE });
  const letters = await keyed("victims", [{ services_explained: "yes", anything_else: "they rang me" }, { services_explained: "no", anything_else: "they rang" }]);
  await as("ines", async (page, window) => {
    await page.clock.install();
    const third = form(page, letters);
    const isThere = async () => {
      await third.getByRole("group", { name: /^1\. / }).waitFor();
      assert.ok(await third.getByRole("group", { name: /^1\. / }).getByLabel(/^1\. /).isChecked());
      assert.equal(await third.locator("textarea").inputValue(), "they rang me twice");
    };
    await window.go(PAPER);
    await press(page, `Look at the differences ${letters}`);
    await third.getByRole("group", { name: /^1\. / }).getByLabel(/^1\. /).check();
    await third.locator("textarea").fill("they rang me twice");
    await speak(window, "Cymraeg");
    await isThere();
    await judged(window, "third-look-again");
    await speak(window, "English");
    await isThere();
    await follow(page, "Comments");
    await page.waitForSelector("h1:has-text('Comments')");
    await follow(page, "Paper");
    await isThere();
    await judged(window, "third-look-again");
    for (const time of ["14:00", "02:00"]) await page.clock.fastForward(time);
    await page.getByLabel("Your sign-in name").waitFor();
    assert.equal(await page.getByText("they rang me").count(), 0);
    await signIn(window, "ines");
    await window.go(PAPER);
    await isThere();
    await third.getByRole("button", { name: DROP }).click();
    assert.equal(await third.locator("textarea").inputValue(), "");
    await window.go(`#/inspections/${OTHER}`);
    await window.go(PAPER);
    assert.equal(await third.locator("textarea").count(), 0, "thrown away for good");
    // What was settled of two keyings is not put over two others.
    await press(page, `Look at the differences ${letters}`);
    await third.locator("textarea").fill("of two others");
    const answers = { services_explained: "not_sure" };
    await stand.people.ines.ask("POST", `/v1/inspections/${OTHER}/paper/discards`, { reference: letters, reason: "keyed from another form", for_good: false });
    for (const [name, said] of [["dafydd", "they wrote"], ["delyth", "they wrote me"]])
      await stand.people[name].ask("POST", `/v1/inspections/${OTHER}/paper/keyings`, { reference: letters, questionnaire: "victims", language: "en", answers: { ...answers, anything_else: said } });
    await window.go(`#/inspections/${OTHER}`);
    await window.go(PAPER);
    await third.locator("textarea").waitFor();
    assert.equal(await third.locator("textarea").inputValue(), "");
    await third.locator("textarea").fill("they wrote to me");
    await third.getByRole("button", { name: "Count this form so" }).click();
    await done(page, "1 form is counted.");
  });
});

test("what the settled answers lead to outlives another page with what was settled before it", TIMEOUT, async () => {
  const letters = await keyed("children-and-young-people", [{ order_type: "referral_order" }, { order_type: "not_sure" }]);
  await as("ines", async (page, window) => {
    const third = form(page, letters);
    const known = third.getByRole("group", { name: /Do you know what you have to do on your referral order/ });
    await window.go(PAPER);
    await press(page, `Look at the differences ${letters}`);
    await third.getByLabel("1. A referral order").check();
    await third.getByRole("button", { name: "Count this form so" }).click();
    await known.waitFor();
    await speak(window, "Cymraeg");
    await speak(window, "English");
    await known.waitFor();
    await known.getByLabel("2. No").check();
    await follow(page, "Comments");
    await page.waitForSelector("h1:has-text('Comments')");
    await follow(page, "Paper");
    await known.waitFor();
    assert.ok(await known.getByLabel("2. No").isChecked());
    await third.getByRole("button", { name: DROP }).click();
    await window.ready();
    await page.getByRole("button", { name: `Look at the differences ${letters}` }).click();
    await third.getByLabel("1. A referral order").check();  // the first step again
    await third.getByRole("button", { name: "Count this form so" }).click();
    await known.getByLabel("1. Yes").check();
    await third.getByRole("button", { name: "Count this form so" }).click();
    await done(page, "1 form is counted.");
  });
});

const FORMS = ["Quote it in the section", "Take out what gives somebody away", "What it is about", "Translate it", "Raise a concern"];

test("what is written at a comment outlives another language, another page and what is saved beside it", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go(`${ONE}/comments`);
    const fresh = page.locator(".app-comment").filter({ hasText: "May be quoted" }).filter({ hasNotText: "Concern raised" }).last();
    const card = page.locator(`[data-reference="${await fresh.getAttribute("data-reference")}"]`);
    for (const name of FORMS) await card.locator("summary").filter({ hasText: name }).click(); // and which comment it is of
    const fields = { words: card.locator("textarea[name=words]").first(), as: card.locator("input[name=as]").last(), codes: card.locator("input[name=codes]"), translator: card.locator("input[name=translator]"),
      why: card.locator("textarea[name=why]") };
    const typed = { words: "a part of it", as: "[school]", codes: "school, bus", translator: "Eleri", why: "somebody waits outside" };
    await card.locator(".app-word").last().click();
    for (const [name, field] of Object.entries(fields)) await field.fill(typed[name]);
    const pressed = async () => card.locator(".app-word").evaluateAll((all) => all.map((one) => one.getAttribute("aria-pressed")));
    const words = await pressed();
    assert.equal(words.at(-1), "true");
    const isThere = async (but = []) => {
      for (const [name, field] of Object.entries(fields)) if (!but.includes(name)) assert.equal(await field.inputValue(), typed[name], name);
      assert.deepEqual(await pressed(), words);
      for (const field of Object.values(fields)) assert.ok(but.length > 0 || await field.isVisible(), "what was typed is in an open part");
    };
    await speak(window, "Cymraeg");
    await isThere();
    await judged(window, "comment-again");
    await speak(window, "English");
    await follow(page, "Paper");
    await page.waitForSelector("h1:has-text('Paper')");
    await follow(page, "Comments");
    await page.locator(".app-comment").first().waitFor();
    await isThere();
    assert.equal(await page.locator(".app-comment").first().getAttribute("data-reference"), await card.getAttribute("data-reference"), "what was begun stands first");
    await judged(window, "comment-again");
    await card.getByRole("button", { name: "Save codes" }).click();
    await done(page, "The codes are saved.");
    await isThere(["codes"]);
    for (const left of [4, 3, 2, 1]) {
      assert.equal(await card.getByRole("button", { name: DROP }).count(), left);
      await card.getByRole("button", { name: DROP }).first().click();
    }
    await window.go(ONE);
    await window.go(`${ONE}/comments`);
    await page.locator(".app-comment").first().waitFor();
    assert.equal(await page.getByRole("button", { name: DROP }).count(), 0, "thrown away for good");
  });
});

test("a decision on a concern that is half written outlives another language", TIMEOUT, async () => {
  await as("sara", async (page, window) => {
    await window.go(`${ONE}/concerns`);
    await page.locator("textarea").first().fill("a social worker asks first");
    await speak(window, "Cymraeg");
    assert.equal(await page.locator("textarea").first().inputValue(), "a social worker asks first");
    await speak(window, "English");
    await press(page, DROP);
    assert.equal(await page.locator("textarea").first().inputValue(), "");
  });
});

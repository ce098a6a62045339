// Who holds the keys, what is left to do with them, and answers that somebody wants back.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Window } from "./browser.mjs";
import { INSPECTION, PASSPHRASE, RECOVERY } from "./stand.mjs";
import { chrome, stand } from "./whole.mjs";

const TIMEOUT = { timeout: 180_000 };
const WORDS = "acorn acrobat activity acorn";
const OPEN = "hove-2012";

/** As an inspector; whatever comes over the line is kept, so that one can look for what must not. */
async function inspecting(work) {
  const window = await Window.open(chrome, stand.address, { pictures: process.env.PERSPECTIVE_PICTURES });
  const came = [];
  window.page.on("response", (answer) => came.push(answer.text().catch(() => "")));
  await window.signIn("ines");
  await work(window.page, window);
  assert.deepEqual(await window.end(), []);
  return (await Promise.all(came)).join("\n");
}

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const done = (page, words) => page.getByText(words).first().waitFor();

test("an inspector sees who holds which key, rehearses the recovery, and notes what is destroyed; no key comes along", TIMEOUT, async () => {
  const shares = path.join(stand.folder, "shares");
  stand.say(["key", "split", INSPECTION, "--needed", 2, "--holder", "Ann Lee, Leeds", "--holder", "Bob Roy, York", "--holder", "a safe in London", "--out", shares], [RECOVERY]);
  stand.say(["key", "copy", path.join(stand.folder, "stick"), "--place", "stick of A. Jones", "--inspection", INSPECTION]);
  const came = await inspecting(async (page, window) => {
    await window.go(`#/inspections/${INSPECTION}/keys`);
    await done(page, "any 2 of the shares of: Ann Lee, Leeds; Bob Roy, York; a safe in London");
    await done(page, "Rehearse the recovery key: nobody knows yet whether it opens anything.");
    await page.getByLabel("Passphrase of the recovery key").fill("another one than that");
    await press(page, "Rehearse");
    await page.waitForSelector(".govuk-error-summary:focus");
    await page.getByLabel("Passphrase of the recovery key").fill(RECOVERY);
    await press(page, "Rehearse");
    await done(page, "it opened a response that is kept here");
    assert.equal(await page.getByText("nobody knows yet whether it opens").count(), 0);
    const stick = page.getByRole("row", { name: /stick of A\. Jones/ }).first();
    await stick.getByRole("button", { name: /^Note that it is destroyed/ }).click();
    await stick.getByRole("button", { name: "Yes: Note that it is destroyed" }).click();
    await done(page, "It is noted.");
    await page.getByRole("row", { name: /stick of A\. Jones.*Destroyed/ }).waitFor();
    for (const words of await window.violations()) assert.fail(words);
    await window.picture("keys-noted");
  });
  assert.match(came, /"readable_by"/, "the list itself came over the line");
  for (const one of fs.readdirSync(shares)) assert.doesNotMatch(came, new RegExp(/^secret: (\w+)$/m.exec(fs.readFileSync(path.join(shares, one), "utf8"))[1]));
  assert.doesNotMatch(came, /PRIVATE KEY/);
});

test("a copy that keeps the passphrase of before is told apart from the key that has another", TIMEOUT, async () => {
  const another = "a quieter harbour, lantern eight";
  stand.say(["key", "copy", path.join(stand.folder, "other-stick"), "--place", "stick of B. Roy", "--inspection", "lewes-2012"]);
  const said = stand.say(["key", "passphrase", "lewes-2012"], [PASSPHRASE, another, another]);
  assert.match(said, /the old one opens it no more[^]*\n  3  stick of B\. Roy/);
  await inspecting(async (page, window) => {
    await window.go("#/inspections/lewes-2012/keys");
    await page.getByRole("row", { name: /stick of B\. Roy.*Opens with the passphrase of before/ }).waitFor();
    assert.equal(await page.getByText("Opens with the passphrase of before").count(), 1);
    for (const words of await window.violations()) assert.fail(words);
  });
});

test("the keys of an inspection that was never opened are destroyed once its short name is typed", TIMEOUT, async () => {
  stand.create("rye-2012", { area: "Rye" });
  await inspecting(async (page, window) => {
    await window.go("#/inspections/rye-2012/keys");
    await done(page, "if this collector is lost now, so are all answers");
    await page.getByLabel("Type the short name of the inspection: rye-2012").fill("rye");
    await press(page, "Destroy the keys that are here");
    await page.waitForSelector(".govuk-error-summary:focus");
    await page.getByLabel("Type the short name of the inspection: rye-2012").fill("rye-2012");
    await press(page, "Destroy the keys that are here");
    await done(page, "The keys are destroyed. Nobody can open the answers.");
    await done(page, "every copy on this list is destroyed");
    assert.equal(await page.getByRole("button", { name: "Destroy the keys that are here" }).count(), 0);
    for (const words of await window.violations()) assert.fail(words);
  });
});

test("answers are taken back with four words, and whether there were any is not told", TIMEOUT, async () => {
  stand.create(OPEN, { tokens: true, area: "Hove" });
  stand.say(["inspection", "open", OPEN]);
  const kiosk = await stand.kiosk("Hove library", OPEN);
  assert.equal(await kiosk.deliverOf(WORDS), 201);
  const said = [];
  const came = await inspecting(async (page, window) => {
    await window.go(`#/inspections/${OPEN}/withdrawal`);
    await page.getByLabel("The four words").fill("acorn acrobat");
    await press(page, "Take back with the four words");
    await page.waitForSelector(".govuk-error-summary:focus");
    for (const words of [WORDS, "acrobat acorn acorn acorn"]) {
      await page.getByLabel("The four words").fill(words);
      await press(page, "Take back with the four words");
      await done(page, "Done. Whatever was sent under these words");
      said.push(await page.locator("main").innerText());
      assert.equal(await page.getByLabel("The four words").inputValue(), "", "nothing that was typed stays");
      await window.go("#/");
      await window.go(`#/inspections/${OPEN}/withdrawal`);
    }
    for (const words of await window.violations()) assert.fail(words);
  });
  assert.equal(said[0], said[1]);
  assert.doesNotMatch(came, /acrobat/);
  assert.equal(await kiosk.deliverOf(WORDS), 410);
  assert.equal(await kiosk.deliverOf("acorn activity acorn acorn"), 201);
});

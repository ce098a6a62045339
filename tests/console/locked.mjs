// An inspection that was locked below somebody at work is unlocked in place, and nothing typed is lost; nothing speaks of commands.
import assert from "node:assert/strict";
import { test } from "node:test";
import { as, done, heading, judged, press, speak } from "./doing.mjs";
import { PASSPHRASE, RECOVERY } from "./stand.mjs";
import { stand } from "./whole.mjs";

const TIMEOUT = { timeout: 180_000 };
const ONE = "hythe-2012";
const PLACE = `#/inspections/${ONE}`;
const ask = (method, path, body) => stand.people.ines.ask(method, `/v1/inspections/${ONE}${path}`, body);

/** What was refused is asked for once more, when it is unlocked in the dialog. */
async function unlocks(window) {
  const { page } = window;
  const dialog = page.getByRole("dialog", { name: "The answers are locked" });
  await dialog.getByText("What you typed stays.").waitFor();
  assert.equal(await page.getByText("inspection unlock").count(), 0);
  await judged(window, "unlock-again");
  await dialog.getByLabel("Passphrase", { exact: true }).fill("not the passphrase");
  await dialog.getByRole("button", { name: "Unlock" }).click();
  await dialog.locator(".govuk-error-summary:focus").waitFor();
  await dialog.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await dialog.getByRole("button", { name: "Unlock" }).click();
  await dialog.waitFor({ state: "detached" });
}

test("what is typed stays when the inspection is locked meanwhile, and is saved once it is unlocked in place", TIMEOUT, async () => {
  stand.create(ONE, { area: "Hythe" });
  stand.say(["inspection", "open", ONE]);
  await stand.keyReferenceCase({ inspection: ONE, most: 1 });
  await as("ines", async (page, window) => {
    await window.go(`${PLACE}/comments`);
    const first = page.locator(".app-comment").first();
    await first.getByText("Raise a concern").click();
    await first.getByLabel("Name of the safeguarding lead").fill("Sara");
    await first.getByLabel("Why").fill("somebody frightens them");
    await ask("POST", "/lock");
    await press(page, "Raise the concern");
    await unlocks(window);
    assert.equal(await first.getByLabel("Why").inputValue(), "somebody frightens them");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Raise the concern", "the focus is where it was");
    await press(page, "Raise the concern");
    await done(page, "The concern is raised. Now tell Sara.");
  });
  const { concerns } = await ask("GET", "/concerns");
  assert.deepEqual(concerns.map((one) => one.why), ["somebody frightens them"]);
});

test("a lead, who has no passphrase, is told who can unlock it, and keeps the decision that is half written", TIMEOUT, async () => {
  await as("sara", async (page, window) => {
    await window.go(`${PLACE}/concerns`);
    await page.getByLabel("Your decision").fill("a visit today");
    await ask("POST", "/lock");
    await press(page, "Record the decision");
    await page.locator(".govuk-error-summary").getByText("Somebody who holds the passphrase must unlock them.").waitFor();
    assert.equal(await page.getByRole("dialog").count(), 0);
    assert.equal(await page.getByLabel("Your decision").inputValue(), "a visit today");
    await ask("POST", "/unlock", { passphrase: PASSPHRASE });
    await press(page, "Record the decision");
    await done(page, "The decision is recorded.");
  });
});

test("what always fails is not offered: without a frozen release no inspection is put into a programme", TIMEOUT, async () => {
  await stand.people.ines.ask("POST", "/v1/programmes", { id: "coast-2012", title: "The coast", passphrase: PASSPHRASE, recovery_passphrase: RECOVERY });
  for (const step of ["/lock", "/unlock"]) {
    await ask("POST", step, { passphrase: PASSPHRASE });
    await as("ines", async (page, window) => {
      await window.go(`${PLACE}/programme`);
      await heading(page, "Programme");
      await page.getByText("No release of it is frozen").waitFor();
      assert.equal(await page.getByRole("button", { name: "Put it into the programme" }).count(), 0);
      assert.equal(await page.getByLabel("Passphrase").count(), 0);
      assert.equal(await page.getByText("release freeze").count(), 0);
      await judged(window, "programme-no-release");
      await speak(window, "Cymraeg");
      await page.getByText("Nid oes datganiad ohono wedi'i rewi").waitFor();
    });
  }
});

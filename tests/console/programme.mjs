// Inspections beside each other, once a release is frozen (releasing.mjs).
import assert from "node:assert/strict";
import { test } from "node:test";
import { as, done, follow, heading, kept, press, sound } from "./doing.mjs";
import { INSPECTION, PASSPHRASE, RECOVERY } from "./stand.mjs";
import { stand } from "./whole.mjs";

const TIMEOUT = { timeout: 180_000 };

/** Averages are printed once: first whether they may be. */
async function triesToPrint(page) {
  await page.getByRole("link", { name: "Programmes", exact: true }).click();
  await page.getByText("Print the averages of Core case inspections 2012").click();
  await page.locator("details[open]").getByLabel("Passphrase of the programme", { exact: true }).fill(PASSPHRASE);
  await press(page, "See whether they may be printed");
  await done(page, "An average needs 20 published inspections that asked somebody the same questionnaire. There are not so many yet.");
  assert.equal(await page.getByRole("button", { name: "Print the averages", exact: true }).count(), 0);
}

test("an inspector makes a programme, puts an inspection into it, types scores, and takes the table away", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await follow(page, "Programmes");
    await heading(page, "Programmes");
    await page.getByLabel("Title", { exact: true }).fill("Core case inspections 2012");
    await page.getByLabel("Short name").fill("core-2012");
    await page.getByLabel("Passphrase of the programme", { exact: true }).fill(PASSPHRASE);
    await page.getByLabel("Passphrase of the programme, again", { exact: true }).fill("another one than that");
    await page.getByLabel("Recovery passphrase of the programme", { exact: true }).fill(RECOVERY);
    await page.getByLabel("Recovery passphrase of the programme, again", { exact: true }).fill(RECOVERY);
    await press(page, "Make a programme");
    await page.waitForSelector(".govuk-error-summary:focus");
    await sound(window);
    await page.getByLabel("Passphrase of the programme, again", { exact: true }).fill(PASSPHRASE);
    await press(page, "Make a programme");
    await done(page, "The programme is there.");
    await page.goto(`${stand.address}/#/inspections/${INSPECTION}/release`);
    await window.ready();
    await follow(page, "Programme");
    await done(page, "This inspection is in no programme.");
    await press(page, "Put it into the programme");
    await done(page, "The inspection is in the programme.");
    await done(page, "We advise against comparing areas closely");
    const charts = await page.locator(".app-dots").count();
    const rows = await page.locator("table:has(caption:has-text(',')) tbody tr").count();
    assert.equal(rows, 31, `${charts} charts, and ${rows} rows of tables that say the same, one for each finding`);
    const named = await page.locator("table:has(caption:has-text(',')) tbody th").allInnerTexts();
    assert.equal(new Set(named).size, rows, "no two are told apart by nothing");
    await page.getByText("Type scores and comments").click();
    await page.getByLabel("Safeguarding: score in per cent").fill("168");
    await press(page, "Keep scores");
    await page.waitForSelector(".govuk-error-summary:focus");
    await page.getByLabel("Safeguarding: score in per cent").fill("68");
    await page.getByLabel("Safeguarding: improvement needed").selectOption("MODERATE");
    await press(page, "Keep scores");
    await done(page, "The scores are kept.");
    await page.getByRole("row", { name: /Safeguarding.*68\s?%.*MODERATE/ }).waitFor();
    await sound(window);
    await window.picture("programme-read");
    await triesToPrint(page);
    await page.goBack();
    await window.ready();
    const table = await kept(page, () => press(page, "Download as CSV"));
    assert.match(table.content.toString(), /core-2012,croydon-2012,,,score,safeguarding,safeguarding,Safeguarding,,,,,,68,MODERATE/);
  });
});

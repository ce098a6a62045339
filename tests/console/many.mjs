// Home, where there are very many inspections.
import assert from "node:assert/strict";
import { test } from "node:test";
import { as, follow, press, sound } from "./doing.mjs";
import { stand } from "./whole.mjs";

const TIMEOUT = { timeout: 120_000 };

test("of many inspections those in progress are shown a page at a time, and others are looked for", TIMEOUT, async () => {
  await stand.multiply("lewes-2012", 60);
  await as("ines", async (page, window) => {
    const rows = page.locator("main tbody tr");
    const says = (/** @type {RegExp} */ words) => page.locator("main [role=status]").filter({ hasText: words }).waitFor();
    await says(/^50 of [67]\d inspections are shown\.$/);
    assert.equal(await rows.count(), 50);
    await sound(window);
    await press(page, "Show more inspections");
    await says(/^([67]\d) of \1 inspections are shown\.$/);
    assert.equal(await page.evaluate(() => document.activeElement?.closest("tr")?.rowIndex), 51, "the focus is at the first that is new");
    assert.equal(await page.getByRole("button", { name: "Show more inspections" }).count(), 0);
    await page.getByLabel("Area or name").fill("LEWES-2012-017");
    await press(page, "Show these");
    await says(/^1 of 1 inspections is shown\.$/);
    assert.match(await rows.innerText(), /Lewes 17/);
    await page.getByLabel("State").selectOption({ label: "Draft" });
    await press(page, "Show these");
    await page.getByText("No inspection fits.").waitFor();
    await sound(window);
    await page.getByLabel("State").selectOption({ label: "All, finished ones too" });
    await press(page, "Show these");
    await says(/^1 of 1/);
    await follow(page, "Lewes 17");
    await page.goBack();
    await says(/^1 of 1/);
    assert.equal(await page.getByLabel("Area or name").inputValue(), "LEWES-2012-017", "what was looked for is still there");
  });
});

test("what must be done in many inspections stands first, the most urgent open", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    const due = page.getByRole("region", { name: "What must be done now" });
    const more = due.getByText(/^\d+ more that must be done now$/);
    await more.waitFor();
    assert.equal(await due.locator(".moj-alert:visible").count(), 10);
    await more.click();
    assert.ok(await due.locator(".moj-alert:visible").count() >= 60);
    await sound(window);
  });
});

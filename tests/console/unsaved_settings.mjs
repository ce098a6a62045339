// What is typed at an inspection's settings, at a new one and at its scores stands there again too.
import assert from "node:assert/strict";
import { test } from "node:test";
import { as, done, judged, press, speak } from "./doing.mjs";
import { INSPECTION, PASSPHRASE } from "./stand.mjs";
import { stand } from "./whole.mjs";

const TIMEOUT = { timeout: 180_000 };
const OTHER = "arundel-2012"; // nobody else's
const SETTINGS = `#/inspections/${OTHER}/settings`;
const DROP = "Throw away what I typed";

test("settings that are changed and not saved stand there again, and change nothing that somebody else changed meanwhile", TIMEOUT, async () => {
  stand.create(OTHER, { area: "Rye" });
  await as("ines", async (page, window) => {
    const area = page.locator("input[name=area]");
    await window.go(SETTINGS);
    await area.fill("Rye and Winchelsea");
    await speak(window, "Cymraeg");
    assert.equal(await area.inputValue(), "Rye and Winchelsea", "after another language");
    await judged(window, "settings-again");
    await stand.people.ines.ask("POST", `/v1/inspections/${OTHER}/settings`, { retention_months: 7 });
    await speak(window, "English");
    await press(page, "Save");
    await done(page, "The settings are saved.");
    const { policy, ...saved } = await stand.people.ines.ask("GET", `/v1/inspections/${OTHER}`);
    assert.equal(saved.area, "Rye and Winchelsea");
    assert.equal(policy.retention_months, 7, "as somebody else set it");
    await window.go(SETTINGS);
    assert.equal(await page.getByRole("button", { name: DROP }).count(), 0, "nothing is left that is not saved");
    assert.equal(await page.locator("input[name=retention_months]").inputValue(), "7");
  });
});

test("an inspection that is set up to the half stands there again, without its passphrases", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go("#/inspections/new");
    await page.locator("input[name=area]").fill("Battle");
    for (const one of await page.locator("input[type=password]").all()) await one.fill(PASSPHRASE);
    await window.go(SETTINGS);
    await window.go("#/inspections/new");
    assert.equal(await page.locator("input[name=area]").inputValue(), "Battle");
    for (const one of await page.locator("input[type=password]").all()) assert.equal(await one.inputValue(), "");
    await press(page, DROP);
    assert.equal(await page.locator("input[name=area]").inputValue(), "");
  });
});

test("scores that are typed and not kept stand there again, in a part that is open", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go(`#/inspections/${INSPECTION}/programme`);
    await page.getByText("Type scores and comments").click();
    const comment = page.locator("select").first();
    const before = await comment.inputValue();
    await comment.selectOption("DRASTIC");
    await speak(window, "Cymraeg");
    assert.equal(await comment.inputValue(), "DRASTIC");
    assert.ok(await comment.isVisible());
    await speak(window, "English");
    await press(page, DROP);
    assert.equal(await comment.inputValue(), before);
  });
});

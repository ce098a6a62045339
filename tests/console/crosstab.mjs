// Two questions against each other at the tally, and of some people alone: as the API counts them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Window } from "./browser.mjs";
import { press } from "./doing.mjs";
import { INSPECTION } from "./stand.mjs";
import { chrome, stand } from "./whole.mjs";

const QUESTIONNAIRE = "children-and-young-people";
const counts = (page) => page.locator(".app-crosstab").first().locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("td > span")].map((cell) => Number.parseInt(cell.innerText, 10))));

// Answers of one question, any of them; of two questions, all.
const FILTERS = [[], [["order_type", ["referral_order"]]], [["listened_to", ["yes", "sometimes"]], ["felt_afraid", ["yes", "no"]]]];
const wordsOf = (filter) => filter.map(([variable, options]) => `${variable}=${options.join(",")}`).join(";");

/** With keys alone, from the list of questions on. */
async function filterBy(page, place, filter, words) {
  for (const [variable, options] of filter) {
    await place.getByLabel(words.add, { exact: true }).selectOption(variable);
    await place.getByLabel(words.add, { exact: true }).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction((name) => document.activeElement.closest(".app-condition")?.dataset.variable === name, variable);
    const values = await page.locator(`[data-variable=${variable}] input`).evaluateAll((all) => all.map((one) => one.value));
    for (const value of values) {
      if (options.includes(value)) await page.keyboard.press("Space");
      await page.keyboard.press("Tab");
    }
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "BUTTON", "the way out of it comes after its answers");
  }
}

for (const [language, viewport, words] of [["en", { width: 1280, height: 900 }, { title: "Set two questions against each other", rows: "Lines: what people answered to", columns: "Columns: what they answered to", only: "Only people who answered", show: "Show the table",
  add: "Question to add", remove: "Take it out", none: "Tick an answer to each question" }],
["cy", { width: 320, height: 640 }, { title: "Gosod dau gwestiwn ochr yn ochr", rows: "Rhesi: yr hyn a atebodd pobl i", columns: "Colofnau: yr hyn a atebasant i", only: "Dim ond pobl a atebodd", show: "Dangos y tabl",
  add: "Cwestiwn i'w ychwanegu", remove: "Ei dynnu allan", none: "Ticiwch ateb i bob cwestiwn" }]]) {
  test(`two questions are set against each other, of everybody and of some, in ${language} at ${viewport.width} px`, { timeout: 180_000 }, async () => {
    const window = await Window.open(chrome, stand.address, { language, viewport, pictures: process.env.PERSPECTIVE_PICTURES });
    const { page } = window;
    await window.signIn("ines");
    await window.go(`#/inspections/${INSPECTION}/tally`);
    const place = page.locator("details").filter({ hasText: words.title }).first();
    await place.locator("summary").click();
    await place.getByLabel(words.rows).selectOption("listened_to");
    await place.getByLabel(words.columns).selectOption("satisfaction");
    const crossed = page.locator(".app-crosstab").first();
    const seen = new Set();
    for (const filter of FILTERS) {
      const only = wordsOf(filter);
      await filterBy(page, place, filter, words);
      const answered = page.waitForResponse(/\/crosstab\?/);
      await press(place, words.show);
      await answered;
      await page.waitForFunction(() => document.activeElement.getAttribute("role") === "group" && document.activeElement.querySelector("table"));
      const { counts: all, people } = await stand.people.ines.ask("GET", `/v1/inspections/${INSPECTION}/crosstab?questionnaire=${QUESTIONNAIRE}&rows=listened_to&columns=satisfaction&only=${encodeURIComponent(only)}`);
      assert.deepEqual(await counts(page), all.map((row) => row.map((cell) => cell.count)), only);
      assert.ok(people > 0 && (await crossed.innerText()).includes(String(people)));
      assert.equal((await crossed.innerText()).includes(words.only), only !== "", "it says of whom");
      assert.equal(await crossed.locator("li").count(), filter.length, "and what they answered");
      seen.add(people);
      if (filter.length > 1) await window.judge("tally-crosstab");
      for (const _ of filter) await place.getByRole("button", { name: words.remove }).first().click();
    }
    assert.ok(seen.size > 1, "a filter leaves somebody out");
    await filterBy(page, place, [["felt_afraid", []]], words);
    await press(place, words.show);
    await page.waitForSelector(".govuk-error-summary:focus");
    await page.locator(".govuk-error-message").filter({ hasText: words.none }).waitFor();
    assert.deepEqual(await window.violations(), []);
    assert.deepEqual(await window.end(), []);
  });
}

// What comments are about: codes of several words, counted, looked for, called otherwise, offered, and taken away; and long lists in parts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { as, done, judged, kept, press, speak } from "./doing.mjs";
import { PASSPHRASE } from "./stand.mjs";
import { stand } from "./whole.mjs";

const TIMEOUT = { timeout: 300_000 };
const OTHER = "bodiam-2012"; // nobody else's
const ONE = `/v1/inspections/${OTHER}`;
const COMMENTS = `#/inspections/${OTHER}/comments`;
const WRITTEN = ["easy_to_understand_comment", "education_comment", "life_comment", "reoffend_comment", "anything_else"];
const THEME = "felt listened to";

const ask = (path, body) => stand.people.ines.ask("POST", `${ONE}${path}`, body);
const codesNow = async () => (await stand.people.ines.ask("GET", `${ONE}/comments`)).codes;
const unlocked = () => ask("/unlock", { passphrase: PASSPHRASE });
/** Six people who wrote something wherever they could: more comments than stand on a page. */
async function key() {
  const questionnaire = "children-and-young-people";
  const letters = await stand.print(questionnaire, 6, OTHER);
  for (const [i, reference] of letters.entries()) {
    const written = Object.fromEntries(WRITTEN.map((name) => [name, `About ${name.replaceAll("_", " ")}, ${i}`]));
    const answers = { easy_to_understand: "very_easy", education_or_work_help: "yes", life_better: "better", less_likely_to_offend: "a_lot_less", ...written, may_print_words: "yes" };
    await Promise.all(["dafydd", "delyth"].map((name) => stand.people[name].ask("POST", `${ONE}/paper/keyings`, { reference, questionnaire, language: "en", answers })));
  }
  await unlocked();
  await ask("/paper/settlements", {});
}

const filter = (page) => page.locator(".app-filter");

test("comments are coded by theme, counted in fives, and one spelling is used", TIMEOUT, async () => {
  stand.create(OTHER, { area: "Bodiam" });
  stand.say(["inspection", "open", OTHER]);
  await key();
  const { comments } = await stand.people.ines.ask("GET", `${ONE}/comments`);
  assert.ok(comments.length > 25, `${comments.length} are more than a page of them`);
  for (const one of comments.slice(0, 6)) await ask(`/comments/${one.reference}/codes`, { codes: [THEME] });
  await as("ines", async (page, window) => {
    await window.go(COMMENTS);
    await page.getByText("Codes, and how many comments have each").click();
    await page.getByRole("row", { name: `${THEME} 5 or more` }).waitFor();
    const card = page.locator(".app-comment").first();
    await card.getByText("What it is about").click();
    const field = card.getByLabel("Codes");
    await field.fill("");
    const offered = () => field.evaluate((input) => [...input.list.options].map((one) => one.value));
    assert.deepEqual(await offered(), [THEME]);
    await field.fill("school bus, felt");
    assert.deepEqual(await offered(), [`school bus, ${THEME}`], "behind what stands there already");
    await field.fill("waiting; long");
    await press(card, "Save codes");
    await card.getByText(/without commas and semicolons/).first().waitFor();
    await field.fill("school bus,  long   wait");
    await press(card, "Save codes");
    await done(page, "The codes are saved.");
    assert.deepEqual((await codesNow()).map((one) => one.code).filter((one) => one !== THEME), ["long wait", "school bus"]);
    await judged(window, "comments-coded");
  });
});

test("comments are looked for by code, question and whether somebody has read them", TIMEOUT, async () => {
  await ask("/end-fieldwork", {}).catch(() => {});
  await unlocked();
  await as("ines", async (page, window) => {
    await window.go(COMMENTS);
    const shown = page.locator(".app-comment");
    const count = (await codesNow()).find((one) => one.code === THEME).count;
    assert.ok(count >= 5, "exactly, once fieldwork is over");
    await filter(page).getByLabel("Code", { exact: true }).selectOption({ label: `${THEME} (${count})` });
    await press(filter(page), "Show these");
    await page.waitForFunction((n) => document.querySelectorAll(".app-comment").length === n, count);
    for (const tags of await shown.locator(".app-tags").allInnerTexts()) assert.match(tags, new RegExp(THEME, "i"));
    await speak(window, "Cymraeg");
    assert.equal(await shown.count(), count, "what is looked for outlives the language");
    await judged(window, "comments-of-a-code");
    await speak(window, "English");
    await filter(page).getByLabel("Code", { exact: true }).selectOption({ index: 1 }); // without one
    await press(filter(page), "Show these");
    await page.waitForFunction((code) => [...document.querySelectorAll(".app-comment .app-tags")].every((one) => !one.textContent.includes(code)), THEME);
    assert.ok(await shown.count() > 0);
    await filter(page).getByLabel("Code", { exact: true }).selectOption({ index: 0 });
    await filter(page).getByLabel("Read", { exact: true }).selectOption("no");
    await press(filter(page), "Show these");
    assert.equal(await page.getByRole("button", { name: /^I have read it/ }).count(), await shown.count());
  });
});

test("a long list comes in parts, and each button says which comment it is of", TIMEOUT, async () => {
  const { comments } = await stand.people.ines.ask("GET", `${ONE}/comments`);
  await as("ines", async (page, window) => {
    await window.go(COMMENTS);
    const shown = page.locator(".app-comment");
    assert.equal(await shown.count(), 20);
    const names = await page.getByRole("button", { name: /^I have read it/ }).evaluateAll((all) => all.map((one) => one.textContent));
    assert.equal(new Set(names).size, names.length, "no two are alike");
    assert.match(names[0], /^I have read it : comment \d+, \S/);
    await page.getByText(`1 to 20 of ${comments.length}`).waitFor();
    await press(page, "Next page");
    assert.equal(await shown.count(), Math.min(20, comments.length - 20));
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H2", "the first of them is read next");
    assert.match(await shown.first().locator("h2").innerText(), /^21\. /);
    await judged(window, "comments-second-page");
    await press(page, "Previous page");
    assert.equal(await shown.count(), 20);
  });
});

test("a code is called otherwise everywhere, and comments are taken away with their codes, without a reference", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go(COMMENTS);
    await page.getByText("Codes, and how many comments have each").click();
    await page.getByLabel("Code to be changed").selectOption(THEME);
    await page.getByLabel("Call it from now on").fill("was heard");
    await speak(window, "Cymraeg");
    assert.equal(await page.locator("input[name=as]").first().inputValue(), "was heard");
    await speak(window, "English");
    await press(page, "Change it everywhere");
    await done(page, "It is called “was heard” now, at every comment that had it.");
    assert.deepEqual((await codesNow()).map((one) => one.code), ["long wait", "school bus", "was heard"]);
    await window.go(`#/inspections/${OTHER}/exports`);
    await page.getByLabel("CSV: what people wrote, with its codes").check();
    const { name, content: bytes } = await kept(page, () => press(page, "Download"));
    const content = String(bytes);
    assert.equal(name, `${OTHER}-children-and-young-people.en.comments.csv`);
    assert.match(content, /^question,words,language,may_be_quoted,codes\r\n/);
    assert.ok(content.includes("was heard"));
    for (const { reference } of (await stand.people.ines.ask("GET", `${ONE}/comments`)).comments) assert.ok(!content.includes(reference));
  });
});

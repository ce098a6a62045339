// Each role does its whole job at the pages; nothing may go wrong on the way, and axe-core finds nothing where work has changed a page.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { Window } from "./browser.mjs";
import { as, done, follow, heading, kept, press, sound } from "./doing.mjs";
import { INSPECTION, PASSPHRASE, PASSWORD, RECOVERY } from "./stand.mjs";
import { chrome, stand } from "./whole.mjs";

const TIMEOUT = { timeout: 180_000 };
const MOST_CLICKS = 10;

async function fillDate(page, legend, [day, month, year]) {
  const set = page.getByRole("group", { name: legend });
  await set.getByLabel("Day").fill(day);
  await set.getByLabel("Month").fill(month);
  await set.getByLabel("Year").fill(year);
}

test("an inspector sets an inspection up, opens it, and prints slips and forms", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await follow(page, "Set up an inspection");
    await heading(page, "Set up an inspection");
    await press(page, "Set up an inspection");
    await page.waitForSelector(".govuk-error-summary:focus");
    await sound(window);
    await page.getByLabel("Area").fill("Hove");
    await page.getByLabel("Short name").fill("hove-2030");
    await page.getByRole("group", { name: "Languages" }).getByLabel("Cymraeg").uncheck();
    await fillDate(page, "Fieldwork starts", ["1", "3", "2030"]);
    await fillDate(page, "Fieldwork ends", ["31", "2", "2030"]);
    for (const [label, words] of [["Passphrase of the inspection", PASSPHRASE], ["The same passphrase again", PASSPHRASE],
      ["Passphrase of the recovery key", RECOVERY], ["The same recovery passphrase again", RECOVERY]]) await page.getByLabel(label, { exact: true }).fill(words);
    await press(page, "Set up an inspection");
    await done(page, "Fieldwork ends must be a real date");
    await fillDate(page, "Fieldwork ends", ["12", "3", "2030"]);
    await press(page, "Set up an inspection");
    await done(page, "The inspection is set up.");
    await done(page, "1 March 2030 to 12 March 2030");
    await press(page, "Open the fieldwork");
    await press(page, "Yes: Open the fieldwork");
    await done(page, "The fieldwork is open.");
    await follow(page, "Settings");
    await heading(page, "Settings");
    await fillDate(page, "Fieldwork ends", ["14", "3", "2030"]);
    await press(page, "Save");
    await done(page, "The settings are saved.");
    await follow(page, "Tokens and forms");
    await page.getByLabel("How many slips").fill("3");
    const slips = await kept(page, () => press(page, "Make slips to print"));
    assert.equal(slips.content.subarray(0, 5).toString(), "%PDF-");
    await done(page, "3 slips are downloaded.");
    await page.getByLabel("Copies").fill("2");
    const forms = await kept(page, () => press(page, "Make forms to print"));
    assert.match(forms.name, /^hove-2030-children-and-young-people-en\.pdf$/);
    assert.equal(forms.content.subarray(0, 5).toString(), "%PDF-");
    await sound(window);
  });
});

test("an administrator invites a kiosk, lets it serve another inspection, and revokes it", TIMEOUT, async () => {
  await as("administrator", async (page, window) => {
    await follow(page, "Kiosks");
    await page.getByLabel("Name of the kiosk").fill("Reception");
    await press(page, "Invite a kiosk");
    assert.match(await page.getByLabel("The line for the kiosk").inputValue(), /^perspective:\/\//);
    await sound(window);
    await stand.kiosk("Back office");
    await page.reload();
    await follow(page, "Back office");
    await heading(page, "Back office");
    await press(page, "Let it serve hove-2030");
    await done(page, "The kiosk may serve hove-2030.");
    await press(page, "Revoke this kiosk");
    await press(page, "No, go back");
    await press(page, "Revoke this kiosk");
    await press(page, "Yes: Revoke this kiosk");
    await done(page, "The kiosk is revoked.");
  });
});

test("two people key a form differently, and an inspector settles it", TIMEOUT, async () => {
  const [letters] = await stand.print("victims", 1);
  for (const [name, said] of [["dafydd", "1. Yes"], ["delyth", "2. No"]]) {
    await as(name, async (page) => {
      await follow(page, "Croydon");
      await follow(page, "Paper");
      await follow(page, "Questions for victims of crime, English");
      await page.getByRole("button", { name: "Keep this form" }).waitFor();  // the page before asks for letters, too
      await page.getByLabel("Letters of the form").fill(letters);
      await page.getByRole("group", { name: "1. Did the YOS tell you" }).getByLabel(said).check();
      await press(page, "Keep this form");
      await done(page, "Kept, sealed.");
      await follow(page, "Questions for victims of crime, English");
      await page.getByRole("button", { name: "Keep this form" }).waitFor();
      await page.waitForFunction(() => document.querySelector("input[name='form.reference']")?.value === "");  // what is kept stands there no more
    });
  }
  await as("ines", async (page, window) => {
    await follow(page, "Croydon");
    await follow(page, "Paper");
    await done(page, "They differ in 1 question");
    await press(page, `Look at the differences ${letters}`);
    await done(page, "One keyed:");
    await sound(window);
    await page.getByLabel("2. No").check();
    await press(page, "Count this form so");
    await done(page, "1 form is counted.");
  });
});

/** What was taken out before stays out, as somebody called it. */
async function takeOutMore(page, comment) {
  await comment.getByText("Take out what gives somebody away").click();
  assert.equal(await comment.locator(".app-word").first().getAttribute("aria-pressed"), "true");
  await comment.getByLabel(/^In the place of/).first().fill("a place");
  await comment.locator(".app-word").last().click();
  await comment.getByRole("button", { name: "Save what is taken out" }).click();
  await comment.getByText(/It would be printed as: \[a place\].*\[/).waitFor();
}

/** What is changed is one thing: the words that were chosen stay, when only (sic) is added. */
async function chooseAgain(page, comment) {
  const [longest] = (await comment.locator("q").innerText()).split(/\[[^\]]*\]/).sort((one, other) => other.length - one.length);
  const words = longest.trim().split(" ").slice(0, 2).join(" ");
  await comment.getByText("Quote it in the section").click();
  await comment.getByLabel("Only these words of it").fill(words);
  await comment.getByRole("button", { name: "Choose it" }).click();
  await comment.locator("q", { hasText: words }).waitFor();
  await comment.getByText("Quote it in the section").click();
  await comment.getByLabel("Put (sic) behind it").check();
  await comment.getByRole("button", { name: "Choose it" }).click();
  await comment.getByText("(sic)").first().waitFor();
  assert.equal(await comment.locator("q").innerText(), words);
}

test("an inspector reads what people wrote, takes a name out, quotes it, and raises a concern that the lead decides", TIMEOUT, async () => {
  let words;
  await as("ines", async (page, window) => {
    await follow(page, "Croydon");
    await follow(page, "Comments");
    // One that nobody has worked on yet: they are shuffled.
    const fresh = page.locator(".app-comment").filter({ hasText: "Not read" }).filter({ hasNotText: "Concern raised" }).first();
    const first = page.locator(`[data-reference="${await fresh.getAttribute("data-reference")}"]`);
    words = await first.locator("blockquote").innerText();
    await first.getByRole("button", { name: /^I have read it/ }).click();
    await done(page, "Marked as read.");
    await first.getByText("Take out what gives somebody away").click();
    await first.locator(".app-word").first().click();
    await first.getByRole("button", { name: "Save what is taken out" }).click();
    await done(page, "It is saved. These words are never printed.");
    await first.getByText(/It would be printed as: .*\[/).waitFor();
    await takeOutMore(page, first);
    const quotable = page.locator(".app-comment").filter({ has: page.getByText("May be quoted", { exact: true }) }).first();
    const chosen = page.locator(`[data-reference="${await quotable.getAttribute("data-reference")}"]`);
    const said = await chosen.locator("blockquote").innerText();
    await chosen.getByText("Quote it in the section").click();
    await chosen.getByLabel("Only these words of it").fill("my secret is");
    await chosen.getByRole("button", { name: "Choose it" }).click();
    await chosen.getByText(/is not what the comment says there/).first().waitFor();
    await chosen.getByLabel("Only these words of it").fill("");
    await chosen.getByRole("button", { name: "Choose it" }).click();
    await done(page, "The comment is chosen for the section.");
    await chosen.locator("q").waitFor();
    await chooseAgain(page, chosen);
    await window.picture("comment-chosen");
    await chosen.getByText("Quote it in the section").click();
    await chosen.getByRole("button", { name: "Do not quote it" }).click();
    await done(page, "Nothing of the comment is quoted any more.");
    assert.equal(await chosen.locator("q").count(), 0, said);
    await first.getByText("What it is about").click();
    await first.getByLabel("Codes").fill("school, help");
    await first.getByRole("button", { name: "Save codes" }).click();
    await done(page, "The codes are saved.");
    await first.getByText("Translate it").click();
    await first.getByLabel("Translation", { exact: true }).fill("gair neu ddau");
    await first.getByLabel("Name of the translator").fill("Eleri");
    await first.getByRole("button", { name: "Save the translation" }).click();
    await done(page, "The translation is saved.");
    await first.getByText("Raise a concern").click();
    await first.getByLabel("Name of the safeguarding lead").fill("Sara");
    await sound(window);
    await first.getByRole("button", { name: "Raise the concern" }).click();
    await done(page, "The concern is raised. Now tell Sara.");
    await window.picture("comments-worked");
  });
  await as("sara", async (page, window) => {
    await follow(page, "Croydon");
    await follow(page, "Concerns");
    const concern = page.locator("section.app-comment", { hasText: words });
    await concern.getByText(/^Questions for (children and young people|victims of crime)$/).waitFor();
    await concern.getByLabel("Your decision").fill("a social worker goes today");
    await concern.getByRole("button", { name: "Record the decision" }).click();
    await done(page, "The decision is recorded.");
    await concern.getByLabel("What came of it").fill("a safe place was found");
    await concern.getByRole("button", { name: "Record the outcome" }).click();
    await done(page, "The outcome is recorded.");
    await concern.getByText("Closed").waitFor();
    await sound(window);
  });
});

test("an inspector ends the fieldwork, and finds tally, exports, reconciliation and a whole audit", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await follow(page, "Croydon");
    await press(page, "End the fieldwork");
    await press(page, "Yes: End the fieldwork");
    await done(page, "The fieldwork has ended.");
    await follow(page, "Tally");
    await page.waitForSelector(".app-chart");
    await page.locator(".moj-alert").getByText(/ha(s|ve) not yet reported/).waitFor();
    await page.getByRole("link", { name: "What was sent beside what came in" }).waitFor();
    const bars = await page.locator(".app-item:has(.app-chart)").count();
    assert.ok(bars > 20, `${bars} bars`);
    assert.equal(await page.locator(".app-item:has(.app-chart):has(table)").count(), bars, "each has its table");
    await sound(window);
    await window.picture("tally-read");
    await follow(page, "Exports");
    const rows = await kept(page, () => press(page, "Download"));
    assert.match(rows.content.toString(), /told_what_to_expect/);
    await follow(page, "Reconciliation");
    await done(page, "Accepted");
    await page.getByRole("link", { name: "Audit" }).click();
    await press(page, "Is the audit whole?");
    await done(page, "The audit is whole:");
    await sound(window);
  });
});

test("every figure of the section leads, by keys too, to the row of the tally that holds its count", TIMEOUT, async () => {
  await as("ines", async (page, window) => {
    await window.go(`#/inspections/${INSPECTION}/section`);
    const tally = await page.evaluate(async (id) => (await fetch(`/v1/inspections/${id}/tally?format=json`)).json(), INSPECTION);
    const counts = new Map(tally.questionnaires.flatMap((one) => one.findings.map((each) => [`${one.questionnaire}/${each.finding}`, each.count])));
    const led = {};
    for (const [name, language] of [["English", "en"], ["Welsh", "cy"]]) {
      await press(page, `In ${name}`);
      await page.locator(`article.app-section[lang="${language}"] a`).first().waitFor();
      led[language] = await page.locator("article.app-section p").evaluateAll((all) => all.map((one) => [...one.querySelectorAll("a[href*='/tally/']")].map((each) => each.getAttribute("href").split("/tally/")[1])));
    }
    const cells = (language) => [...new Set(led[language].flat())].sort();
    const findings = (language) => cells(language).filter((one) => one.includes("/"));
    assert.deepEqual(findings("cy"), findings("en"));
    assert.ok(findings("en").length >= 20, `${findings("en").length} findings`);
    assert.ok(led.en.some((paragraph) => new Set(paragraph.filter((one) => one.includes("/"))).size >= 2), "figures of one paragraph lead to rows of their own");
    await sound(window);
    await page.locator("article.app-section a[href*='/tally/']").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.id.startsWith("cell-"));
    await sound(window);
    await window.picture("tally-of-a-figure");
    for (const cell of cells("en")) {
      await window.go(`#/inspections/${INSPECTION}/tally/${cell}`);
      await page.waitForFunction((id) => document.activeElement.id === id, `cell-${cell.replace("/", "-")}`);
      if (!cell.includes("/")) continue;
      const row = await page.evaluate(() => [...document.activeElement.closest("tr").cells].map((one) => one.innerText.trim()));
      assert.equal(row[1], String(counts.get(cell)), cell);
    }
    // What did not come in is in no tally.
    await window.go(`#/inspections/${INSPECTION}/section`);
    await page.locator("article.app-section a[href$='/reconciliation']").first().click();
    await heading(page, "Reconciliation");
  });
});

test("an inspector new to it gets from sign-in to a downloaded section in under ten clicks", TIMEOUT, async () => {
  const window = await Window.open(chrome, stand.address);
  const { page } = window;
  await page.addInitScript(() => document.addEventListener("click", () => sessionStorage.setItem("clicks", String(Number(sessionStorage.getItem("clicks") ?? 0) + 1)), true));
  await window.go("#/");
  await page.getByLabel("Your sign-in name").click();
  await page.getByLabel("Your sign-in name").fill("ines");
  await page.getByLabel("Your password", { exact: true }).click();
  await page.getByLabel("Your password", { exact: true }).fill(PASSWORD);
  await press(page, "Sign in");
  await follow(page, "Croydon");
  await follow(page, "Section");
  const section = await kept(page, () => press(page, "Download for Word"));
  assert.match(execFileSync("pandoc", ["--from", "docx", "--to", "plain"], { input: section.content, encoding: "utf8" }), /young people[^]*said that staff/);
  const clicks = Number(await page.evaluate(() => sessionStorage.getItem("clicks")));
  console.log(`${clicks} clicks from sign-in to ${section.name}`);
  assert.ok(clicks >= 5 && clicks < MOST_CLICKS, `${clicks} clicks`);
  assert.deepEqual(await window.end(), []);
});

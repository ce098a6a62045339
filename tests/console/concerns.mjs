// A concern is seen on the day on which it is raised, by whoever must act on it, while the answers are locked too; and how many
// comments nobody has read, which is another number than that of the responses.
import assert from "node:assert/strict";
import { test } from "node:test";
import { as, follow, heading, judged, speak } from "./doing.mjs";
import { PASSPHRASE } from "./stand.mjs";
import { stand } from "./whole.mjs";

const TIMEOUT = { timeout: 180_000 };
const ONE = "hastings-2012";
const PLACE = `#/inspections/${ONE}`;
const ask = (method, path, body) => stand.people.ines.ask(method, `/v1/inspections/${ONE}${path}`, body);
const due = (page, label = "What must be done now") => page.getByRole("region", { name: label }).getByRole("group").filter({ hasText: "Hastings" });

test("a concern is on the home page of the lead and of inspectors at once, though the inspection is locked", TIMEOUT, async () => {
  stand.create(ONE, { area: "Hastings" });
  stand.say(["inspection", "open", ONE]);
  await stand.keyReferenceCase({ inspection: ONE, most: 2 });
  const { comments } = await ask("GET", "/comments");
  await ask("POST", `/comments/${comments[0].reference}/concerns`, { lead: "Sara", why: "" });
  await ask("POST", "/lock");
  await as("sara", async (page, window) => {
    await due(page).getByText("1 concern waits for a decision.").waitFor();
    await judged(window, "home-concern");
    await speak(window, "Cymraeg");
    await due(page, "Beth sydd i'w wneud nawr").getByText("mae 1 pryder yn aros am benderfyniad.").waitFor();
    await speak(window, "English");
    await window.go(PLACE);
    await page.getByRole("group").filter({ hasText: "Hastings" }).getByText("1 concern waits for a decision.").waitFor();
    await window.go("#/");
    await due(page).getByRole("link", { name: "See the concerns" }).click();
    await heading(page, "Concerns");
    await page.getByText("1 concern waits for a decision.").waitFor();
    await page.getByText("Ask an inspector to unlock it.").waitFor();
    await judged(window, "concerns-locked");
  });
  await as("ines", async (page) => due(page).getByRole("link", { name: "See the concerns" }).waitFor());
  await as("dafydd", async (page) => {
    await heading(page, "Inspections");
    assert.equal(await page.getByText("waits for a decision").count(), 0, "who neither reads nor decides is not told");
  });
});

test("the lead reads what was asked beside what was written, and is told no more once it is decided", TIMEOUT, async () => {
  await ask("POST", "/unlock", { passphrase: PASSPHRASE });
  const { concerns: [{ reference, comment }] } = await ask("GET", "/concerns?language=en");
  await as("sara", async (page, window) => {
    await window.go(`${PLACE}/concerns`);
    const asked = page.locator("section.app-comment p", { hasText: comment.question });
    assert.match(comment.question, /\?$/);
    await asked.waitFor();
    await judged(window, "concern-question");
    await speak(window, "Cymraeg");
    assert.equal(await asked.count(), 0);
    assert.equal(await page.locator("section.app-comment p strong[lang=cy]", { hasText: "?" }).count(), 1);
    await speak(window, "English");
    await stand.people.sara.ask("POST", `/v1/inspections/${ONE}/concerns/${reference}/decision`, { words: "a visit today" });
    await follow(page, "Inspections");
    await heading(page, "Inspections");
    assert.equal(await due(page).count(), 0);
  });
});

test("who may read is told how many comments nobody has read, and how many responses came while it is locked", TIMEOUT, async () => {
  await ask("POST", "/end-fieldwork");
  const { unread } = await ask("GET", "/comments/unread");
  assert.ok(unread > 1);
  const responses = "4 responses have come since all comments were read.";
  assert.notEqual(unread, 4, "another number, or nobody could tell them apart");
  const words = (n) => `nobody has read ${n} ${n === 1 ? "comment" : "comments"} yet.`;
  await as("ines", async (page, window) => {
    await due(page, "Not read yet").getByText(words(unread)).waitFor();
    await page.getByRole("row").filter({ hasText: ONE }).getByText(words(unread)).waitFor();
    await judged(window, "home-unread-comments");
    const { comments } = await ask("GET", "/comments");
    await ask("POST", `/comments/${comments[0].reference}/read`);
    await page.reload();
    await due(page, "Not read yet").getByText(words(unread - 1)).waitFor();
    await speak(window, "Cymraeg");
    await due(page, "Heb ei ddarllen eto").getByText("does neb wedi darllen").waitFor();
    await speak(window, "English");
    await window.go(PLACE);
    await page.locator("dd").getByText(words(unread - 1)).waitFor();
    await ask("POST", "/lock");
    await page.reload();
    await page.locator("dd").getByText(responses).waitFor();
    await window.go("#/");
    await due(page, "Not read yet").getByText(responses).waitFor();
  });
  await ask("POST", "/unlock", { passphrase: PASSPHRASE });
  await as("sara", (page) => due(page, "Not read yet").getByText(responses).waitFor());
});

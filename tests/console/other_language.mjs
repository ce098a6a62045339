// An inspection that has no Welsh, read by whoever reads in Welsh: its words are marked as what they are, so that they are spoken so
// (WCAG 2.2, 3.1.2); and a Welsh quotation in an English section.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Window } from "./browser.mjs";
import { TOP } from "./stand.mjs";
import { chrome, stand } from "./whole.mjs";

const ID = "battle-2012";
const ONE = `#/inspections/${ID}`;
const LEAST = 12; // letters: shorter ones may be words of the page, too

/** What the questionnaires ask and say in English, and nothing in them to be filled in. */
function english() {
  const all = ["children-and-young-people", "victims"].flatMap((name) => ["texts", "section"].map((folder) => path.join(TOP, "assets/questionnaires", name, folder, "en.json")));
  return all.flatMap((file) => Object.values(JSON.parse(fs.readFileSync(file, "utf8")))).filter((one) => typeof one === "string" && one.length >= LEAST && !/[{}]/.test(one));
}

/** Those of them that stand on the page, in its language. */
const unmarked = (page, words) => page.locator("main").evaluate((main, [all, least]) => {
  const found = [];
  const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  let marked = 0;
  while (walk.nextNode()) {
    const text = walk.currentNode.data;
    if (text.length < least || !all.some((one) => text.includes(one))) continue;
    if (walk.currentNode.parentElement.closest("[lang]").lang === "en") marked += 1;
    else found.push(text);
  }
  for (const one of main.querySelectorAll("[aria-label]")) {
    if (one.closest("[lang]").getAttribute("lang") !== "en" && all.some((each) => one.getAttribute("aria-label").includes(each)) && one.tagName === "svg") found.push(one.getAttribute("aria-label"));
  }
  return { found, marked };
}, [words, LEAST]);

/** What the collector refuses is said in the page's language, too. */
async function refusedInWelsh(page) {
  await page.getByLabel("Llythrennau'r ffurflen").fill("BKT-WRM");
  await page.getByRole("button", { name: "Cadw'r ffurflen hon", exact: true }).click();
  const said = page.getByText("Nid llythrennau ffurflen o'r arolygiad hwn yw'r rhain.").first();
  await said.waitFor();
  assert.equal(await said.evaluate((one) => one.closest("[lang]").lang), "cy");
}

/** Sentences with a name or a number in them, several of them, and those that say what they are of. */
async function refusedOfSomethingInWelsh(page) {
  const heard = await page.evaluate(async (id) => {
    const [{ get, post }, { wordsOf }] = await Promise.all([import("/console/js/api.js"), import("/console/js/refusal.js")]);
    const refused = async (address, body) => post(address, body).then(() => [], wordsOf);
    const programme = { id: "battle-year", title: "Battle", passphrase: "programme of battle one", recovery_passphrase: "recovery of battle one" };
    await post("/v1/programmes", programme);
    const section = `/v1/inspections/${id}/section/text`;
    const { version, generated, words_as_of } = await get(`${section}?kind=full&language=en`);
    const edit = { kind: "full", language: "en", text: generated.join("\n\n"), version, words_as_of, confirmed_numbers: [] };
    await post(section, edit);
    return { programme: await refused("/v1/programmes", programme), twice: await refused(section, edit) };
  }, ID);
  assert.deepEqual(heard.programme, ["Mae rhaglen â'r id battle-year yn bod eisoes. Dewiswch un arall."]);
  assert.deepEqual(heard.twice, ["Newidiodd rhywun hyn yn y cyfamser. Edrychwch arno, a gwnewch hyn eto. "
    + "Nid yw'r hyn a deipiwyd gennych wedi'i gadw. Copïwch ef cyn agor yr adran hon eto."]);
}

test("an inspection that has no Welsh is marked as English on every page that is in Welsh", { timeout: 240_000 }, async () => {
  stand.create(ID, { area: "Battle", languages: "en" });
  stand.say(["inspection", "open", ID]);
  await stand.keyReferenceCase({ inspection: ID, most: 6 });
  await stand.people.ines.ask("POST", `/v1/inspections/${ID}/end-fieldwork`);
  const window = await Window.open(chrome, stand.address, { language: "cy", pictures: process.env.PERSPECTIVE_PICTURES });
  const { page } = window;
  await window.signIn("ines");
  const words = english();
  for (const [name, place] of Object.entries({ overview: ONE, paper: `${ONE}/paper`, key: `${ONE}/paper/victims/en`, comments: `${ONE}/comments`, tally: `${ONE}/tally`, section: `${ONE}/section`,
    release: `${ONE}/release` })) {
    await window.go(place);
    if (name === "tally") await page.locator("details").evaluateAll((all) => all.forEach((one) => {
      one.open = true;
    }));
    const { found, marked } = await unmarked(page, words);
    assert.deepEqual(found, [], name);
    assert.ok(marked > 0, `${name}: nothing English is there at all`);
    await window.judge(`battle-${name}`);
    if (name === "key") await refusedInWelsh(page);
  }
  await refusedOfSomethingInWelsh(page);
  assert.deepEqual(await window.end(), []);
});

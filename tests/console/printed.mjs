// What comes out of a printer: results without the screen's furniture, and on every sheet of what may not leave that it may not.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Window } from "./browser.mjs";
import { INSPECTION } from "./stand.mjs";
import { chrome, stand } from "./whole.mjs";

const TIMEOUT = { timeout: 120_000 };
const FURNITURE = /Sign out|Download|All inspections|Print this page|State one finding more|Freeze the release|Cymraeg/;
const NOT_FOR_RELEASE = /[Nn]ot for release/;

/** The sheets of a page, as text. */
async function sheetsOf(place, wait) {
  const window = await Window.open(chrome, stand.address);
  await window.signIn("ines");
  await window.go(`#/inspections/${INSPECTION}/${place}`);
  await window.page.waitForSelector(wait);
  await window.page.emulateMedia({ media: "print" });
  const file = path.join(process.env.PERSPECTIVE_PICTURES ?? stand.folder, `${place}.pdf`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await window.page.pdf({ path: file, format: "A4", preferCSSPageSize: false });
  assert.deepEqual(await window.end(), []);
  const sheets = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
  for (const [i, sheet] of sheets.entries()) {
    assert.notEqual(sheet.trim(), "", `${place}: sheet ${i + 1} of ${sheets.length} is blank`);
    assert.doesNotMatch(sheet, FURNITURE, place);
  }
  return sheets;
}

test("the tally is printed with bars, tables and findings, and every sheet says that it is not for release", TIMEOUT, async () => {
  const sheets = await sheetsOf("tally", ".app-chart");
  // Two questions a sheet: so an inspector holds it in one hand.
  assert.ok(sheets.length > 3 && sheets.length < 24, `${sheets.length} sheets`);
  for (const [i, sheet] of sheets.entries()) assert.match(sheet, NOT_FOR_RELEASE, `sheet ${i + 1}`);
  const all = sheets.join("\n").replace(/\s+/g, " ");
  assert.match(all, /Findings of the section[^]*Did the YOS think about keeping/, "findings that are folded on the screen are printed");
  assert.doesNotMatch(all, /[a-z]_[a-z]/);
});

test("the full section is printed with its mark on every sheet, the frozen release without it and without reasons", TIMEOUT, async () => {
  for (const sheet of await sheetsOf("section", ".app-section p")) assert.match(sheet, NOT_FOR_RELEASE);
  const sheets = await sheetsOf("release", ".app-table");
  const frozen = sheets.findIndex((sheet) => /What a release would say now/.test(sheet));
  assert.ok(frozen > 0, "what is looked at begins on a sheet of its own");
  assert.match(sheets[0], /The frozen release/);
  for (const sheet of sheets.slice(0, frozen)) {
    assert.doesNotMatch(sheet, NOT_FOR_RELEASE);
    assert.doesNotMatch(sheet, /So few took part/);
  }
  for (const sheet of sheets.slice(frozen)) assert.match(sheet, NOT_FOR_RELEASE);
});

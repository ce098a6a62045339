// What somebody does at the pages, in words: the steps that the tests of jobs are made of.
import assert from "node:assert/strict";
import fs from "node:fs";
import { Window } from "./browser.mjs";
import { chrome, stand } from "./whole.mjs";

/** Somebody signed in, in a window of their own; nothing may have gone wrong in it. */
export async function as(name, work) {
  const window = await Window.open(chrome, stand.address, { pictures: process.env.PERSPECTIVE_PICTURES });
  await window.signIn(name);
  await work(window.page, window);
  assert.deepEqual(await window.end(), []);
}

export const heading = (page, text) => page.waitForSelector(`h1:has-text("${text}")`);
export const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
export const follow = (page, name) => page.getByRole("link", { name, exact: true }).click();
export const done = (page, words) => page.getByText(words).first().waitFor();
export const sound = async (window) => assert.deepEqual(await window.violations(), []);

/** A file that is downloaded. */
export async function kept(page, press) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), content: fs.readFileSync(await download.path()) };
}

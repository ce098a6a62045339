// What somebody does at the pages, in words: the steps that the tests of jobs are made of.
import assert from "node:assert/strict";
import fs from "node:fs";
import { NARROW, Window } from "./browser.mjs";
import { PASSWORD } from "./stand.mjs";
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

/** The page in the other language. */
export async function speak(window, name) {
  const { page } = window;
  window.language = name === "Cymraeg" ? "cy" : "en";
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("button", { name: name === "Cymraeg" ? "English" : "Cymraeg", exact: true }).waitFor();
  await page.waitForSelector("main[aria-busy=false]");
}

/** Once more, at the page that asks who it is. */
export async function signIn({ page }, name) {
  await page.getByLabel("Your sign-in name").fill(name);
  await page.locator("input[type=password]").fill(PASSWORD);
  await press(page, "Sign in");
  await page.waitForSelector("[data-name=sign-out]");
  await page.waitForSelector("main[aria-busy=false]");
}

/** Sound, and no wider than a narrow window; as a picture at both widths. */
export async function judged(window, name) {
  const { page } = window;
  const wide = page.viewportSize();
  for (const size of [wide, NARROW]) {
    await page.setViewportSize(size);
    await sound(window);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${name}: wider than its window`);
    await window.picture(name);
  }
  await page.setViewportSize(wide);
}

/** A file that is downloaded. */
export async function kept(page, press) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), content: fs.readFileSync(await download.path()) };
}

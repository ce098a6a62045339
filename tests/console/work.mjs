// What people do at the console, from the first link to the section: with the mouse, and with keys alone.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { Window } from "./browser.mjs";
import { PASSPHRASE, PASSWORD } from "./stand.mjs";
import { chrome, stand } from "./whole.mjs";

const TIMEOUT = { timeout: 120_000 };
/** In a window of somebody; nothing may have gone wrong in it. */
async function as(name, work, how = {}) {
  const window = await Window.open(chrome, stand.address, how);
  if (name) await window.signIn(name);
  await work(window.page, window);
  assert.deepEqual(await window.end(), []);
}

/** RFC 6238, without us. */
function codeOf(secret) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll(" ", "").replaceAll("=", "")].map((one) => letters.indexOf(one).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac("sha1", key).update(step).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

const heading = (page, text) => page.waitForSelector(`h1:has-text("${text}")`);

test("somebody is invited, joins by the link, and signs in", TIMEOUT, async () => {
  let link;
  await as("administrator", async (page, window) => {
    await page.getByRole("link", { name: "People" }).click();
    await page.getByLabel("Sign-in name").fill("olwen");
    await page.getByLabel("Name that colleagues see").fill("Olwen");
    await page.getByLabel("Inspector: sets up inspections, reads answers").check();
    await page.getByRole("button", { name: "Invite somebody" }).click();
    link = await page.getByLabel("The link").inputValue();
    assert.match(link, /^https:\/\/127\.0\.0\.1:\d+\/join#olwen\./);
    for (const words of await window.violations()) assert.fail(words);
  });
  await as(null, async (page) => {
    await page.goto(link);
    await heading(page, "Choose your password");
    await page.getByLabel("New password", { exact: true }).fill("short");
    await page.getByRole("button", { name: "Set password" }).click();
    assert.match(await page.evaluate(() => document.activeElement.className), /govuk-error-summary/);
    await page.getByLabel("New password", { exact: true }).fill(PASSWORD);
    await page.getByLabel("The same password again", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Set password" }).click();
    await page.getByRole("button", { name: "Sign in" }).click();
    await heading(page, "Sign in");
  });
  await as("olwen", (page) => heading(page, "Inspections"));
});

test("a wrong password is said at the top, which takes the focus, and nothing typed is lost", TIMEOUT, async () => {
  await as(null, async (page, window) => {
    await window.go("#/");
    await page.getByLabel("Your sign-in name").fill("ines");
    await page.getByLabel("Your password", { exact: true }).fill("not the password at all");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForSelector(".govuk-error-summary:focus");
    assert.equal(await page.title(), "Error: Sign in – Perspective");
    assert.equal(await page.getByLabel("Your sign-in name").inputValue(), "ines");
    for (const words of await window.violations()) assert.fail(words);
  });
});

test("an authenticator is set up in the page, and its code is asked for from then on", TIMEOUT, async () => {
  let secret;
  await as("olwen", async (page) => {
    await page.getByRole("link", { name: "Your account" }).click();
    const begin = page.locator("form", { has: page.getByRole("button", { name: "Set up an authenticator" }) });
    await begin.getByLabel("Your present password", { exact: true }).fill(PASSWORD);
    await begin.getByRole("button", { name: "Set up an authenticator" }).click();
    secret = await page.locator("dd code").innerText();
    await page.getByLabel("Code that the app shows").fill(codeOf(secret));
    await page.getByRole("button", { name: "Confirm" }).click();
    assert.equal((await page.locator("pre.app-code").innerText()).trim().split("\n").length, 10);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("You have 10 recovery codes left.").waitFor();
    await page.locator("[data-name=sign-out]").click();
    await heading(page, "Sign in");
  });
});

test("the language is chosen once and stays, also after signing out", TIMEOUT, async () => {
  await as("ines", async (page) => {
    await page.getByRole("button", { name: "Cymraeg" }).click();
    await heading(page, "Arolygiadau");
    assert.equal(await page.evaluate(() => document.documentElement.lang), "cy");
    await page.locator("[data-name=sign-out]").click();
    await heading(page, "Mewngofnodi");
    await page.reload();
    await heading(page, "Mewngofnodi");
  });
});

test("counts come by themselves, in fives", TIMEOUT, async () => {
  const [one, kiosk] = ["lewes-2012", await stand.kiosk("Lewes office", "lewes-2012")];
  await as("ines", async (page) => {
    const count = page.locator(`[data-count="${one}"]`);
    assert.equal(await count.innerText(), "Fewer than 5");
    const sent = await kiosk.deliver(4);
    assert.deepEqual(sent.map((each) => JSON.parse(each.body).outcomes[0].status), [201, 201, 201, 201]);
    await page.waitForTimeout(3_000);
    assert.equal(await count.innerText(), "Fewer than 5");
    await kiosk.deliver(1);
    await page.waitForFunction((id) => document.querySelector(`[data-count="${id}"]`).textContent === "5 or more", one);
    assert.match(await page.locator("#said").innerText(), /5 or more/);
    // First of all what nobody has read, before that is due; in fives, too.
    const unread = page.getByRole("region", { name: "Not read yet" });
    await unread.getByText("5 or more responses have come since all comments were read.").waitFor();
    assert.ok(await page.evaluate(() => {
      const section = document.querySelector("section[aria-label='Not read yet']");
      return Boolean(section.compareDocumentPosition(document.querySelector("main table")) & Node.DOCUMENT_POSITION_FOLLOWING);
    }), "before the list");
    await unread.getByRole("group").filter({ hasText: "Lewes" }).getByRole("link", { name: "Read the comments" }).click();
    await page.waitForSelector("h1:has-text('Comments')");
  });
});

test("what changes before news begin to come is shown all the same", TIMEOUT, async () => {
  const [one, kiosk] = ["lewes-2012", await stand.kiosk("Lewes annexe", "lewes-2012")];
  await as("ines", async (page, window) => {
    let asked = 0;
    await page.route("**/v1/events*", async (route) => {
      if (asked++ === 0) await kiosk.deliver(5);
      await route.continue();
    });
    await window.go("#/account"); // and a whole new page, for which nobody waits yet
    await page.reload();
    await window.go("#/");
    await page.waitForFunction((id) => document.querySelector(`[data-count="${id}"]`)?.textContent === "10 or more", one);
    assert.equal(asked, 1);
  });
});

test("whoever does nothing is warned, may stay, and is signed out in the end", TIMEOUT, async () => {
  await as(null, async (page, window) => {
    await page.clock.install();
    await window.signIn("ines");
    await page.clock.fastForward("13:10");
    await page.getByRole("heading", { name: "You will be signed out soon" }).waitFor();
    for (const words of await window.violations()) assert.fail(words);
    await page.getByRole("button", { name: "Stay signed in" }).click();
    await page.locator("dialog").waitFor({ state: "detached" });
    await page.clock.fastForward("12:00");
    assert.equal(await page.locator("dialog").count(), 0);
    await page.clock.fastForward("03:30");
    await heading(page, "Sign in");
    await page.getByText("because nothing was done here for 15 minutes").waitFor();
  });
});

test("each role finds its own pages, and no other", TIMEOUT, async () => {
  const wanted = { administrator: ["Inspections", "Kiosks", "People", "Audit", "Your account"], ines: ["Inspections", "Programmes", "Kiosks", "Audit", "Your account"],
    sara: ["Inspections", "Your account"], dafydd: ["Inspections", "Your account"] };
  for (const [name, places] of Object.entries(wanted)) {
    await as(name, async (page, window) => {
      assert.deepEqual(await page.locator(".moj-primary-navigation__link").allInnerTexts(), places);
      if (name !== "administrator") {
        await window.go("#/people");
        await heading(page, "You may not see this page");
      }
    });
  }
});

/** Tab until the focus is where it is wanted, as somebody does it who has no mouse. */
async function tabTo(page, what) {
  for (let i = 0; i < 60; ++i) {
    await page.keyboard.press("Tab");
    const said = await page.evaluate(() => {
      const at = document.activeElement;
      const outline = getComputedStyle(at);
      return { name: (at.labels?.[0]?.innerText ?? at.innerText ?? "").trim(), isSeen: outline.outlineStyle !== "none" || outline.boxShadow !== "none" || outline.backgroundColor === "rgb(255, 221, 0)" };
    });
    if (!said.name.startsWith(what)) continue;
    assert.ok(said.isSeen, `nobody sees that the focus is on ${what}`);
    return;
  }
  assert.fail(`Tab does not lead to ${what}`);
}

test("with keys alone one signs in, skips to the content, and opens an inspection", TIMEOUT, async () => {
  await as(null, async (page, window) => {
    await window.go("#/");
    await tabTo(page, "Skip to main content");
    await page.keyboard.press("Enter");
    await tabTo(page, "Your sign-in name");
    await page.keyboard.type("ines");
    await tabTo(page, "Your password");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await heading(page, "Inspections");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
    await tabTo(page, "Croydon");
    await page.keyboard.press("Enter");
    await heading(page, "Overview");
    await tabTo(page, "Lock now");
    await page.keyboard.press("Space");
    await page.getByText("The answers are locked.").waitFor();
    await tabTo(page, "Passphrase");
    await page.keyboard.type(PASSPHRASE);
    await page.keyboard.press("Enter");
    await page.getByText("The answers are unlocked.").waitFor();
  });
});

// One collector and one Chromium for all of it.
import { after, before } from "node:test";
import { open } from "./browser.mjs";
import { INSPECTION, Stand } from "./stand.mjs";

export let stand;
export let chrome;

before(async () => {
  stand = await Stand.make({ programs: process.env.PERSPECTIVE_PROGRAMS });
  await stand.hire();
  for (const [inspection, how] of [[INSPECTION, {}], ["lewes-2012", { tokens: true, area: "Lewes" }]]) {
    stand.create(inspection, how);
    stand.say(["inspection", "open", inspection]);
  }
  await stand.keyReferenceCase({ most: process.env.PERSPECTIVE_SHORT === "yes" ? 6 : 100 });
  await stand.kiosk("Front office");
  await worry();
  chrome = await open({ modules: process.env.PERSPECTIVE_MODULES, chromium: "/usr/bin/chromium" });
});

after(async () => {
  await chrome?.end();
  await stand?.end();
});

/** A comment with a code, one with a concern that was decided, a form that two people keyed differently. */
async function worry() {
  const ask = (path, body) => stand.people.ines.ask("POST", `/v1/inspections/${INSPECTION}${path}`, body);
  const { comments } = await stand.people.ines.ask("GET", `/v1/inspections/${INSPECTION}/comments`);
  await ask(`/comments/${comments[0].reference}/read`);
  await ask(`/comments/${comments[0].reference}/codes`, { codes: ["school"] });
  const { reference } = await ask(`/comments/${comments[1].reference}/concerns`, { lead: "Sara", why: "afraid of somebody" });
  for (const step of ["decision", "outcome"]) {
    await stand.people.sara.ask("POST", `/v1/inspections/${INSPECTION}/concerns/${reference}/${step}`, { words: "a social worker went" });
  }
  const [letters] = await stand.print("victims", 1);
  for (const [name, said] of [["dafydd", "yes"], ["delyth", "no"]]) {
    await stand.people[name].ask("POST", `/v1/inspections/${INSPECTION}/paper/keyings`,
      { reference: letters, questionnaire: "victims", language: "en", answers: { services_explained: said } });
  }
}

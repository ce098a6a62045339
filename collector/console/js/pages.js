// Every page, with its address and the rights of which it needs one.
import { account } from "./pages/account.js";
import { audit } from "./pages/audit.js";
import { comments } from "./pages/comments.js";
import { concerns } from "./pages/concerns.js";
import { editor } from "./pages/editor.js";
import { home } from "./pages/home.js";
import { keys } from "./pages/keys.js";
import { kiosk, kiosks } from "./pages/kiosks.js";
import { overview } from "./pages/overview.js";
import { key, paper } from "./pages/paper.js";
import { people, person } from "./pages/people.js";
import { programme, programmes } from "./pages/programmes.js";
import { reconciliation } from "./pages/reconciliation.js";
import { release } from "./pages/release.js";
import { exports, section } from "./pages/section.js";
import { setUp, settings } from "./pages/settings.js";
import { tally } from "./pages/tally.js";
import { tokens } from "./pages/tokens.js";
import { withdrawal } from "./pages/withdrawal.js";

/**
 * @typedef {{ path: string, rights: string[], draw: (here: import("./app.js").Here) => import("./app.js").Page | Promise<import("./app.js").Page> }} Place
 */

const ONE = "inspections/:inspection";

/** @type {Place[]} a fixed part stands before one that takes its place */
export const pages = [
  { path: "", rights: ["see-inspections"], draw: home },
  { path: "inspections/new", rights: ["set-up-inspections"], draw: setUp },
  { path: ONE, rights: ["see-inspections"], draw: overview },
  { path: `${ONE}/settings`, rights: ["set-up-inspections"], draw: settings },
  { path: `${ONE}/tokens`, rights: ["set-up-inspections"], draw: tokens },
  { path: `${ONE}/keys`, rights: ["hold-keys"], draw: keys },
  { path: `${ONE}/comments`, rights: ["read-answers"], draw: comments },
  { path: `${ONE}/concerns`, rights: ["read-answers", "decide-concerns"], draw: concerns },
  { path: `${ONE}/paper`, rights: ["enter-paper"], draw: paper },
  { path: `${ONE}/paper/:questionnaire/:language`, rights: ["enter-paper"], draw: key },
  { path: `${ONE}/tally`, rights: ["read-answers"], draw: tally },
  { path: `${ONE}/tally/:questionnaire`, rights: ["read-answers"], draw: tally },
  { path: `${ONE}/tally/:questionnaire/:finding`, rights: ["read-answers"], draw: tally },
  { path: `${ONE}/section`, rights: ["read-answers"], draw: section },
  { path: `${ONE}/section/:kind/:language`, rights: ["read-answers"], draw: editor },
  { path: `${ONE}/release`, rights: ["read-releases"], draw: release },
  { path: `${ONE}/release/:questionnaire`, rights: ["read-releases"], draw: release },
  { path: `${ONE}/release/:questionnaire/:finding`, rights: ["read-releases"], draw: release },
  { path: `${ONE}/programme`, rights: ["read-releases"], draw: programme },
  { path: `${ONE}/exports`, rights: ["read-answers"], draw: exports },
  { path: `${ONE}/withdrawal`, rights: ["read-answers"], draw: withdrawal },
  { path: `${ONE}/reconciliation`, rights: ["run-kiosks"], draw: reconciliation },
  { path: "programmes", rights: ["read-releases"], draw: programmes },
  { path: "kiosks", rights: ["run-kiosks"], draw: kiosks },
  { path: "kiosks/:kiosk", rights: ["run-kiosks"], draw: kiosk },
  { path: "people", rights: ["run-people"], draw: people },
  { path: "people/:person", rights: ["run-people"], draw: person },
  { path: "audit", rights: ["read-audit"], draw: audit },
  { path: "audit/:page", rights: ["read-audit"], draw: audit },
  { path: "account", rights: ["own-account"], draw: account },
];

// A real collector with people of every role, an inspection, and the reference case keyed from paper by two people: all of it by
// the collector's own command line and API.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import https from "node:https";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { randomBytes, scryptSync } from "node:crypto";

export const TOP = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../..");
export const PASSWORD = "grey tin ladder";
export const PASSPHRASE = "quiet harbour lantern seven";
export const RECOVERY = "copper meadow violin nine";
export const INSPECTION = "croydon-2012";
const LIMIT_MS = 30_000;
const MULTIPLY = `
import sqlite3, sys
store = sqlite3.connect(sys.argv[1])
for number in range(int(sys.argv[3])):
    name = f"{sys.argv[2]}-{number:03}"
    store.execute("INSERT INTO inspections SELECT ?, area || ' ' || ?, state, version, envelope_bytes, is_accepting, definition, package "
                  "FROM inspections WHERE id = ?", (name, number, sys.argv[2]))
    store.execute("INSERT INTO daily_counts VALUES (?, '2012-11-22', 'kiosk', 5)", (name,))
store.commit()`;
const AT_ONCE = 4;

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Asks over TLS as a script does. */
function send({ port, ca, method, target, body, headers = {}, cert, key }) {
  const content = body === undefined ? undefined : Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const all = { ...(content && !Buffer.isBuffer(body) ? { "Content-Type": "application/json" } : {}), ...headers };
  if (content) all["Content-Length"] = Buffer.byteLength(content);
  return new Promise((resolve, reject) => {
    const asked = https.request({ host: "127.0.0.1", port, path: target, method, ca, cert, key, headers: all, agent: false, timeout: LIMIT_MS,
      rejectUnauthorized: Boolean(ca) }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    });
    asked.on("error", reject);
    asked.end(content);
  });
}

/** Somebody with a session, who asks the API without a page. */
export class Person {
  constructor(stand, name) {
    Object.assign(this, { stand, name, cookies: "" });
  }
  async ask(method, target, body) {
    const headers = { Cookie: this.cookies };
    const answer = await send({ port: this.stand.peoplePort, ca: this.stand.authority, method, target, body: method === "POST" ? (body ?? {}) : undefined, headers });
    const cookies = (answer.headers["set-cookie"] ?? []).map((one) => one.split(";")[0]);
    if (cookies.length) this.cookies = cookies.join("; ");
    const isJson = (answer.headers["content-type"] ?? "").includes("json");
    const content = isJson ? JSON.parse(answer.body) : answer.body;
    if (answer.status >= 400) throw new Error(`${method} ${target}: ${answer.status} ${content.detail}`);
    return content;
  }
  signIn() {
    return this.ask("POST", "/v1/people/sessions", { name: this.name, password: PASSWORD });
  }
}

export class Stand {
  static async make({ programs, assets = path.join(TOP, "assets"), page }) {
    const stand = new Stand();
    stand.folder = fs.mkdtempSync(path.join(os.tmpdir(), "perspective-console-"));
    stand.program = path.join(programs, "perspective-collector");
    stand.data = path.join(stand.folder, "c");
    stand.page = page;
    stand.environment = { PATH: process.env.PATH, HOME: stand.folder, LC_ALL: "C.UTF-8", PERSPECTIVE_ASSETS: assets };
    stand.kiosksPort = await freePort();
    stand.peoplePort = await freePort();
    const store = process.env.PERSPECTIVE_STORE ? ["--store", process.env.PERSPECTIVE_STORE] : [];
    const said = stand.say(["init", "--host", "127.0.0.1", "--port", stand.kiosksPort, "--people-port", stand.peoplePort, ...store]);
    stand.firstLink = said.split("\n").map((line) => line.trim()).find((line) => line.includes("/join#"));
    stand.authority = fs.readFileSync(path.join(stand.data, "keys/authority.pem"));
    await stand.serve();
    return stand;
  }

  say(words, lines = []) {
    return execFileSync(this.program, ["--data", this.data, ...words.map(String)], { env: this.environment, input: lines.map((line) => `${line}\n`).join(""),
      encoding: "utf8", timeout: LIMIT_MS, stdio: ["pipe", "pipe", "pipe"] });
  }

  async serve(options = []) {
    const file = path.join(this.folder, "log");
    const before = fs.existsSync(file) ? fs.readFileSync(file, "utf8").length : 0; // an earlier one was ready, too
    const said = () => fs.readFileSync(file, "utf8").slice(before);
    this.log = fs.openSync(file, "a");
    const console = this.page ? ["--console", this.page] : [];
    this.collector = spawn(this.program, ["--data", this.data, "serve", "--allow-swap", ...console, ...options], { env: this.environment, stdio: ["ignore", this.log, this.log] });
    const end = Date.now() + LIMIT_MS;
    while (!said().includes(" ready")) {
      if (this.collector.exitCode !== null || Date.now() > end) throw new Error(said());
      await sleep(50);
    }
  }

  get address() {
    return `https://127.0.0.1:${this.peoplePort}`;
  }

  async join(link) {
    const [name, secret] = link.split("#")[1].split(".");
    const person = new Person(this, name);
    await person.ask("POST", "/v1/people/joining", { name, secret, password: PASSWORD });
    await person.signIn();
    return person;
  }

  /** An administrator, and one of every other role; two who key. */
  async hire() {
    this.administrator = await this.join(this.firstLink);
    this.people = { administrator: this.administrator };
    const wanted = { ines: "inspector", sara: "safeguarding-lead", alun: "analyst", dafydd: "data-entry", delyth: "data-entry" };
    for (const [name, role] of Object.entries(wanted)) {
      const shown = name[0].toUpperCase() + name.slice(1);
      const { link } = await this.administrator.ask("POST", "/v1/people", { name, shown, roles: [role] });
      this.people[name] = await this.join(link);
    }
  }

  create(inspection = INSPECTION, { tokens = false, area = "Croydon", languages = "en,cy" } = {}) {
    const questionnaires = ["children-and-young-people", "victims"].flatMap((name) => ["--questionnaire", path.join(TOP, "assets/questionnaires", name)]);
    this.say(["inspection", "create", inspection, "--area", area, ...questionnaires, "--languages", languages, "--smallest-batch", 1, "--draft", "--fieldwork-starts",
      "2030-03-01", "--fieldwork-ends", "2030-03-12", ...(tokens ? [] : ["--no-tokens", "a test"])], [PASSPHRASE, PASSPHRASE, RECOVERY, RECOVERY]);
  }

  /** The letters of so many forms, as they stand on what is printed. */
  async print(questionnaire, copies, inspection = INSPECTION) {
    const pdf = await this.people.ines.ask("POST", `/v1/inspections/${inspection}/paper/forms`, { questionnaire, language: "en", copies });
    const file = path.join(this.folder, "forms.pdf");
    fs.writeFileSync(file, pdf);
    const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
    fs.unlinkSync(file);
    return [...new Set([...text.matchAll(/Form ([A-Z]{3}\u2011[A-Z]{3}\u2011[A-Z]{3})/g)].map((found) => found[1].replaceAll("\u2011", "-")))];
  }

  /** What everybody of the reference case answered, keyed by two people and counted. `most`: of each questionnaire. */
  async keyReferenceCase({ inspection = INSPECTION, most = 100 } = {}) {
    const all = JSON.parse(fs.readFileSync(path.join(TOP, "tests/fixtures/croydon-2012/responses.json"), "utf8"));
    for (const questionnaire of ["children-and-young-people", "victims"]) {
      const visits = all[questionnaire].slice(0, most);
      const letters = await this.print(questionnaire, visits.length, inspection);
      const key = (visit, i) => Promise.all(["dafydd", "delyth"].map((name) => this.people[name].ask("POST", `/v1/inspections/${inspection}/paper/keyings`,
        { reference: letters[i], questionnaire, language: "en", answers: visit.answers })));
      for (let i = 0; i < visits.length; i += AT_ONCE) await Promise.all(visits.slice(i, i + AT_ONCE).map((visit, j) => key(visit, i + j)));
    }
    await this.people.ines.ask("POST", `/v1/inspections/${inspection}/unlock`, { passphrase: PASSPHRASE });
    return (await this.people.ines.ask("POST", `/v1/inspections/${inspection}/paper/settlements`, {})).counted;
  }

  /** A kiosk by hand: what it sends is as long as an envelope, and opened by nobody. */
  async kiosk(name, inspection = INSPECTION) {
    const { invite } = await this.people.ines.ask("POST", "/v1/invites", { inspection, name });
    const secret = /secret=(\w+)/.exec(invite)[1];
    const file = (ending) => path.join(this.folder, `${name.replaceAll(" ", "-")}.${ending}`);
    execFileSync("openssl", ["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", file("key"), "-out", file("request"), "-subj", "/CN=kiosk"],
      { stdio: "ignore" });
    const door = { port: this.kiosksPort, ca: this.authority };
    const enrolled = await send({ ...door, method: "POST", target: "/v1/enrolments", body: { secret, request: fs.readFileSync(file("request"), "utf8") } });
    const known = { ...door, cert: JSON.parse(enrolled.body).certificate, key: fs.readFileSync(file("key")) };
    const signed = await send({ ...known, method: "GET", target: `/v1/packages/${inspection}`, headers: { "Perspective-Waiting": "0" } });
    const bytes = Number(/"envelope_bytes":(\d+)/.exec(signed.body.toString("latin1"))[1]);
    const salt = Buffer.from(/"salt":"([0-9a-f]+)"/.exec(signed.body.toString("latin1"))[1], "hex");
    const post = (body) => send({ ...known, method: "POST", target: `/v1/inspections/${inspection}/envelopes`, body, headers: { "Content-Type": "application/octet-stream" } });
    return {
      deliver: (count) => Promise.all(Array.from({ length: count }, () => post(randomBytes(16 + bytes)))),
      /** What somebody's four words lead to: FORMAT.md. @returns the status that the collector answers for it */
      deliverOf: async (words) => {
        const id = scryptSync(words, salt, 16, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 27 });
        return JSON.parse((await post(Buffer.concat([id, Buffer.alloc(bytes, 7)]))).body).outcomes[0].status;
      },
    };
  }

  /** So many copies of an inspection, each with answers that nobody has read: what a store of years looks like. */
  async multiply(inspection, count) {
    await this.stop();
    execFileSync("/usr/bin/python3", ["-c", MULTIPLY, path.join(this.data, "collector.sqlite"), inspection, String(count)]);
    await this.serve();
  }

  async stop() {
    this.collector?.kill("SIGTERM");
    await new Promise((resolve) => (this.collector?.exitCode === null ? this.collector.once("exit", resolve) : resolve()));
  }

  async end() {
    await this.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

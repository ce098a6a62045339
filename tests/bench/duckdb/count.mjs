// The query of the benchmark `crosstab` in DuckDB: node count.mjs MODULES NUMBERS ROUNDS OPTION_CODE
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, numbers, rounds, option] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(modules, "package.json"))("@duckdb/node-api");

const connection = await (await DuckDBInstance.create(":memory:")).connect();
await connection.run("CREATE TABLE answers (a TINYINT, b TINYINT, c TINYINT)");
await connection.run(`COPY answers FROM '${numbers}' (FORMAT csv, HEADER false)`);

const queries = {
  all: "SELECT a, b, count(*)::INTEGER FROM answers GROUP BY a, b ORDER BY a, b",
  some: `SELECT a, b, count(*)::INTEGER FROM answers WHERE c = ${Number(option)} GROUP BY a, b ORDER BY a, b`,
};
const found = {};
for (const [name, query] of Object.entries(queries)) {
  found[`${name}_ms`] = [];
  for (let round = 0; round < Number(rounds); ++round) {
    const begun = process.hrtime.bigint();
    const rows = await (await connection.runAndReadAll(query)).getRows();
    found[`${name}_ms`].push(Number(process.hrtime.bigint() - begun) / 1e6);
    found[`${name}_people`] = rows.reduce((sum, row) => sum + row[2], 0);
  }
}
console.log(JSON.stringify(found));

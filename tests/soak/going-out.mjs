// node tests/soak/going-out.mjs: the campaign in full; its figures are the last line.
import { runKills } from "../social/kill-campaign.mjs";

const number = (/** @type {string} */ name, /** @type {number} */ otherwise) =>
  Number(process.env[name] ?? otherwise);
const kills = number("ASKUS_KILLS", 100);
const seed = number("ASKUS_FIRST_SEED", 11);
const figures = [];
for (const database of /** @type {const} */ (["SQLite", "PostgreSQL"]))
  figures.push(await runKills({ kills, seed, database }));
console.log(figures.join("; "));

// node tests/soak/going-out.mjs: the campaign in full; its figures are the last line.
import { runKills } from "../social/kill-campaign.mjs";

const number = (/** @type {string} */ name, /** @type {number} */ otherwise) =>
  Number(process.env[name] ?? otherwise);
console.log(
  await runKills({ kills: number("ASKUS_KILLS", 100), seed: number("ASKUS_FIRST_SEED", 11) }),
);

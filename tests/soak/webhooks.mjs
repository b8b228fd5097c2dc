// node tests/soak/webhooks.mjs: the campaign in full; its figures are the last line.
import { runCampaign } from "../social/campaign.mjs";

const number = (/** @type {string} */ name, /** @type {number} */ otherwise) =>
  Number(process.env[name] ?? otherwise);
console.log(
  await runCampaign({
    deliveries: number("ASKUS_DELIVERIES", 10_000),
    kills: number("ASKUS_KILLS", 20),
    seed: number("ASKUS_FIRST_SEED", 7),
  }),
);

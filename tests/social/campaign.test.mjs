// The short form of tests/soak/webhooks, always the same.
import { test } from "node:test";
import { runCampaign } from "./campaign.mjs";

test("webhooks while the server is killed: each event once, none of the others", async () => {
  console.log(`# ${await runCampaign({ deliveries: 800, kills: 3, seed: 20261121 })}`);
});

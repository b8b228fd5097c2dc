// Mail to a server elsewhere: only under TLS, and only to one whose certificate is known.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { makeCertificate } from "../browser/support/certificate.mjs";
import { ACCOUNT, askBySite, logInByHand, startGoingOut } from "./going-out.mjs";
import { ELSEWHERE, MailServer } from "./receivers.mjs";

const folder = mkdtempSync(join(tmpdir(), "askus-tls-"));
after(() => rmSync(folder, { recursive: true }));

const known = makeCertificate(folder, "known", ELSEWHERE);
const stranger = makeCertificate(folder, "stranger", ELSEWHERE);
const misnamed = makeCertificate(folder, "misnamed", "127.0.0.3");

/**
 * @param {import("./receivers.mjs").MailTls["mode"]} mode
 * @param {typeof known} shown the mail server's certificate
 * @param {(all: any[]) => boolean} settled
 */
async function answeredByMail(mode, shown, settled, trusted = known) {
  const mail = new MailServer(ACCOUNT, { mode, key: shown.key, cert: shown.cert });
  const out = await startGoingOut({ mail, caFile: trusted.certFile });
  try {
    const staff = await logInByHand(out.askus);
    const { id } = await askBySite(out.askus, { title: "Де мій договір?" });
    assert.equal((await staff.reply(id, "У кабінеті.")).status, 204);
    const { deliveries } = await staff.until(id, settled);
    assert.deepEqual(out.wrong(), []);
    return { mail, delivery: deliveries[0] };
  } finally {
    await out.stop();
  }
}

for (const mode of /** @type {const} */ (["from the first byte", "STARTTLS"])) {
  test(`TLS, ${mode}: sent, with the password, and nothing in the clear`, async () => {
    const { mail } = await answeredByMail(mode, known, (all) => all[0]?.state === "sent");
    assert.equal(mail.taken.length, 1);
    assert.deepEqual(mail.clear, []);
  });
  for (const { what, shown, trusted } of [
    { what: "nobody knows", shown: stranger, trusted: known },
    { what: "is another host's", shown: misnamed, trusted: misnamed },
  ])
    test(`TLS, ${mode}, a certificate that ${what}: nothing is sent, and staff see why`, async () => {
      const untrusted = (/** @type {any[]} */ all) => all[0]?.reason?.startsWith("not-trusted ");
      const { mail, delivery } = await answeredByMail(mode, shown, untrusted, trusted);
      assert.equal(delivery.state, "waiting", "it is sent when the certificate is mended");
      assert.deepEqual([mail.calls, mail.clear], [[], []]);
    });
}

test("a server elsewhere without TLS gets neither the password nor the mail", async () => {
  const { mail } = await answeredByMail("none", known, (all) =>
    all[0]?.reason?.startsWith("not-trusted "),
  );
  assert.deepEqual([mail.calls, mail.clear], [[], []]);
});

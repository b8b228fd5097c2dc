// A key and a certificate of its own signature, for servers of a test's own.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Good for a day, for an address of this machine; as `<name>.key` and `<name>.pem` in the folder.
 * @param {string} folder @param {string} name @param {string} [host]
 */
export function makeCertificate(folder, name, host = "127.0.0.1") {
  const [keyFile, certFile] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  const args = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const names = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=IP:${host}`, "-days", "1"];
  execFileSync("openssl", [...args, ...names, "-keyout", keyFile, "-out", certFile], {
    stdio: "ignore",
  });
  const [key, cert] = [keyFile, certFile].map((file) => readFileSync(file, "utf8"));
  return { keyFile, certFile, key, cert };
}

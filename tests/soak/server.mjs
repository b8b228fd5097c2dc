// A release server of a folder of its own for the measuring campaigns, with room for many connections.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const PROGRAM = resolve(process.env.ASKUS_SERVER ?? "build/release/bin/askus-server");

/**
 * @param {object} limits of the configuration
 * @returns {Promise<{port: number, pid: number, memory: () => number, stop: () => Promise<void>}>}
 *   `memory`: bytes that are resident
 */
export async function startServer(limits) {
  const folder = mkdtempSync(join(tmpdir(), "askus-soak-"));
  const write = (/** @type {string} */ name, /** @type {string} */ text, mode = 0o644) => {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text, { mode });
  };
  write("web/ask.js", "loader();");
  write("web/ask-more.js", "export const start = 1;");
  write("web/panel.html", "<html lang={{lang}}><title>{{title}}</title>{{config}}</html>");
  write("web/assets/large.1.bin", "x".repeat(4 << 20));
  write("web/texts/en.json", '{"list":[]}');
  const assets = { core: "c", panel_script: "s", panel_style: "p", verify_script: "v" };
  // The form without JavaScript takes a body from anybody who says that it is a form.
  const texts = ["panel", "form"].map((part) => readFileSync(`web/${part}/texts/en.json`, "utf8"));
  write(
    "web/texts/form.json",
    JSON.stringify({ en: Object.assign({}, ...texts.map((t) => JSON.parse(t))) }),
  );
  const form = { form_texts: "texts/form.json", form_style: "assets/form.1.css" };
  write("web/assets.json", JSON.stringify({ ...assets, ...form, texts: { en: "texts/en.json" } }));
  write("secret", "s".repeat(32), 0o600);
  write(
    "askus.json",
    JSON.stringify({
      ...{ listen: { port: 0 }, data: "data", web: "web", secret_file: "secret", limits },
      abuse: { rate_limit: false, form_token: false },
      sites: { demo: { allowed_origins: [], public_keys: [] } },
    }),
  );
  const server = spawn(PROGRAM, ["--config", join(folder, "askus.json")], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const line = await new Promise((done, fail) => {
    createInterface(server.stdout).once("line", done);
    server.once("exit", (code) => fail(new Error(`the server ended with ${code}`)));
  });
  const pid = Number(server.pid);
  return {
    port: Number(String(line).split(":").at(-1)),
    pid,
    memory: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024,
    stop: () =>
      new Promise((done) => {
        server.removeAllListeners("exit");
        server.once("exit", () => {
          rmSync(folder, { recursive: true });
          done(undefined);
        });
        server.kill("SIGTERM");
      }),
  };
}

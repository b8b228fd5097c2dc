// The measuring of tests/soak/slow-clients.
import { spawn } from "node:child_process";
import { connect } from "node:net";
import { startServer } from "./server.mjs";

const MOST_P99_MS = 50;
const SECONDS = Number(process.env.ASKUS_SLOW_SECONDS ?? 25); // less than the server's deadline
const ASK = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
const count = process.argv[2];

/** What slowhttptest does, by its own options. */
const KINDS = {
  headers: ["-H", "-u", "/healthz"],
  bodies: ["-B", "-t", "POST", "-u", "/sites/demo/ask"],
  readers: ["-X", "-w", "10", "-y", "20", "-z", "32", "-n", "5", "-u", "/assets/large.1.bin"],
};

const server = await startServer({
  ...{ connections: 10_000, connections_per_address: 10_000 },
});

/** A good client's times in ms, one request after the other on one connection, until `isOver`. */
async function goodClient(/** @type {() => boolean} */ isOver) {
  const socket = connect(server.port, "127.0.0.1");
  const times = [];
  while (!isOver()) {
    const begin = performance.now();
    socket.write(ASK);
    await new Promise((done, fail) => {
      socket.once("data", done);
      socket.once("close", () => fail(new Error("the good client was cut off")));
    });
    times.push(performance.now() - begin);
    socket.removeAllListeners("close");
    await new Promise((done) => setTimeout(done, 2));
  }
  socket.destroy();
  return times.sort((a, b) => a - b);
}

const figures = [];
for (const [kind, options] of Object.entries(KINDS)) {
  const [path, ...rest] = [options[options.length - 1], ...options.slice(0, -2)];
  const url = `http://127.0.0.1:${server.port}${path}`;
  const common = ["-c", count, "-r", "500", "-i", "5", "-l", String(SECONDS), "-p", "5", "-u", url];
  const slow = spawn("slowhttptest", [...rest, ...common], { stdio: "ignore" });
  let isOver = false;
  slow.once("exit", () => (isOver = true));
  slow.once("error", (error) => {
    console.error(String(error));
    process.exit(1);
  });
  const times = await goodClient(() => isOver);
  const p99 = times[Math.floor(times.length * 0.99)];
  figures.push(`${kind}: p50 ${times[times.length >> 1].toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
  console.error(figures.at(-1), `of ${times.length} requests`);
  if (p99 > MOST_P99_MS) process.exitCode = 1;
}
await server.stop();
console.log(`${count} slow clients each, a good one beside them: ${figures.join("; ")}`);

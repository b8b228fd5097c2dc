// The measuring of tests/soak/idle-connections.
import { connect } from "node:net";
import { startServer } from "./server.mjs";

const MOST_EACH = 4096;
const MOST_ALL = 64 << 20;
const AT_ONCE = 100;
const ASK = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
const count = Number(process.argv[2]);

const server = await startServer({
  ...{ connections: count + 100, connections_per_address: count + 100 },
  idle_timeout_ms: 3_600_000,
});

/** One connection that has had its answer. @returns {Promise<import("node:net").Socket>} */
const open = () =>
  new Promise((done, fail) => {
    const socket = connect(server.port, "127.0.0.1", () => socket.write(ASK));
    socket.once("data", (bytes) => {
      if (!bytes.toString().startsWith("HTTP/1.1 200")) fail(new Error(bytes.toString()));
      done(socket);
    });
    socket.once("error", fail);
  });

// What the first connections cost is the server's, not theirs: threads, pools, the heap's first pages.
const sockets = await Promise.all(Array.from({ length: AT_ONCE }, open));
const before = server.memory();
while (sockets.length < count + AT_ONCE) {
  sockets.push(...(await Promise.all(Array.from({ length: AT_ONCE }, open))));
}
const after = server.memory();
const each = Math.round((after - before) / count);
// They are idle, not dead: the oldest and the newest still answer.
for (const socket of [sockets[0], sockets[sockets.length - 1]]) {
  await new Promise((done) => socket.once("data", done) && socket.write(ASK));
}
for (const socket of sockets) socket.destroy();
await server.stop();
console.log(
  `${count} idle connections: ${(after / 2 ** 20).toFixed(1)} MB resident, ${each} bytes each`,
);
if (each > MOST_EACH || after > MOST_ALL) {
  console.error(`over the limit: ${MOST_EACH} bytes each, ${MOST_ALL >> 20} MB in all`);
  process.exitCode = 1;
}

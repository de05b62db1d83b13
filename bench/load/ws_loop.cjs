// Another server to compare with: npm `ws` sends the same frame to everybody, again and again.
const { createRequire } = require("node:module");
const [modules, sockets, passes, size, pause] = process.argv.slice(2);
const { WebSocketServer } = createRequire(`${modules}/`)("ws");

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false }, () => {
  console.log(server.address().port);
});
const text = Buffer.from("x".repeat(Number(size)));
let left = Number(passes);

function pass() {
  if (left-- === 0) return;
  for (const client of server.clients) client.send(text, { binary: false });
  setTimeout(pass, 1000 * Number(pause));
}

server.on("connection", () => {
  if (server.clients.size === Number(sockets)) setTimeout(pass, 1000);
});
process.on("SIGTERM", () => process.exit(0));

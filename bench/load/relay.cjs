// Another server to compare with: npm `socket.io` as a relay. Each note that is posted is broadcast once, and kept nowhere.
const { createRequire } = require("node:module");
const http = require("node:http");
const [modules] = process.argv.slice(2);
const { Server } = createRequire(`${modules}/`)("socket.io");

const server = http.createServer((asked, answer) => {
  let body = "";
  asked.on("data", (piece) => (body += piece));
  asked.on("end", () => {
    const note = new URLSearchParams(body);
    io.emit("note", { id: note.get("id"), step: note.get("step"), text: note.get("text") });
    answer.writeHead(204).end();
  });
});
const io = new Server(server, { transports: ["websocket"], serveClient: false });
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.on("SIGTERM", () => process.exit(0));

// Stands in for an application: answers with its version, and serves for a while after SIGTERM, as
// long as Traefik may still send it requests.
const { readFileSync } = require("node:fs");
const { createServer } = require("node:http");

const DRAIN_MILLISECONDS = 4000;

if (process.env.VERSION === "crashes") {
  throw new Error("this version crashes at its start");
}

const message = readFileSync("/app/message.txt", "utf8");
const server = createServer((_request, response) => {
  response.statusCode = process.env.VERSION === "unhealthy" ? 500 : 200;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ version: process.env.VERSION, message }));
});
server.listen(3000);
process.on("SIGTERM", () => setTimeout(() => process.exit(0), DRAIN_MILLISECONDS));

// Stands in for Discord and for the service that expects the heartbeat: keeps what it is told, and tells it again. It is
// slow, fails, prints and asks others on request.
const { createServer } = require("node:http");
const { setTimeout: pause } = require("node:timers/promises");

const told = [];

async function answer(pathname, parameters, body) {
  switch (pathname) {
    case "/":
      return [200, "here"];
    case "/told":
      return [200, JSON.stringify(told)];
    case "/slow":
      await pause(1000);
      return [200, "at last"];
    case "/fail":
      return [500, "no"];
    case "/print":
      console.log(parameters.get("line"));
      return [200, "printed"];
    case "/fetch":
      return [200, await (await fetch(parameters.get("url"))).text()];
    default:
      told.push({ at: Date.now(), path: pathname, body: JSON.parse(body) });
      return [204, undefined];
  }
}

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://here");
  let body = "";
  for await (const chunk of request) {
    body += chunk;
  }
  const [status, text] = await answer(pathname, searchParams, body);
  response.writeHead(status).end(text);
}).listen(Number(process.env.PORT), "0.0.0.0");

process.on("SIGTERM", () => process.exit(0));

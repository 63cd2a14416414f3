import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { outcomeOf } from "../../../support/processes";
import { temporaryFolder } from "../../../support/synthesis";

const REQUESTS = join(__dirname, "../../../../constructs/data/provisioning/requests.mjs");
/** What a server does that starts: it hangs up, and then it answers, at last with success. */
const STARTING = ["hangs up", "hangs up", 503, 200] as const;

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));

test("whoever waits for a server says what for and why, once for each reason", async () => {
  let asked = 0;
  const server = createServer((request, response) => {
    const answer = STARTING[asked++] ?? 200;
    if (answer === "hangs up") {
      request.socket.destroy();
    } else {
      response.writeHead(answer).end("is starting");
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
  const [script, plan] = [join(folder, "wait.mjs"), join(folder, "plan.json")];
  writeFileSync(plan, JSON.stringify({ url }));
  writeFileSync(
    script,
    `import { plan, untilReady } from ${JSON.stringify(pathToFileURL(REQUESTS))};\nawait untilReady(plan.url);\n`,
  );

  const { status, stdout, stderr } = await outcomeOf([script, "--plan", plan]);
  server.close();

  expect({ status, stderr, asked }).toEqual({ status: 0, stderr: "", asked: STARTING.length });
  expect(stdout.replaceAll(url, "<url>").split("\n")).toEqual([
    "waiting for <url>: other side closed",
    "waiting for <url>: GET <url> was answered 503: is starting",
    "",
  ]);
});

import autocannon from "autocannon";
import { hostName, publicUrl } from "../../config/hosts";
import { environment } from "../environment";
import { images } from "../images";
import { firstRelease, synthesise } from "../program";
import type { WebRelease } from "../stacks/web";
import { eventually } from "../support/eventually";
import { askHost } from "../support/http";
import { measured } from "../support/report";
import { execIn, namesOf } from "../support/swarm";
import { Terraform } from "../support/terraform";
import { OUTPUT_FOLDER } from "../support/work-folder";

const REQUESTS = 10_000;
const REQUESTS_PER_SECOND = 500;
const CONNECTIONS = 20;
const LONGEST_LOAD_SECONDS = 120;
const MISSING_IMAGE = `127.0.0.1:5000/nobody/made-this@sha256:${"0".repeat(64)}`;

const platform = new Terraform("e2e-platform");

function release(changes: Partial<WebRelease>): void {
  synthesise({ outdir: OUTPUT_FOLDER, release: { ...firstRelease, ...changes } });
}

async function served(): Promise<unknown> {
  const { status, body } = await askHost("web");
  return status === 200 ? JSON.parse(body) : status;
}

/** Waits until every replica answers the same: as many answers in a row as would not all come from new ones by chance. */
async function untilServed(expected: object): Promise<void> {
  await eventually(`${JSON.stringify(expected)} is served`, 20, async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, served));
    expect(answers).toEqual(Array(10).fill(expected));
    return true;
  });
}

/** Sends requests at a steady rate while something happens, and until there were enough. */
async function underLoad(event: () => Promise<void>): Promise<autocannon.Result> {
  let answered = 0;
  let happened = false;
  const load = autocannon({
    url: `http://127.0.0.1:${environment.ports.http}`,
    headers: { host: hostName(environment, "web") },
    connections: CONNECTIONS,
    overallRate: REQUESTS_PER_SECOND,
    duration: LONGEST_LOAD_SECONDS,
    setupClient: (client) =>
      client.on("response", () => {
        answered += 1;
        if (happened && answered >= REQUESTS) {
          (load as unknown as autocannon.Instance).stop?.();
        }
      }),
  });
  await event();
  happened = true;
  return load;
}

describe("a service with a route", () => {
  beforeAll(async () => {
    release({});
    await platform.init();
    const { seconds } = await platform.mustApply();
    measured("apply of a service of two replicas", `${seconds.toFixed(1)} s`);
  });

  afterAll(async () => {
    await platform.destroy();
  });

  test("answers through Traefik within seconds", async () => {
    const seconds = await eventually("the route answers", 10, async () => (await askHost("web")).status === 200);

    expect(await served()).toEqual({ version: "1", message: "hello" });
    measured("route answers after apply ended", `${seconds.toFixed(1)} s`);
  });

  test("has nothing to change in a second plan", async () => {
    expect((await platform.plan()).exitCode).toBe(0);
  });

  test("is reached from inside by its public name, as from a browser", async () => {
    const url = publicUrl(environment, "web");
    const printed = await execIn("web", [
      "node",
      "-e",
      `fetch("${url}").then((a) => a.text()).then(console.log, console.log)`,
    ]);

    expect(printed).toContain('"version":"1"');
  });

  test("loses no request while it is updated under load", async () => {
    release({ version: "2" });
    let seconds = 0;
    const result = await underLoad(async () => {
      ({ seconds } = await platform.mustApply());
      await untilServed({ version: "2", message: "hello" });
    });
    const { "2xx": answered, non2xx, errors, timeouts } = result;

    measured(
      "requests during a rolling update of two replicas",
      `${answered} answered, ${non2xx + errors + timeouts} lost, apply ${seconds.toFixed(1)} s`,
    );
    expect(answered).toBeGreaterThanOrEqual(REQUESTS);
    expect({ non2xx, errors, timeouts }).toEqual({ non2xx: 0, errors: 0, timeouts: 0 });
  });

  test("rolls with a changed config, of which no old one is left", async () => {
    release({ version: "2", message: "changed" });
    const before = await namesOf("configs");
    await platform.mustApply();
    const after = await namesOf("configs");

    await untilServed({ version: "2", message: "changed" });
    expect(after.filter((name) => name.includes("web-message"))).toHaveLength(1);
    expect(after).toHaveLength(before.length);
    expect(after).not.toEqual(before);
    expect((await platform.plan()).exitCode).toBe(0);
  });

  test.each<[string, Partial<WebRelease>]>([
    ["cannot be pulled", { version: "3", image: { ...images.node, reference: MISSING_IMAGE } }],
    ["crashes at its start", { version: "crashes" }],
    ["never becomes healthy", { version: "unhealthy" }],
  ])("goes on serving the old version when the new one %s, and the apply fails", async (what, changes) => {
    release({ message: "changed", ...changes });
    const { exitCode, output, seconds } = await platform.apply();

    expect(exitCode).not.toBe(0);
    expect(output).toContain("rollback");
    await untilServed({ version: "2", message: "changed" });
    measured(`apply of a version that ${what}, until it failed`, `${seconds.toFixed(1)} s`);
  });
});

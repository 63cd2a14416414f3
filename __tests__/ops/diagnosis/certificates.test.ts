import { certificateFindings } from "../../../ops/diagnosis/certificates";
import type { askHost, Certificate } from "../../../ops/verification/asking";
import { swarmService } from "../../support/docker-engine";
import { swarm } from "../../support/swarm";
import { environmentNamed } from "../../support/testing";

const HOSTS = ["api.example.org", "vault.example.org"];
const DAY = 24 * 60 * 60 * 1000;
const good: Certificate = { expires: new Date(Date.now() + 60.5 * DAY), refusal: undefined };
const routes = HOSTS.map((host) => ({ host, audience: "public" as const, probe: { path: "/", status: 200 } }));

/** Looks at an environment whose first host shows this, and the other a good one. */
async function findingsOf(name: string, shown: Partial<Certificate> | Error, services?: readonly object[]) {
  const environment = environmentNamed(name);
  const engine = await swarm({ services: services ?? [swarmService(`${environment.prefix}-traefik`)] });
  const ask: typeof askHost = async (_, { host }) => {
    if (host === HOSTS[0] && shown instanceof Error) {
      throw shown;
    }
    return { status: 200, milliseconds: 1, certificate: host === HOSTS[0] ? { ...good, ...shown } : good };
  };
  const findings = await certificateFindings(environment, routes, Promise.resolve(engine), ask);
  engine.close();
  return findings;
}

test("certificates that are good for long are well, and how long is said", async () => {
  expect(await findingsOf("staging", { expires: new Date(Date.now() + 30.5 * DAY) })).toEqual([
    { subject: "certificates", state: "ok", message: "2 hosts show theirs; the first ends in 30 days" },
  ]);
});

test("where nothing is encrypted there is none", async () => {
  expect(await findingsOf("local", {})).toEqual([]);
});

test("where nothing is deployed nobody shows one", async () => {
  expect(await findingsOf("staging", {}, [])).toEqual([
    { subject: "certificates", state: "ok", message: "are shown by nobody yet: Traefik is not deployed" },
  ]);
});

test.each<[string, string, Partial<Certificate>, string, string]>([
  [
    "ends soon",
    "staging",
    { expires: new Date(Date.now() + 3.5 * DAY) },
    "its certificate ends in 3 days, and should have been renewed",
    "Traefik renews it: see why it did not in npm run ops -- logs staging traefik",
  ],
  [
    "ended",
    "lan",
    { expires: new Date(Date.now() - 2.5 * DAY) },
    "its certificate ended 3 days ago, and should have been renewed",
    "the next deploy of layer-1 renews it: npm run ops -- up lan",
  ],
  [
    "is another's",
    "staging",
    { refusal: "not in the cert's altnames" },
    "its certificate is another's: not in the cert's altnames",
    "Traefik renews it: see why it did not in npm run ops -- logs staging traefik",
  ],
])("one that %s is warned of, with how it is renewed", async (_, environment, shown, message, remedy) => {
  expect(await findingsOf(environment, shown)).toEqual([{ subject: HOSTS[0], state: "warning", message, remedy }]);
});

test("one that is refused as a browser would is warned of", async () => {
  const refused = Object.assign(new Error("certificate has expired"), { code: "CERT_HAS_EXPIRED" });

  expect(await findingsOf("production", refused)).toEqual([
    {
      subject: HOSTS[0],
      state: "warning",
      message: "its certificate is refused: certificate has expired",
      remedy: "Traefik renews it: see why it did not in npm run ops -- logs production traefik",
    },
  ]);
});

test("a host that does not answer is unknown", async () => {
  const silent = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" });

  expect(await findingsOf("staging", silent)).toEqual([
    { subject: HOSTS[0], state: "unknown", message: "could not ask: connect ECONNREFUSED" },
  ]);
});

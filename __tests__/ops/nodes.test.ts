import { TOKENS } from "./nodes/fake-swarm";
import { Fleet, RESERVED } from "./nodes/fleet";

jest.mock("../../ops/folders", () => jest.requireActual("../support/ops-folders"));
jest.mock("node:timers/promises", () => jest.requireActual("../support/short-pauses"));

const ALL = ["manager-1", "manager-2", "manager-3", "worker-1"];
const KEYS = ["A", "B"].map((letter) => `AAAAC3NzaC1lZDI1NTE5AAAAI${letter.repeat(43)}`) as [string, string];
const FINGERPRINTS = [
  "SHA256:kmYcvdi2GkPeWxB6XLjrZB8JHsy2Hm8luHMFp9GMvqk",
  "SHA256:X75Mb3nqVpJG3UuCRMIO94EyEAtegd44QTYVIRv99HI",
];
const fleet = new Fleet();
const { swarm } = fleet;

beforeAll(() => fleet.start());
beforeEach(() => fleet.reset(...ALL));
afterAll(() => fleet.stop());

describe("ops nodes list", () => {
  test("shows machines that are as declared, and is content", async () => {
    const { status, stdout, stderr } = await fleet.ops("list staging");
    const rows = stdout.split("\n").map((line) => line.trimEnd().split(/ {2,}/));

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(rows.slice(0, 5)).toEqual([
      ["MACHINE", "ROLE", "AVAILABILITY", "STATE", "ENGINE", "ADDRESS", "LABELS"],
      ["manager-1", "manager, leads", "active", "ready", "29.1.0", "10.61.0.2", "sprocket.data=true"],
      ["manager-2", "manager", "active", "ready", "29.1.0", "10.61.0.3"],
      ["manager-3", "manager", "active", "ready", "29.1.0", "10.61.0.4"],
      ["worker-1", "worker", "active", "ready", "29.1.0", "10.61.0.5"],
    ]);
    expect(stdout).toContain("All 4 machines are as declared.");
  });

  test("says of each difference what would put it right, and fails", async () => {
    fleet.reset("manager-1", "manager-2", "manager-3");
    swarm.node("manager-1").Spec.Labels = {};
    const { status, stdout } = await fleet.ops("list staging --json");
    const { declared, findings } = JSON.parse(stdout);

    expect(status).toBe(1);
    expect(declared).toHaveLength(4);
    expect(findings.map(({ subject, remedy }: Record<string, string>) => [subject, remedy])).toEqual([
      ["manager-1", "npm run ops -- nodes join staging manager-1"],
      ["worker-1", "npm run ops -- nodes join staging worker-1"],
    ]);
  });

  test("says why no manager is reached, in the words of ssh", async () => {
    for (const machine of swarm.machines) {
      machine.isReachable = false;
    }
    const { status, stdout, stderr } = await fleet.ops("list staging");

    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/managers: 3 faults\n.*\(203\.0\.113\.10\): its Docker does not answer by SSH: .*timed out/);
  });

  test("reads no output of the foundation but the addresses, and says where there are none yet", async () => {
    // None refuses before all are asked: the command waits for no other after the first refusal.
    const terraform = `
      test "$1" = output || exit 0
      echo "$3" >>'${fleet.folder}/outputs'
      while test "$(wc -l <'${fleet.folder}/outputs')" -lt 3; do sleep 0.02; done
      echo "no $3" >&2; exit 1`;
    const { status, stderr } = await fleet.ops("list staging", { programs: { terraform } });

    expect(status).toBe(1);
    expect(stderr).toContain("npm run deploy:layer -- staging-foundation");
    expect(fleet.read("outputs").trim().split("\n").sort()).toEqual([
      "private_addresses",
      "public_address",
      "public_addresses",
    ]);
  });

  test("names the credentials that are missing", async () => {
    const { status, stderr } = await fleet.ops("list staging", { variables: { AWS_ACCESS_KEY_ID: "" } });

    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining("AWS_ACCESS_KEY_ID") });
  });
});

describe("ops nodes join", () => {
  test("has the missing machines join by SSH, and shows what admits them to nobody", async () => {
    fleet.reset("manager-1");
    const { status, stdout, stderr } = await fleet.ops("join staging");

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(swarm.nodes.map(({ Description }) => Description.Hostname)).toEqual(
      swarm.machines.map(({ hostname }) => hostname),
    );
    for (const token of Object.values(TOKENS)) {
      expect(fleet.sshInput).toContain(token);
      expect(JSON.stringify(fleet.sshArguments)).not.toContain(token);
      expect(stdout).not.toContain(token);
    }
    const [first = []] = fleet.sshArguments;
    expect(first.slice(0, 2)).toEqual(["-o", "StrictHostKeyChecking=accept-new"]);
    expect(first).toEqual(expect.arrayContaining(["ControlMaster=auto", "ServerAliveInterval=15", "BatchMode=yes"]));
    const addresses = fleet.sshArguments.map((words) => words[words.indexOf("--") + 1]);
    expect(new Set(addresses)).toEqual(new Set(swarm.machines.map(({ publicAddress }) => publicAddress)));
    expect(first.slice(-7, -4)).toEqual(["-l", "deploy", "--"]);
    expect(first.slice(-3)).toEqual(["docker", "system", "dial-stdio"]);
  });

  test("shows no token either where a machine is refused with it", async () => {
    fleet.reset("manager-1", "manager-2", "manager-3");
    swarm.exceptions["worker-1 POST /swarm/join"] = ({ body }) => ({ status: 503, body: { message: `no: ${body}` } });
    const { status, stdout, stderr } = await fleet.ops("join staging worker-1 --debug");

    expect(status).toBe(1);
    expect(stderr).toMatch(/worker-1 \(203\.0\.113\.13\): it did not join: .*<token>.*2377\/tcp/s);
    expect(`${stdout}${stderr}`).not.toContain(TOKENS.Worker);
  });
});

test("ops nodes drain and remove take a manager out, on both sides, and say that an even number is left", async () => {
  expect(await fleet.ops("drain staging manager-2")).toMatchObject({ status: 0 });
  const { status, stdout } = await fleet.ops("remove staging manager-2");

  expect(status).toBe(0);
  expect(stdout).toMatch(/is no manager any more.*is in the Swarm no more\.\n2 managers are left/s);
  expect(swarm.nodes).toHaveLength(3);
  expect(swarm.machine("manager-2").nodeId).toBeUndefined();
});

describe("ops nodes trust", () => {
  /** The first two machines have a key each, and the others share one, which nothing forbids. */
  const scan = (first: string, others: string) => `
    case "$5" in
      ${RESERVED} | 203.0.113.10) echo "$5 ssh-ed25519 ${first}";;
      *) echo "# $5:22 SSH-2.0-OpenSSH"; echo "$5 ssh-ed25519 ${others}";;
    esac`;
  const programs = { "ssh-keyscan": scan(...KEYS) };
  const file = [
    `${RESERVED},203.0.113.10 ssh-ed25519 ${KEYS[0]} sprocket-staging-manager-1\n`,
    ...["manager-2", "manager-3", "worker-1"].map(
      (name, index) => `203.0.113.1${index + 1} ssh-ed25519 ${KEYS[1]} sprocket-staging-${name}\n`,
    ),
  ].join("");

  test("writes the keys that a person compared, and no others", async () => {
    const asked = await fleet.ops("trust staging", { programs });
    expect(asked).toMatchObject({ status: 1, stderr: expect.stringContaining("after --fingerprints") });
    expect(asked.stderr).toContain(`sprocket-staging-manager-1 (${RESERVED}, 203.0.113.10): ${FINGERPRINTS[0]}`);
    expect(fleet.knownHosts).toBeUndefined();

    expect(await fleet.ops(`trust staging --fingerprints ${FINGERPRINTS.join(" ")}`, { programs })).toMatchObject({
      status: 0,
    });
    expect(fleet.knownHosts).toBe(file);
  });

  test("refuses a key that has changed, whatever it is told", async () => {
    fleet.pin(file);
    const { status, stderr } = await fleet.ops(`trust staging --fingerprints ${FINGERPRINTS[1]}`, {
      programs: { "ssh-keyscan": scan(KEYS[1], KEYS[1]) },
    });

    expect(status).toBe(1);
    expect(stderr).toMatch(/THE HOST KEY OF sprocket-staging-manager-1 .* IS ANOTHER ONE.*delete its line/s);
    expect(fleet.knownHosts).toBe(file);
  });
});

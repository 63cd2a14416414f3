import type { Environment } from "../../../config/schema";
import type { SshTarget } from "../../../ops/ssh/docker-over-ssh";
import { type HttpServer, serve } from "../../support/http-server";
import { environmentLike, environmentNamed } from "../../support/testing";
import { FakeSwarm } from "./fake-swarm";

/** Nobody answers there. */
const CLOSED = "1";
const { cloud } = environmentNamed("staging");

/** The environment `staging` with three managers and a worker. */
export const staging = environmentLike("staging", {
  cloud: { ...(cloud as NonNullable<Environment["cloud"]>), managers: 3, workers: 1 },
});

export const swarm = new FakeSwarm("sprocket-staging", ["manager-1", "manager-2", "manager-3", "worker-1"]);

/** Stands in for ops/nodes/addresses.ts, by jest.mock. */
export const addressesOf = async () => ({
  reserved: "203.0.113.1",
  public: swarm.machines.map(({ publicAddress }) => publicAddress),
  private: swarm.machines.map(({ privateAddress }) => privateAddress),
});

/** Stands in for ops/ssh/docker-over-ssh.ts, by jest.mock: leads to the machines' engines without ssh. */
export function dockerOverSsh({ address }: SshTarget): object {
  const Docker = jest.requireActual("dockerode");
  return new Docker({ host: "127.0.0.1", port: ports[address], protocol: "http" });
}

const ports: Record<string, string> = {};
const output = { said: "" };
let servers: readonly HttpServer[];

/** What the command has printed so far. */
export const said = () => output.said;

beforeAll(async () => {
  servers = await Promise.all(swarm.machines.map((machine) => serve((question) => swarm.answer(machine, question))));
});
beforeEach(() => {
  output.said = "";
  jest.spyOn(console, "log").mockImplementation((text) => {
    output.said += `${text}\n`;
  });
  startWith("manager-1", "manager-2", "manager-3", "worker-1");
});
afterAll(() => {
  for (const { close } of servers) {
    close();
  }
});

/** Begins anew, with a Swarm of the named machines. */
export function startWith(...joined: readonly string[]): void {
  swarm.reset(...joined);
  for (const [index, { publicAddress }] of swarm.machines.entries()) {
    ports[publicAddress] = new URL(servers[index]?.url ?? "").port;
  }
}

/** Has nobody answer at a machine. */
export function switchOff(name: string): void {
  ports[swarm.machine(name).publicAddress] = CLOSED;
}

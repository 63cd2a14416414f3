import { APPLICATION_NAMES, OPTIONAL_APPLICATION_NAMES, SCALABLE_APPLICATIONS } from "../../config/applications";
import { selectEnvironments } from "../../config/environments";
import { synthesiseEverything } from "../support/synthesis";
import { environmentLike } from "../support/testing";
import { contract, WITHOUT_SOURCE } from "./contract";
import { type DeployedApplications, deployedApplications } from "./deployed-application";
import { contractFaults } from "./faults";

let deployed: readonly DeployedApplications[];
beforeAll(() => {
  deployed = deployedApplications(synthesiseEverything());
});

test("the contract's applications are those that there are, without the one whose source nobody has", () => {
  expect(Object.keys(contract.services).sort()).toEqual([...APPLICATION_NAMES].sort());
  expect(OPTIONAL_APPLICATION_NAMES).toEqual([WITHOUT_SOURCE]);
});

describe.each(selectEnvironments(undefined).map(({ name }) => name))("on %s", (name) => {
  test("every application is given what it reads, and nothing else", () => {
    const [environment, ...others] = deployed.filter((each) => each.environment === name);
    expect(others).toEqual([]);
    expect(environment && contractFaults(contract, environment)).toEqual([]);
  });
});

test("nor is it otherwise where everything that may differ does", () => {
  const environment = environmentLike("lan", {
    ports: { http: 8080, https: 8443, vault: 8200 },
    applications: {
      replicas: Object.fromEntries(SCALABLE_APPLICATIONS.map((name) => [name, 3])),
      logLevels: ["debug"],
      playground: true,
      organization: 7,
      botPrefix: "!",
      chatwoot: { url: "https://chat.example.org", websiteToken: "token" },
    },
  });
  const faults = deployedApplications(synthesiseEverything([environment])).map((each) =>
    contractFaults(contract, each),
  );
  expect(faults).toEqual([[]]);
});

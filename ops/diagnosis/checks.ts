import { join } from "node:path";
import { engines } from "../../package.json";
import { type Declaration, providersOf } from "../declaration/declaration";
import { STACKS_FOLDER } from "../folders";
import { CERTIFICATES, certificateFindings } from "./certificates";
import type { Check } from "./check";
import { clockFinding } from "./clock";
import { diskFindings } from "./disk";
import { askEngine, engineFindings, isOfThisMachine } from "./engine";
import { exampleFinding } from "./examples";
import { imageFindings, imagesOf } from "./images";
import { memoryFinding } from "./memory";
import { nameFindings } from "./names";
import { nodeFinding } from "./node";
import { portFindings } from "./ports";
import { PROVIDERS_SECONDS, providerFindings } from "./providers";
import { QUOTAS, quotaFindings } from "./quotas";
import { secretFindings, secretStatesFor } from "./secrets";
import { STATES, stateFindings } from "./states";
import { terraformFindings } from "./terraform";
import { VAULT, vaultFindings } from "./vault";

/** Longer than each single question of a family may take. */
const FAMILY_SECONDS = 20;

/**
 * Everything that a deploy of an environment needs, as questions that can be asked at once.
 *
 * @param layers the ones that are to be deployed; all of them, unless told otherwise
 */
export function checksOf(declaration: Declaration, layers = declaration.layers): readonly Check[] {
  const { environment, services, routes } = declaration;
  const isHere = isOfThisMachine(process.env.DOCKER_HOST);
  const engine = askEngine(environment);
  // Why it does not answer is said once.
  const answering = engine.catch(() => {
    throw new Error("Docker does not answer");
  });
  const folders = layers.map(({ node }) => join(STACKS_FOLDER, node.id));
  const names = layers.map(({ layer }) => layer);
  return [
    { subject: "Node.js", ask: async () => [nodeFinding(process.version, engines.node)] },
    { subject: "configuration", ask: async () => [exampleFinding(environment)] },
    { subject: "Terraform", ask: terraformFindings },
    {
      subject: "Terraform's providers",
      seconds: PROVIDERS_SECONDS,
      ask: () => providerFindings(() => providersOf(layers), folders),
    },
    { subject: "Docker", ask: () => engineFindings(engine) },
    { subject: "clock", ask: async () => [clockFinding(await answering)] },
    { subject: "memory", ask: async () => [memoryFinding(services, await answering)] },
    { subject: "disk", ask: async () => diskFindings(await answering, isHere) },
    {
      subject: "ports",
      seconds: FAMILY_SECONDS,
      ask: async () =>
        isHere && environment.platform !== "cloud" ? portFindings(environment, services, answering) : [],
    },
    {
      subject: "names",
      seconds: FAMILY_SECONDS,
      ask: () =>
        nameFindings(
          environment,
          routes.map(({ host }) => host),
        ),
    },
    {
      subject: "secrets",
      ask: async () => secretFindings(secretStatesFor(environment, layers)),
    },
    {
      subject: STATES,
      seconds: FAMILY_SECONDS,
      ask: () => stateFindings(environment, names),
    },
    {
      subject: QUOTAS,
      seconds: FAMILY_SECONDS,
      ask: async () => (names.includes("foundation") ? quotaFindings(environment) : []),
    },
    {
      subject: "images",
      seconds: FAMILY_SECONDS,
      ask: async () => imageFindings(imagesOf(services), await answering),
    },
    { subject: VAULT, ask: async () => vaultFindings(environment, await answering) },
    {
      subject: CERTIFICATES,
      seconds: FAMILY_SECONDS,
      ask: () => certificateFindings(environment, routes, answering),
    },
  ];
}

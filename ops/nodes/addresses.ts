import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Environment } from "../../config/schema";
import { lockEnvironment } from "../deployment/environment-lock";
import { EnvironmentWork } from "../deployment/environment-work";
import { terraformProgram } from "../diagnosis/terraform";
import { OperatorError } from "../operator-error";
import { runProgram } from "../run-program";
import { requireBrought } from "../terraform/credentials";
import { Workspace } from "../terraform/workspace";

const LONGEST_SECONDS = 60;

/** Where the machines of an environment are, as the layer `foundation` made them. */
export interface Addresses {
  /** The reserved one, which leads to the machine with the data. */
  readonly reserved: string;
  /** Of the machines themselves, in the order of `nodesOf`. */
  readonly public: readonly string[];
  /** In their private network, in the same order. */
  readonly private: readonly string[];
}

/**
 * Reads the addresses from the outputs of the layer `foundation`, and no other of its outputs: some are secret.
 *
 * @throws OperatorError where the state cannot be read, or that layer was not deployed
 */
export async function addressesOf(environment: Environment): Promise<Addresses> {
  requireBrought(environment, [], "The state, which says where the machines are, needs these in the environment.");
  const workspace = new Workspace(`${environment.name}-foundation`);
  if (!existsSync(join(workspace.folder, "cdk.tf.json"))) {
    console.error(`Writes the configuration of ${environment.name}, to read where its machines are.`);
    const unlock = await lockEnvironment(environment.name, "nodes");
    await EnvironmentWork.of(environment).synthesise().finally(unlock);
  }
  await workspace.init(new AbortController());
  const [reserved, ...lists] = await Promise.all([
    output(workspace, "public_address", z.ipv4()),
    output(workspace, "public_addresses", z.array(z.ipv4())),
    output(workspace, "private_addresses", z.array(z.ipv4())),
  ]);
  return { reserved, public: lists[0], private: lists[1] };
}

async function output<T>({ name: stack, folder }: Workspace, name: string, type: z.ZodType<T>): Promise<T> {
  const { exitCode, stdout, stderr } = await runProgram(terraformProgram(), ["output", "-json", name], {
    seconds: LONGEST_SECONDS,
    folder,
  });
  if (exitCode !== 0) {
    throw new OperatorError(
      `${stack} does not say where its machines are. If it was never deployed: npm run deploy:layer -- ${stack}\n\n${stderr.trim()}`,
    );
  }
  const { success, data } = type.safeParse(JSON.parse(stdout));
  if (!success) {
    throw new OperatorError(
      `The output ${name} of ${stack} is no IPv4 address, or no list of them. Deploy that layer: npm run deploy:layer -- ${stack}`,
    );
  }
  return data;
}

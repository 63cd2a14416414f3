import type { Command } from "commander";
import { parentDomain } from "../config/hosts";
import type { Environment } from "../config/schema";
import { line } from "./asking";
import { Removal } from "./deployment/removal";
import { working } from "./deployment/working";
import { environmentArgument } from "./environment-argument";
import { examples, WHERE_DOCKER_IS_LOOKED_FOR } from "./help";
import { OperatorError } from "./operator-error";

const PRODUCTION = "production";
const ABOUT = `
Removes every service, network, secret and config. The volumes stay unless --volumes is given, and so does what is in
Vault: the next up finds all data again. In the cloud the machines, the database and the buckets stay.

It asks for the environment's name, and for production also for its domain. --confirm answers in their order.`;

interface Options {
  readonly volumes?: boolean;
  readonly confirm?: readonly string[];
}

/** `ops down`: takes an environment out of the Swarm. */
export function addDownCommand(program: Command): void {
  program
    .command("down")
    .description("Removes an environment from the Swarm. Its data stays, unless told otherwise.")
    .addArgument(environmentArgument())
    .option("--volumes", "delete all data too")
    .option("--confirm <answers...>", "what it would ask for")
    .addHelpText("after", ABOUT)
    .addHelpText("after", examples("npm run down", "npm run ops -- down local --volumes --confirm local"))
    .addHelpText("after", WHERE_DOCKER_IS_LOOKED_FOR)
    .action(async (environment: Environment, { volumes = false, confirm }: Options) => {
      await confirmed(environment, volumes, confirm);
      await working(environment, "down", (props) => new Removal({ ...props, volumes }).run());
      console.log(`\n${environment.name} is removed.${volumes ? "" : " Its data is still there."}`);
    });
}

/**
 * @throws OperatorError unless a person wrote what shows that they know what they remove
 */
async function confirmed(
  environment: Environment,
  volumes: boolean,
  given: readonly string[] | undefined,
): Promise<void> {
  for (const [index, { question, answer }] of questionsOf(environment, volumes).entries()) {
    const said = given === undefined ? await line(question, { otherwise: "answer with --confirm." }) : given[index];
    if (said !== answer) {
      throw new OperatorError(
        `Nothing was removed: ${said === undefined ? "nothing" : `"${said}"`} is not "${answer}".`,
      );
    }
  }
}

function questionsOf(environment: Environment, volumes: boolean): readonly { question: string; answer: string }[] {
  const { name } = environment;
  const domain = parentDomain(environment);
  const data = volumes ? "and deletes all its data" : "and keeps its data";
  return [
    { question: `This removes ${name} ${data}. Write ${name} to go on:`, answer: name },
    ...(name === PRODUCTION
      ? [{ question: `${domain} will not answer anybody any more. Write ${domain} to go on:`, answer: domain }]
      : []),
  ];
}

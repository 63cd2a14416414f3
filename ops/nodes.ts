import type { Command } from "commander";
import type { Environment } from "../config/schema";
import { environmentArgument } from "./environment-argument";
import { examples } from "./help";
import { activate, drain } from "./nodes/drain";
import { join } from "./nodes/join";
import { list } from "./nodes/list";
import { remove } from "./nodes/remove";
import { trust } from "./nodes/trust";

const WHERE_THEY_ARE = `
The machines are reached by SSH as the user "deploy", at the addresses in the outputs of the layer foundation, which need
the credentials of the state. DOCKER_HOST is not looked at.`;
const NAME = "its name, such as worker-1, or its id in the Swarm";

/** `ops nodes`: the machines of an environment in the cloud, and their part in the Swarm. */
export function addNodesCommand(program: Command): void {
  const nodes = program.command("nodes").description("The machines of an environment in the cloud.");
  subcommand(nodes, "list", "Shows the declared machines beside those that the Swarm has. Fails where they differ.")
    .option("--json", "print it as JSON")
    .addHelpText("after", examples("npm run ops -- nodes list production"))
    .action(async (environment: Environment, { json = false }: { json?: boolean }) => {
      process.exitCode = await list(environment, json);
    });
  subcommand(nodes, "join", "Has declared machines join the Swarm, and labels the one with the data.")
    .argument("[name]", "the only one to look at, such as worker-1")
    .addHelpText("after", examples("npm run ops -- nodes join production"))
    .action(join);
  subcommand(nodes, "drain", "Has the containers of a machine end, and start elsewhere where they may.")
    .argument("<name>", NAME)
    .option("--stop-everything", "drain even the machine with everybody's data")
    .addHelpText("after", examples("npm run ops -- nodes drain production worker-1"))
    .action(
      async (environment: Environment, name: string, { stopEverything = false }: { stopEverything?: boolean }) => {
        await drain(environment, name, stopEverything);
      },
    );
  subcommand(nodes, "activate", "Lets containers start on a drained machine again.")
    .argument("<name>", NAME)
    .addHelpText("after", examples("npm run ops -- nodes activate production worker-1"))
    .action(activate);
  subcommand(nodes, "remove", "Takes a drained machine out of the Swarm.")
    .argument("<name>", NAME)
    .addHelpText("after", examples("npm run ops -- nodes remove production worker-1"))
    .action(remove);
  subcommand(nodes, "trust", "Pins the machines' host keys in config/known-hosts/, once you compared them.")
    .option("--fingerprints <fingerprints...>", "what the machines' consoles show, in place of being asked")
    .addHelpText("after", examples("npm run ops -- nodes trust production"))
    .action(async (environment: Environment, { fingerprints }: { fingerprints?: readonly string[] }) => {
      await trust(environment, fingerprints);
    });
}

function subcommand(nodes: Command, name: string, description: string): Command {
  return nodes
    .command(name)
    .description(description)
    .addArgument(environmentArgument())
    .addHelpText("after", WHERE_THEY_ARE);
}

import type { Command } from "commander";
import { APEX, publicUrl } from "../config/hosts";
import type { Environment } from "../config/schema";
import { agreed, isSomebodyThere } from "./asking";
import { Deployment } from "./deployment/deployment";
import { working } from "./deployment/working";
import { environmentArgument } from "./environment-argument";
import { examples, WHERE_DOCKER_IS_LOOKED_FOR } from "./help";
import { dockerEngine } from "./swarm/engine";
import { offerSwarm } from "./swarm/start";

const ABOUT = `
It looks whether a deploy can go well, applies the layers that changed, one after the other, and looks whether what
runs is what is declared. After a failure, mend what it names and run it again: it goes on where it stood. Ctrl-C
stops it in good order.

In the cloud the layers offsite and foundation are there before: npm run deploy:layer -- staging-foundation.`;

interface Options {
  readonly autoApprove?: boolean;
}

/** `ops up`: from wherever an environment is to one that runs as declared. */
export function addUpCommand(program: Command): void {
  program
    .command("up")
    .description("Deploys whatever is not as declared, and looks whether all of it runs.")
    .addArgument(environmentArgument())
    .option("--auto-approve", "do not ask before a layer is changed; on a laptop it never asks")
    .addHelpText("after", ABOUT)
    .addHelpText("after", examples("npm run up", "npm run ops -- up lan", "npm run ops -- up staging --auto-approve"))
    .addHelpText("after", WHERE_DOCKER_IS_LOOKED_FOR)
    .action(async (environment: Environment, { autoApprove = false }: Options) => {
      await offerSwarm(dockerEngine(environment), environment, agrees);
      await working(environment, "up", async (props) => {
        await new Deployment({ ...props, asks: !autoApprove && environment.platform !== "laptop" }).run();
      });
      console.log(`\n${environment.name} runs as declared: ${publicUrl(environment, APEX)}`);
    });
}

async function agrees(message: string): Promise<boolean> {
  return isSomebodyThere() && agreed(message, { otherwise: "docker swarm init makes one." });
}

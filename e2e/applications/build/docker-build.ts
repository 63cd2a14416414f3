import { readdirSync } from "node:fs";
import { engine } from "../../support/swarm";

interface Step {
  readonly stream?: string;
  readonly error?: string;
}

const LINES_OF_OUTPUT = 20;

/**
 * Has Docker make an image of a folder. What it runs on the way has no network.
 *
 * @throws Error with Docker's own message, and what was printed before it
 */
export async function dockerBuild(folder: string, tag: string, version: string): Promise<void> {
  const stream = await engine.buildImage(
    { context: folder, src: readdirSync(folder) },
    { t: tag, buildargs: { VERSION: version }, networkmode: "none", rm: true, forcerm: true },
  );
  const steps = await new Promise<readonly Step[]>((resolve, reject) => {
    engine.modem.followProgress(stream, (error: Error | null, output: readonly Step[]) =>
      error === null ? resolve(output) : reject(error),
    );
  });
  const failure = steps.find(({ error }) => error !== undefined);
  if (failure !== undefined) {
    const printed = steps.flatMap(({ stream: line = "" }) => line.trimEnd().split("\n")).filter((line) => line !== "");
    throw new Error(`${tag} was not built: ${failure.error}\n${printed.slice(-LINES_OF_OUTPUT).join("\n")}`);
  }
}

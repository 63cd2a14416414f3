import type { Environment } from "../config/schema";

/** What to say where an environment has nothing in the Swarm: that, and how to start it. */
export function nothingRuns(environment: Environment): string {
  return `Nothing of ${environment.name} is in the Swarm. To start it: ${upCommand(environment)}`;
}

/** The command that starts an environment. */
export function upCommand({ name }: Environment): string {
  return name === "local" ? "npm run up" : `npm run ops -- up ${name}`;
}

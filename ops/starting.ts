import type { Environment } from "../config/schema";

/** What to say where an environment has nothing in the Swarm: that, and how to start it. */
export function nothingRuns({ name }: Environment): string {
  const command = name === "local" ? "npm run up" : `npm run ops -- up ${name}`;
  return `Nothing of ${name} is in the Swarm. To start it: ${command}`;
}

/** How a command finds Docker, for the end of its help. */
export const WHERE_DOCKER_IS_LOOKED_FOR =
  "\nDocker is reached as the docker command reaches it: DOCKER_HOST may name another machine's.";

/** How a command is called, for the end of its help. */
export function examples(...commands: readonly string[]): string {
  return ["", commands.length === 1 ? "Example:" : "Examples:", ...commands.map((command) => `  ${command}`)].join(
    "\n",
  );
}

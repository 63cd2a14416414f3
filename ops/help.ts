/** How a command finds Docker, for the end of its help. */
export const WHERE_DOCKER_IS_LOOKED_FOR =
  "\nDocker is reached at this machine's socket, or where DOCKER_HOST says; docker's contexts are not looked at. By SSH: DOCKER_HOST=ssh://deploy@<address>.";

/** How a command is called, for the end of its help. */
export function examples(...commands: readonly string[]): string {
  return ["", commands.length === 1 ? "Example:" : "Examples:", ...commands.map((command) => `  ${command}`)].join(
    "\n",
  );
}

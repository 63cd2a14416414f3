import { once } from "node:events";
import { connect, createServer } from "node:net";
import { report } from "./report";

const PORT = 443;
const HERE = "127.0.0.1";

/**
 * Holds a connection to port 443, as one to Discord would be. Nothing outside can be reached from where the tests run, so
 * it leads to this process.
 */
export async function signInToDiscord(): Promise<void> {
  const discord = createServer().listen(PORT, HERE);
  await once(discord, "listening");
  await once(connect(PORT, HERE), "connect");
  report("signed in to Discord");
}

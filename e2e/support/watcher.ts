import { buildFolder, writeContext } from "../applications/build/context";
import { dockerBuild } from "../applications/build/docker-build";
import { WATCHER_TAG } from "../applications/tags";
import { images } from "../images";

const PROGRAM = "/watcher.js";
/** The ports at which what it stands in for is asked whether it is there. */
const PORTS = [3000, 8080, 9090, 9093];

/** Builds the image that takes the place of what watches the rest: it answers, and does nothing whatever it is told to. */
export async function buildWatcher(): Promise<void> {
  const folder = buildFolder("watcher");
  const program = `
    for (const port of ${JSON.stringify(PORTS)}) {
      require("node:http").createServer((_, response) => response.setHeader("content-type", "text/plain; version=0.0.4").end()).listen(port);
    }
    process.on("SIGTERM", () => process.exit(0));
  `;
  writeContext(folder, {
    dockerfile: `FROM ${images.node.reference}\nCOPY files/ /\nENTRYPOINT ["node", "${PROGRAM}"]\n`,
    files: { [PROGRAM]: program },
  });
  await dockerBuild(folder, WATCHER_TAG, "1");
}

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { NODE_APPLICATIONS, type NodeApplicationName } from "../node/applications";
import type { ImageSource } from "./context";
import { coreFiles } from "./core-files";
import { CONTRACT_FILE, filesAt, SOURCES } from "./folders";

const SHIMS = "/usr/local/share/stand-in";

/** What some images have beside their program. */
const EXTRA_FILES: Partial<Record<NodeApplicationName, Readonly<Record<string, string>>>> = {
  web: {
    "/app/clients/web/config/default.json": JSON.stringify({
      client: {
        gqlUrl: "localhost:3001",
        secure: false,
        chatwoot: { enabled: false, url: "chatwoot.localhost", websiteToken: "" },
      },
    }),
  },
  "image-generation-service": { "/app/fonts/fonts.conf": "<fontconfig/>\n" },
};

/** What the image of an application of Node.js is made of. */
export async function nodeImage(
  name: NodeApplicationName,
  base: string,
  program: Uint8Array,
  brokenMigration: boolean,
): Promise<ImageSource> {
  const { entry } = NODE_APPLICATIONS[name];
  return {
    dockerfile: dockerfileOf(base, entry),
    files: {
      [entry]: program,
      [join(dirname(entry), "app-contract.json")]: readFileSync(CONTRACT_FILE),
      ...filesAt(SHIMS, join(SOURCES, "shims")),
      ...EXTRA_FILES[name],
      ...(name === "core" ? await coreFiles(brokenMigration) : {}),
    },
  };
}

/**
 * The entry point is in the form of the real one: a shell, in whose place Node.js is the first process. The real images'
 * shell makes way by itself, others have to be told.
 */
function dockerfileOf(base: string, entry: string): string {
  return `FROM ${base}
USER root
WORKDIR /app
COPY files${SHIMS} ${SHIMS}
RUN for name in wget npm; do command -v $name || install -m 755 ${SHIMS}/$name /usr/local/bin/$name; done
COPY files /
ENTRYPOINT exec node ${entry}
ARG VERSION
ENV VERSION=$VERSION
`;
}

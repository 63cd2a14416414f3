import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ImageSource } from "./context";
import { CONTRACT_FILE, filesAt, SOURCES } from "./folders";

const PYTHON = join(SOURCES, "python");
const PACKAGES = "/usr/local/lib/stand-in";

/** What the image of the worker is made of; its Dockerfile finds what the worker imports in `packages`. */
export function pythonImage(base: string): ImageSource {
  return {
    dockerfile: `FROM ${base}
USER root
WORKDIR /app
RUN command -v python || ln -s "$(command -v python3)" /usr/local/bin/python
COPY packages ${PACKAGES}
ENV PYTHONPATH=${PACKAGES}
RUN python -m compileall -q ${PACKAGES}
COPY files /
ENTRYPOINT ["./start.sh"]
ARG VERSION
ENV VERSION=$VERSION
`,
    files: {
      ...filesAt("/app/src", join(PYTHON, "src")),
      ...filesAt("/app/config", join(PYTHON, "config")),
      "/app/src/app-contract.json": readFileSync(CONTRACT_FILE),
      "/app/start.sh": readFileSync(join(PYTHON, "start.sh")),
    },
    programs: ["/app/start.sh"],
  };
}

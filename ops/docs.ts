import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { generatedPages } from "./docs/pages";
import { PROJECT_FOLDER } from "./folders";
import { examples } from "./help";

/** `ops docs`: the pages of the documentation that the code knows best. */
export function addDocsCommand(program: Command): void {
  program
    .command("docs")
    .description("Writes the pages of the documentation that are made from the code.")
    .addHelpText("after", examples("npm run ops -- docs"))
    .action(() => {
      for (const { path, render } of generatedPages(program)) {
        const file = join(PROJECT_FOLDER, path);
        const written = existsSync(file) ? readFileSync(file, "utf8") : "";
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, render(written));
        console.log(path);
      }
    });
}

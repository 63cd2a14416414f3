import type { Command } from "commander";
import { alertsTables } from "./alerts-table";
import { applicationsTables, replicasTables } from "./applications-tables";
import { commandsReference } from "./commands-reference";
import { configurationReference } from "./configuration-reference";
import { costTables } from "./cost-tables";
import { withGeneratedParts } from "./generated-parts";
import { secretsReference } from "./secrets-reference";

/** A page of the documentation that a program writes, or a part of it. */
export interface GeneratedPage {
  /** Its path in the project. */
  readonly path: string;
  /**
   * The page as the code has it.
   *
   * @param written what is in its file, of which a program may write only parts; empty where there is none
   */
  readonly render: (written: string) => string;
}

/**
 * Every page that is written from the code.
 *
 * @param program the command that all others belong to
 */
export function generatedPages(program: Command): readonly GeneratedPage[] {
  return [
    { path: "docs/deployment/configuration-reference.md", render: configurationReference },
    { path: "docs/reference/secrets.md", render: secretsReference },
    { path: "docs/reference/commands.md", render: () => commandsReference(program) },
    byPeople("docs/components/applications.md", applicationsTables),
    byPeople("docs/operations/monitoring.md", alertsTables),
    byPeople("docs/operations/scaling.md", replicasTables),
    byPeople("docs/operations/cost.md", costTables),
  ];
}

/** A page that people write, and of which a program writes parts. */
function byPeople(path: string, parts: () => Readonly<Record<string, string>>): GeneratedPage {
  return { path, render: (written) => withGeneratedParts(path, written, parts()) };
}

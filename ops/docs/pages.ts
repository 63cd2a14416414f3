import { configurationReference } from "./configuration-reference";
import { secretsReference } from "./secrets-reference";

/** A page of the documentation that a program writes. */
export interface GeneratedPage {
  /** Its path in the project. */
  readonly path: string;
  readonly render: () => string;
}

/** Every page that is written from the code. */
export const generatedPages: readonly GeneratedPage[] = [
  { path: "docs/deployment/configuration-reference.md", render: configurationReference },
  { path: "docs/reference/secrets.md", render: secretsReference },
];

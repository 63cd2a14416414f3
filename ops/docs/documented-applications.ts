import { APPLICATION_NAMES, type ApplicationName } from "../../config/applications";
import { selectEnvironments } from "../../config/environments";
import { imagesOf } from "../../config/images/catalogue";
import type { Image } from "../../config/images/image";
import type { Environment } from "../../config/schema";
import { Application } from "../../constructs/apps/application";
import { Platform } from "../../stacks/platform";
import { inMemory } from "../declaration/in-memory";
import { code } from "./markdown";

/** An application in one environment. */
export interface DeployedApplication {
  readonly environment: Environment;
  readonly image: Image;
  readonly construct: Application;
}

/** An application, and what it is in each environment. */
export class DocumentedApplication {
  constructor(
    readonly name: ApplicationName,
    /** In the order of the environments. */
    readonly everywhere: readonly DeployedApplication[],
  ) {}

  /**
   * Something of it, in Markdown: once where it is the same in all environments, and else after the names of those of
   * which it holds.
   */
  tell(fact: (deployed: DeployedApplication) => string): string {
    const facts = this.everywhere.map((deployed) => ({ name: deployed.environment.name, fact: fact(deployed) }));
    const different = [...new Set(facts.map((each) => each.fact))];
    if (different.length === 1) {
      return different.join();
    }
    return different
      .map((one) => `${facts.flatMap((each) => (each.fact === one ? [code(each.name)] : [])).join(", ")}: ${one}`)
      .join("<br>");
  }
}

/** Every application, as the environments would deploy it. Nothing is synthesised. */
export function documentedApplications(): readonly DocumentedApplication[] {
  const deployed = selectEnvironments(undefined).flatMap(applicationsOf);
  return APPLICATION_NAMES.map(
    (name) =>
      new DocumentedApplication(
        name,
        deployed.filter(({ construct }) => construct.applicationName === name),
      ),
  );
}

function applicationsOf(environment: Environment): readonly DeployedApplication[] {
  const app = inMemory((parent) => new Platform(parent, { environment, images: imagesOf(environment) }));
  return Application.all(app).map((construct) => ({ environment, image: construct.service.image, construct }));
}

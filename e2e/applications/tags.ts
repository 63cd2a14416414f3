import type { ApplicationName } from "../../config/applications";

/** The tag of a stand-in. */
export function standInTag(application: ApplicationName, version: string): string {
  return `sprocket-e2e/${application}:${version}`;
}

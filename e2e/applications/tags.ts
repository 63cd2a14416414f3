import type { ApplicationName } from "../../config/applications";

/** The tag of a stand-in. */
export function standInTag(application: ApplicationName, version: string): string {
  return `sprocket-e2e/${application}:${version}`;
}

/** Stands in for what cannot be had here and only its own tests need: it answers, and does nothing. */
export const WATCHER_TAG = "sprocket-e2e/watcher:1";

/** Sprocket's applications, by the names of their images. */
export const APPLICATION_NAMES = [
  "core",
  "web",
  "discord-bot",
  "image-generation-frontend",
  "image-generation-service",
  "notification-service",
  "server-analytics-service",
  "matchmaking-service",
  "submission-service",
  "replay-parse-service",
] as const;

/** The name of an application. */
export type ApplicationName = (typeof APPLICATION_NAMES)[number];

/** Applications whose source nobody here has seen. An environment has them only if it says so. */
export const OPTIONAL_APPLICATION_NAMES = ["elo-service"] as const;

/** Every application that an environment may have. */
export const EVERY_APPLICATION_NAME = [...APPLICATION_NAMES, ...OPTIONAL_APPLICATION_NAMES] as const;

/** The name of an application that an environment may have. */
export type AnyApplicationName = (typeof EVERY_APPLICATION_NAME)[number];

/**
 * The applications of which there must never be two: two bots would both answer, and the others keep what they work on
 * to themselves.
 */
export const SINGLE_APPLICATIONS = ["discord-bot", "matchmaking-service", "submission-service"] as const;

type SingleApplication = (typeof SINGLE_APPLICATIONS)[number];

/** Whether there must never be two of an application. */
export function isSingle(name: ApplicationName): name is SingleApplication {
  return SINGLE_APPLICATIONS.some((single) => single === name);
}

/** The applications of which there may be several. */
export const SCALABLE_APPLICATIONS = APPLICATION_NAMES.filter(
  (name): name is Exclude<ApplicationName, SingleApplication> => !isSingle(name),
);

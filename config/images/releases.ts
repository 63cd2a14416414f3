import { z } from "zod";
import { type AnyApplicationName, EVERY_APPLICATION_NAME } from "../applications";
import { rejectFaults } from "../faults";
import releases from "./releases.json";

const FILE = "config/images/releases.json";
/** The release of every environment that has none of its own. */
const EVERYWHERE = "everywhere";

const TAG = "write an image's tag, such as main, or better with its digest: main@sha256:…";

const tag = z.string({ error: TAG }).regex(/^\w[\w.-]{0,127}(@sha256:[0-9a-f]{64})?$/, { error: TAG });

const release = z.strictObject(
  {
    tag,
    applications: z
      .partialRecord(z.enum(EVERY_APPLICATION_NAME), tag, {
        error: `write tags by the names of applications: ${EVERY_APPLICATION_NAME.join(", ")}`,
      })
      .default({}),
  },
  { error: "write a tag, and by name the applications that have another" },
);

const releasesSchema = z
  .record(z.string(), release, { error: "write an object of environments and their releases" })
  .refine((each) => EVERYWHERE in each, { path: [EVERYWHERE], error: "write the release of every other environment" });

/**
 * The tag of each application in an environment.
 *
 * @param written what people wrote: for each environment, or for `everywhere`, one tag for all applications and the
 * exceptions by name
 * @throws FaultsError with everything that is wrong with it
 */
export function releaseOf(
  environment: string,
  written: unknown = releases,
): Readonly<Record<AnyApplicationName, string>> {
  const { data = {}, error } = releasesSchema.safeParse(written);
  rejectFaults(
    FILE,
    (error?.issues ?? []).map((issue) => ({ where: issue.path.join(".") || "the file", message: messageOf(issue) })),
  );
  const chosen = data[environment] ?? data[EVERYWHERE];
  return Object.fromEntries(
    EVERY_APPLICATION_NAME.map((name) => [name, chosen?.applications[name] ?? chosen?.tag]),
  ) as Record<AnyApplicationName, string>;
}

function messageOf(issue: z.core.$ZodIssue): string {
  const unknown = issue.code === "unrecognized_keys" ? issue.keys.map((key) => `"${key}"`) : [];
  return unknown.length === 0 ? issue.message : `there is no ${unknown.join(" and no ")}; ${issue.message}`;
}

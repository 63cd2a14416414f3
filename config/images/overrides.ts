import { readFileSync } from "node:fs";
import { z } from "zod";
import { rejectFaults } from "../faults";
import type { Image } from "./image";

/** The environment variable that names the file of overrides. */
export const OVERRIDES_VARIABLE = "SPROCKET_IMAGE_OVERRIDES";

const FORM = "write a reference, or an object of reference, user, healthCommand, writablePaths, files and settings";

const id = z.int({ error: "write a user's or group's number" }).min(0, { error: "write a number, 0 or more" });

const override = z.preprocess(
  (value) => (typeof value === "string" ? { reference: value } : value),
  z.strictObject(
    {
      reference: z
        .string({ error: "write an image's reference, such as 127.0.0.1:5000/traefik@sha256:…" })
        .min(1, { error: "write an image's reference, such as 127.0.0.1:5000/traefik@sha256:…" }),
      user: z.strictObject({ uid: id, gid: id }, { error: "write { uid, gid }" }).optional(),
      healthCommand: z
        .array(z.string(), {
          error: 'write a list in Docker\'s form, such as ["CMD", "true"], or [] where it has none',
        })
        .optional(),
      writablePaths: z
        .union([z.array(z.string()), z.literal("anywhere")], { error: 'write a list of folders, or "anywhere"' })
        .optional(),
      files: z
        .record(z.string(), z.string(), { error: "write an object of what each file is and its path" })
        .optional(),
      settings: z.record(z.string(), z.string(), { error: "write an object of settings and their values" }).optional(),
    },
    { error: (issue) => (issue.code === "unrecognized_keys" ? `${unknownKeys(issue)}; ${FORM}` : FORM) },
  ),
);

/**
 * A catalogue with the images that a developer built locally in place of the committed ones.
 *
 * The file is JSON: for each image's key its reference, or an object with the reference and the
 * facts that differ from the committed image's.
 *
 * @param file path of the file; undefined or empty means no overrides
 * @throws FaultsError for a file that cannot be read, an unknown key, or a malformed override
 */
export function withOverrides<Key extends string>(
  catalogue: Readonly<Record<Key, Image>>,
  file: string | undefined,
): Readonly<Record<Key, Image>> {
  if (file === undefined || file === "") {
    return catalogue;
  }
  const known = Object.keys(catalogue);
  const { data, error } = z
    .strictObject(Object.fromEntries(known.map((key) => [key, override.optional()])), {
      error: (issue) =>
        issue.code === "unrecognized_keys"
          ? `${unknownKeys(issue)}; the known ones are ${known.join(", ")}`
          : "write a JSON object of image keys and references",
    })
    .safeParse(readJson(file));
  rejectFaults(
    `${OVERRIDES_VARIABLE}=${file}`,
    (error?.issues ?? []).map(({ path, message }) => ({ where: path.join(".") || "the file", message })),
  );
  return Object.fromEntries(
    Object.entries<Image>(catalogue).map(([key, image]) => [key, { ...image, ...data?.[key] }]),
  ) as Record<Key, Image>;
}

function unknownKeys({ keys }: { readonly keys?: readonly string[] }): string {
  return `there is no ${(keys ?? []).map((key) => `"${key}"`).join(" and no ")}`;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const message = `${(error as Error).message}; write a JSON object of image keys and references`;
    rejectFaults(OVERRIDES_VARIABLE, [{ where: file, message }]);
    throw error;
  }
}

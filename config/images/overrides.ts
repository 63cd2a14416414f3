import { readFileSync } from "node:fs";
import { z } from "zod";
import { rejectFaults } from "../faults";
import type { ImageCatalogue, ImageKey } from "./catalogue";
import type { Image } from "./image";

/** The environment variable that names the file of overrides. */
export const OVERRIDES_VARIABLE = "SPROCKET_IMAGE_OVERRIDES";

const reference = z
  .string({ error: "write an image's reference, such as 127.0.0.1:5000/traefik@sha256:…" })
  .min(1, { error: "write an image's reference, such as 127.0.0.1:5000/traefik@sha256:…" });

const override = z.union(
  [
    reference.transform((value) => ({ reference: value })),
    z.strictObject({
      reference,
      user: z.strictObject({ uid: z.int().min(0), gid: z.int().min(0) }).optional(),
      healthCommand: z.array(z.string()).min(1).optional(),
      writablePaths: z.union([z.array(z.string()), z.literal("anywhere")]).optional(),
    }),
  ],
  { error: "write a reference, or { reference, user, healthCommand, writablePaths }" },
);

/**
 * The catalogue with the images that a developer built locally in place of the committed ones.
 *
 * The file is JSON: for each image's key its reference, or an object with the reference and the
 * facts that differ from the committed image's.
 *
 * @param file path of the file; undefined or empty means no overrides
 * @throws FaultsError for a file that cannot be read, an unknown key, or a malformed override
 */
export function withOverrides(catalogue: ImageCatalogue, file: string | undefined): ImageCatalogue {
  if (file === undefined || file === "") {
    return catalogue;
  }
  const known = Object.keys(catalogue);
  const { success, data, error } = z.record(z.string(), override).safeParse(readJson(file));
  rejectFaults(
    `${OVERRIDES_VARIABLE}=${file}`,
    success
      ? Object.keys(data)
          .filter((key) => !known.includes(key))
          .map((key) => ({ where: key, message: `there is no such image; the known ones are ${known.join(", ")}` }))
      : error.issues.map(({ path, message }) => ({ where: path.join(".") || "the file", message })),
  );
  return Object.fromEntries(
    Object.entries<Image>(catalogue).map(([key, image]) => {
      const changes = data?.[key];
      return [key, changes === undefined ? image : overridden(image, changes)];
    }),
  ) as Record<ImageKey, Image>;
}

function overridden(image: Image, changes: z.output<typeof override>): Image {
  return { ...image, ...changes, isPinned: changes.reference.includes("@sha256:") };
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

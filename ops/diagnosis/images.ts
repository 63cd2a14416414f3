import type { DeclaredService } from "../declaration/declaration";
import { made, reasonOf } from "./check";
import type { Engine } from "./engine";
import type { Finding } from "./finding";

/** How an image can be had: it is on the engine, or its registry answers for it, or neither and why. */
export type Obtainable = "here" | "registry" | { readonly refusal: string };

/** Each image that any service runs, once. */
export function imagesOf(services: readonly Pick<DeclaredService, "image">[]): readonly string[] {
  return [...new Set(services.map(({ image }) => image))].sort();
}

/** Asks for every image whether it can be had. */
export async function imageFindings(
  images: readonly string[],
  { docker }: Pick<Engine, "docker">,
): Promise<readonly Finding[]> {
  const findings = images.map((image) =>
    made({ subject: nameOf(image), ask: async () => [imageFinding(image, await obtainable(image, docker))] }),
  );
  return (await Promise.all(findings)).flat();
}

/** Whether an image can be had, and means the same always. */
export function imageFinding(image: string, found: Obtainable): Finding {
  const subject = nameOf(image);
  if (typeof found === "object") {
    return {
      subject,
      state: "failed",
      message: `is not on the engine, and its registry does not answer for it: ${found.refusal}`,
      remedy:
        "let Docker reach the registry, or bring the image: docker login where it is private, then docker pull; or name another in SPROCKET_IMAGE_OVERRIDES",
    };
  }
  const where = found === "here" ? "is on the engine" : "is in its registry";
  return image.includes("@sha256:")
    ? { subject, state: "ok", message: where }
    : {
        subject,
        state: "warning",
        message: `${where}, and has no digest: the tag may mean another image tomorrow`,
        remedy: "write its digest to config/images/lock.json, or to the file of overrides",
      };
}

/** Asks whether an image can be had. */
export async function obtainable(reference: string, docker: Engine["docker"]): Promise<Obtainable> {
  const image = docker.getImage(reference);
  return image.inspect().then(
    () => "here",
    () =>
      image.distribution().then(
        () => "registry",
        (error: unknown) => ({ refusal: refusalOf(error) }),
      ),
  );
}

/** A registry's own words, without the client's around them. */
function refusalOf(error: unknown): string {
  const { json } = error as { readonly json?: { readonly message?: string } | null };
  return json?.message ?? reasonOf(error);
}

/** A reference without its digest, which nobody reads. */
function nameOf(image: string): string {
  return image.replace(/@sha256:.*/, "");
}

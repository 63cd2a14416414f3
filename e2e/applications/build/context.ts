import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { WORK_FOLDER } from "../../support/work-folder";

/** What an image is made of. */
export interface ImageSource {
  readonly dockerfile: string;
  /** The files of the image by their absolute paths. They are what the Dockerfile finds in `files`. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Which of these can be run. @default - none */
  readonly programs?: readonly string[];
}

/** Where what a build needs beside the files of one image is put, by name. */
export function buildFolder(name: string): string {
  return join(WORK_FOLDER, "applications", name);
}

/** Writes down what an image is made of, for Docker to take from there; what was there before is gone. */
export function writeContext(folder: string, { dockerfile, files, programs = [] }: ImageSource): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "Dockerfile"), dockerfile);
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, "files", path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  for (const path of programs) {
    chmodSync(join(folder, "files", path), 0o755);
  }
}

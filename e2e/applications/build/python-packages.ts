import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { mustRun } from "../../support/command";
import { buildFolder } from "./context";
import { SOURCES } from "./folders";

const REQUIREMENTS = join(SOURCES, "python", "requirements.txt");

/** What makes pip take only what runs on any machine, because it is installed on this one. */
const PURE_PYTHON = [
  "--no-deps",
  "--only-binary",
  ":all:",
  "--platform",
  "any",
  "--implementation",
  "py",
  "--abi",
  "none",
];

/**
 * Installs what the worker imports on this machine: a container has no network.
 *
 * @returns the folder with it
 */
export async function pythonPackages(): Promise<string> {
  const hash = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex").slice(0, 12);
  const folder = buildFolder(`python-${hash}`);
  if (existsSync(folder)) {
    return folder;
  }
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  await mustRun("python3", ["-m", "venv", join(unfinished, "venv")]);
  const pip = join(unfinished, "venv", "bin", "pip");
  const target = join(unfinished, "packages");
  const options = ["--quiet", "--disable-pip-version-check", "--no-compile", "--target", target, ...PURE_PYTHON];
  await mustRun(pip, ["install", ...options, "-r", REQUIREMENTS]);
  renameSync(target, folder);
  rmSync(unfinished, { recursive: true });
  return folder;
}

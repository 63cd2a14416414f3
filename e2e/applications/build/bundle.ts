import { build } from "esbuild";

/** As old as the real images' Node.js, so that what runs here would run there. */
const TARGET = "node18";

/**
 * A program and all that it imports as one file.
 *
 * @param entry the program's file, or the name of a package
 * @param external packages that it finds where it runs
 */
export async function bundled(entry: string, external: readonly string[] = []): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "node",
    target: TARGET,
    format: "cjs",
    // Which `pg` would take in place of its own, where it is installed.
    external: ["pg-native", ...external],
    absWorkingDir: __dirname,
    logLevel: "silent",
  });
  const [file] = outputFiles;
  if (file === undefined) {
    throw new Error(`${entry} makes no file`);
  }
  return file.contents;
}

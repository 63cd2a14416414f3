import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a container gives a program: files and variables. */
export class Surroundings {
  /**
   * @param environment the environment variables
   * @param root where the file system begins; tests have one of their own
   */
  constructor(
    readonly environment: Readonly<Record<string, string | undefined>>,
    private readonly root = "/",
  ) {}

  /** Whether there is such a file. */
  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  /** What a file says. */
  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  /** The paths of what is in a folder, if there is such a folder. */
  list(folder: string): readonly string[] {
    return this.has(folder) ? readdirSync(join(this.root, folder)).map((name) => join(folder, name)) : [];
  }
}

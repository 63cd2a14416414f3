import { lan } from "../../config/environments/lan";
import { local } from "../../config/environments/local";
import { production } from "../../config/environments/production";
import { staging } from "../../config/environments/staging";

const files = { production, staging, lan, local };

/** A committed environment, by its file. */
export type EnvironmentFile = keyof typeof files;

/**
 * Has a committed environment other settings while something is done.
 *
 * @param changes settings as in the file, wrong ones too; of a group only those that are other
 */
export async function withChanged<T>(name: EnvironmentFile, changes: object, act: () => Promise<T>): Promise<T> {
  const file: Record<string, unknown> = files[name];
  const before = { ...file };
  for (const [setting, value] of Object.entries(changes)) {
    file[setting] = isGroup(value) && isGroup(file[setting]) ? { ...file[setting], ...value } : value;
  }
  try {
    return await act();
  } finally {
    for (const setting of Object.keys(changes)) {
      delete file[setting];
    }
    Object.assign(file, before);
  }
}

function isGroup(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

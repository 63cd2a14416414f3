import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { type Fault, FaultsError, rejectFaults } from "../../config/faults";
import { reasonOf } from "../diagnosis/check";
import { nearest } from "../nearest";
import type { Candidate } from "./candidates";

/** What Terraform is told to take over, as it reads it in JSON. */
export interface Import {
  /** The resource's address. */
  readonly to: string;
  readonly id: string;
}

/**
 * Reads the ids of what exists from a file that people wrote: by the names of {@link Candidate}, in TOML, or in JSON
 * where the file's name ends with it. `droplet.manager-1` may be a key of `droplet` too.
 *
 * @throws FaultsError with everything that is wrong in it
 */
export function importsIn(path: string, candidates: readonly Candidate[]): readonly Import[] {
  const ids = Object.entries(flattened(read(path)));
  const names = [...new Set(candidates.map(({ name }) => name))];
  const faults = ids.flatMap(([where, id]): Fault[] => {
    if (!names.includes(where)) {
      const message = `there is nothing of this name; did you mean ${nearest(where, names)}? There are ${names.join(", ")}`;
      return [{ where, message }];
    }
    return isId(id) ? [] : [{ where, message: `got ${JSON.stringify(id)}; write the id as a text or a whole number` }];
  });
  rejectFaults(
    path,
    ids.length > 0 ? faults : [{ where: "all of it", message: `names nothing; write the ids of ${names.join(", ")}` }],
  );
  return ids.flatMap(([name, id]) =>
    candidates
      .filter((candidate) => candidate.name === name)
      .map(({ address, importId }) => ({ to: address, id: importId(String(id)) })),
  );
}

function read(path: string): object {
  try {
    const text = readFileSync(path, "utf8");
    return path.endsWith(".json") ? JSON.parse(text) : parse(text);
  } catch (error) {
    throw new FaultsError(path, [{ where: "the file", message: `cannot be read: ${reasonOf(error)}` }]);
  }
}

/** The values of nested objects, each by its whole path. */
function flattened(table: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([key, value]) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.entries(flattened(value)).map(([inner, id]) => [`${key}.${inner}`, id])
        : [[key, value]],
    ),
  );
}

function isId(id: unknown): boolean {
  return (typeof id === "string" && id.trim() !== "") || Number.isSafeInteger(id);
}

import type { Environment } from "../../config/schema";
import type { FirstToken, Given, Recovery } from "./initialise";
import { firstTokenText, recoveryKeysText, unfinishedText } from "./texts";

/** Where that goes which Vault gives out once. */
export interface Output {
  recoveryKeys(keys: readonly string[]): void;
  done(first: FirstToken): void;
  unfinished(given: Given, reason: string): void;
}

type Write = (text: string) => void;

/** As a text for people. */
export function outputForPeople(environment: Environment, recovery: Recovery, write: Write): Output {
  return {
    recoveryKeys: (keys) => write(recoveryKeysText(keys, recovery)),
    done: (first) => write(firstTokenText(first, environment)),
    unfinished: (given) => write(unfinishedText(given, environment)),
  };
}

/**
 * As one JSON document for programs.
 *
 * It is written in two parts, so that whatever ends this process, the keys are out.
 */
export function outputForPrograms({ threshold }: Recovery, write: Write): Output {
  const end = (fields: object) => write(`${linesOf(fields)}\n}\n`);
  return {
    recoveryKeys: (recoveryKeys) =>
      write(`{\n${linesOf({ alreadyInitialised: false, recoveryKeys, recoveryThreshold: threshold })},\n`),
    done: ({ token, expires }) => end({ token, tokenExpires: expires.toISOString() }),
    unfinished: (given, reason) => end({ ...given, error: reason }),
  };
}

function linesOf(fields: object): string {
  return JSON.stringify(fields, null, 2).slice("{\n".length, -"\n}".length);
}

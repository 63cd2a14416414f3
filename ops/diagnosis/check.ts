import type { Finding } from "./finding";

const LONGEST_SECONDS = 10;

/** A question to the machine or to what it reaches. */
export interface Check {
  /** What it is about, for when there is no answer. */
  readonly subject: string;
  /**
   * How long the answer may take, in seconds.
   *
   * @default 10
   */
  readonly seconds?: number;
  ask(): Promise<readonly Finding[]>;
}

/** Makes a check. It ends in time and never throws: what cannot be asked is unknown. */
export async function made({ subject, seconds = LONGEST_SECONDS, ask }: Check): Promise<readonly Finding[]> {
  try {
    return await within(seconds, ask());
  } catch (error) {
    return [{ subject, state: "unknown", message: `could not ask: ${reasonOf(error)}` }];
  }
}

/**
 * Waits for an answer no longer than given.
 *
 * @throws Error when it takes longer
 */
export async function within<T>(seconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Why something failed, on one line. */
export function reasonOf(error: unknown): string {
  const { message = "", code, cause } = error as Partial<Error> & { readonly code?: string };
  const own = message || code || String(error);
  // fetch hides what happened.
  return (cause instanceof Error ? reasonOf(cause) : own).replaceAll(/\s+/g, " ").trim();
}

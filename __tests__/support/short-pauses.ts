const { setTimeout: pause } = jest.requireActual<typeof import("node:timers/promises")>("node:timers/promises");

/** Stands in for the one of node:timers/promises, by jest.mock: a second is 10 ms. */
export function setTimeout<T>(milliseconds: number, value?: T, options?: { signal?: AbortSignal }): Promise<T> {
  return pause(milliseconds / 100, value as T, options);
}

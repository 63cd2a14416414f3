const MILLISECONDS = { h: 3_600_000, m: 60_000, s: 1_000 } as const;

/**
 * A length of time, written the way Docker gives it back.
 *
 * Docker and its provider normalise durations (`90s` comes back as `1m30s`), and a text that is
 * not normalised is a change in every plan. Hence a type, and no text written by hand.
 */
export class Duration {
  static readonly zero = new Duration(0);

  /** The whole length in milliseconds. */
  readonly milliseconds: number;

  private constructor(milliseconds: number) {
    // 1.001 seconds are 1000.9999999999999 milliseconds to a computer.
    this.milliseconds = Number(milliseconds.toFixed(6));
    if (!Number.isSafeInteger(this.milliseconds) || this.milliseconds < 0) {
      throw new RangeError(`a duration of ${milliseconds} ms: write a whole number of milliseconds, 0 or more`);
    }
  }

  static milliseconds(amount: number): Duration {
    return new Duration(amount);
  }

  static seconds(amount: number): Duration {
    return new Duration(amount * MILLISECONDS.s);
  }

  static minutes(amount: number): Duration {
    return new Duration(amount * MILLISECONDS.m);
  }

  /** The whole length in seconds. */
  get seconds(): number {
    return this.milliseconds / MILLISECONDS.s;
  }

  /** The sum of this and others. */
  plus(...others: readonly Duration[]): Duration {
    return new Duration(others.reduce((sum, { milliseconds }) => sum + milliseconds, this.milliseconds));
  }

  /** This, so many times. */
  times(factor: number): Duration {
    return new Duration(this.milliseconds * factor);
  }

  /** The form that Docker echoes: `1h`, `1m30s`, `2.5s`, `500ms`, `0s`. */
  toString(): string {
    if (this.milliseconds > 0 && this.milliseconds < MILLISECONDS.s) {
      return `${this.milliseconds}ms`;
    }
    const hours = Math.floor(this.milliseconds / MILLISECONDS.h);
    const minutes = Math.floor((this.milliseconds % MILLISECONDS.h) / MILLISECONDS.m);
    const seconds = (this.milliseconds % MILLISECONDS.m) / MILLISECONDS.s;
    const full = hours > 0 ? `${hours}h${minutes}m${seconds}s` : minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
    return full.replace(/m0s$/, "m").replace(/h0m$/, "h");
  }
}

const WRITTEN = /^(20\d{2})-(0[1-9]|1[0-2])$/;

/** A month of the calendar, in UTC. */
export interface Month {
  /** As people type it: `2026-11`. */
  readonly name: string;
  readonly start: Date;
  readonly end: Date;
}

/** The month that a text such as `2026-11` names; undefined for any other text. */
export function monthNamed(written: string): Month | undefined {
  const [, year, month] = WRITTEN.exec(written) ?? [];
  return year === undefined ? undefined : monthFrom(Number(year), Number(month) - 1);
}

/** The month that a moment is in. */
export function monthOf(moment: Date): Month {
  return monthFrom(moment.getUTCFullYear(), moment.getUTCMonth());
}

/** The length of a month, or of its beginning up to a moment in it, in seconds. */
export function secondsOfMonth({ start, end }: Month, until: Date = end): number {
  return Math.floor((Math.min(until.getTime(), end.getTime()) - start.getTime()) / 1000);
}

function monthFrom(year: number, index: number): Month {
  const start = new Date(Date.UTC(year, index));
  return { name: start.toISOString().slice(0, "2026-11".length), start, end: new Date(Date.UTC(year, index + 1)) };
}

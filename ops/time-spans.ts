/** From the longest to the shortest. */
const UNITS = [
  { letter: "d", short: "d", seconds: 86_400 },
  { letter: "h", short: "h", seconds: 3_600 },
  { letter: "m", short: "min", seconds: 60 },
  { letter: "s", short: "s", seconds: 1 },
] as const;
const WRITTEN = /^(\d+)([dhms])$/;

/** A length of time as people say it, in the largest unit that fits: `40 s`, `3 min`, `2 h`, `5 d`. */
export function inWords(seconds: number): string {
  const { short, seconds: size } = UNITS.find((unit) => seconds >= unit.seconds) ?? UNITS[3];
  // The clocks of two machines differ a little.
  return `${Math.max(0, Math.floor(seconds / size))} ${short}`;
}

/** The seconds of a length of time as people type it: `90s`, `10m`, `2h`, `1d`; undefined for anything else. */
export function secondsOf(written: string): number | undefined {
  const [, amount, letter] = WRITTEN.exec(written) ?? [];
  const unit = UNITS.find((candidate) => candidate.letter === letter);
  return unit && Number(amount) * unit.seconds;
}

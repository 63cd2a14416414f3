import { plainTable } from "./plain-table";

const MESSAGE_WIDTH = 80;

/** What a command found out about one thing. */
export interface Reported {
  readonly state: string;
  readonly subject: string;
  readonly message: string;
  /** What would make it well. */
  readonly remedy?: string;
  /** What shows more of it. */
  readonly log?: readonly string[];
}

/**
 * What a command found out, as a table for people. What would make several in a row well is said below the last one.
 *
 * @param summary what all of it comes to
 */
export function report(findings: readonly Reported[], summary: string): string {
  const rows = findings.map(({ state, subject, message, remedy, log = [] }, index) => {
    const isSaid = remedy !== undefined && remedy !== findings[index + 1]?.remedy;
    return [
      state,
      subject,
      [message, ...(isSaid ? [`→ ${remedy}`] : []), ...log.map((line) => `| ${line}`)].join("\n"),
    ];
  });
  return `${plainTable(rows, MESSAGE_WIDTH)}\n${summary}`;
}

import { getBorderCharacters, table } from "table";

const MESSAGE_WIDTH = 80;

/** What a command found out about one thing. */
export interface Reported {
  readonly state: string;
  readonly subject: string;
  readonly message: string;
  /** What would make it well. */
  readonly remedy?: string;
}

/**
 * What a command found out, as a table for people.
 *
 * @param summary what all of it comes to
 */
export function report(findings: readonly Reported[], summary: string): string {
  const rows = findings.map(({ state, subject, message, remedy }) => [
    state,
    subject,
    remedy === undefined ? message : `${message}\n→ ${remedy}`,
  ]);
  const text = table(rows, {
    border: getBorderCharacters("void"),
    columnDefault: { paddingLeft: 0, paddingRight: 2 },
    columns: { 2: { width: MESSAGE_WIDTH, wrapWord: true } },
    drawHorizontalLine: () => false,
  });
  return `${text}\n${summary}`;
}

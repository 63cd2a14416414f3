import { getBorderCharacters, table } from "table";

/**
 * A table for people, of columns without borders.
 *
 * @param lastWidth how many characters wide the last column is; longer texts are wrapped at words
 */
export function plainTable(rows: readonly (readonly string[])[], lastWidth: number): string {
  const last = (rows[0]?.length ?? 0) - 1;
  return table(rows as string[][], {
    border: getBorderCharacters("void"),
    columnDefault: { paddingLeft: 0, paddingRight: 2 },
    columns: { [last]: { width: lastWidth, wrapWord: true } },
    drawHorizontalLine: () => false,
  });
}

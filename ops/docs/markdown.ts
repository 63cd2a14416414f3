/** The first line of every page that is written by a program. */
export const GENERATED = "<!-- Written by `npm run ops -- docs` from the code. Change the code, and run it again. -->";

/** Text as Markdown shows it: nothing in it is a tag. What is between backticks is code, and stays as it is. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replaceAll("&", "&amp;").replaceAll("<", "&lt;")))
    .join("");
}

/** Text in the letters of code. */
export function code(text: string): string {
  return `\`${text}\``;
}

/**
 * A table of Markdown's.
 *
 * @param rows cells of Markdown, as many in each row as the header has
 */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

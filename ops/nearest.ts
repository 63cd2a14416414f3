/**
 * The one of some words that a person most likely meant.
 *
 * @throws Error where there is none to choose from
 */
export function nearest(given: string, words: readonly string[]): string {
  return words.reduce((best, word) => (distance(given, word) < distance(given, best) ? word : best));
}

/** How many letters must be added, removed or replaced to get from one word to another. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, wanted] of [...to].entries()) {
      const [replaced, removed, added] = [row[column], row[column + 1], next[column]] as [number, number, number];
      next.push(Math.min(replaced + (letter === wanted ? 0 : 1), removed + 1, added + 1));
    }
    row = next;
  }
  return row[to.length] as number;
}

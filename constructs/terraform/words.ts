/** The words of a name in camel case, in lower case with a separator: `networkIds` as `network_ids`. */
export function separateWords(name: string, separator: "-" | "_"): string {
  return name.replace(/[A-Z]/g, (letter) => `${separator}${letter.toLowerCase()}`);
}

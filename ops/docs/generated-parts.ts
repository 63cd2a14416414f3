import { type Fault, rejectFaults } from "../../config/faults";
import { GENERATED } from "./markdown";

const MARKER = /^<!-- (?:begin: (\S+)|end) -->$/gm;
const PART = /^<!-- begin: (\S+) -->$[\s\S]*?^<!-- end -->$/gm;
const END = "<!-- end -->";

/**
 * A page that people write, with what a program writes in it as the code has it now: what is between the lines
 * `<!-- begin: name -->` and `<!-- end -->`.
 *
 * @param path the page's, for whoever has to mend it
 * @param parts what to write, by the name of the part; the page has each once
 * @throws FaultsError when a marker is missing, or is not a part's
 */
export function withGeneratedParts(path: string, page: string, parts: Readonly<Record<string, string>>): string {
  const names = Object.keys(parts);
  const markers = [...page.matchAll(MARKER)].map(([line, name]) => ({ line, name }));
  rejectFaults(path, [
    ...names.flatMap((name) => {
      const count = markers.filter((marker) => marker.name === name).length;
      return faultIf(
        count !== 1,
        begin(name),
        `it is there ${count} times; write it once, and ${END} where the part ends`,
      );
    }),
    ...markers.flatMap(({ line, name }, index) =>
      name === undefined
        ? faultIf(markers[index - 1]?.name === undefined, line, "it ends no part; remove it")
        : [
            ...faultIf(!names.includes(name), line, `there is no such part; the parts are ${names.join(", ")}`),
            ...faultIf(markers[index + 1]?.line !== END, line, `it has no end; write ${END} where the part ends`),
          ],
    ),
  ]);
  return page.replace(PART, (_, name: string) => [begin(name), GENERATED, parts[name], END].join("\n\n"));
}

function begin(name: string): string {
  return `<!-- begin: ${name} -->`;
}

function faultIf(broken: boolean, where: string, message: string): readonly Fault[] {
  return broken ? [{ where, message }] : [];
}

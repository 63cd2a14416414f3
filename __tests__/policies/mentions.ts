/** Something of Terraform's where an expression refers to it. */
export interface Mention {
  /** The path in Terraform's JSON. */
  readonly place: string;
  /** Such as `var.name` or `random_password.id.result`; what is indexed is a part like others. */
  readonly reference: string;
  /** The text before the reference, and after it. */
  readonly before: string;
  readonly after: string;
}

/** Something that Terraform refers to: `var.name`, `random_password.id.result`, `data.type.id.outputs["name"]`. */
const REFERENCE = /(?<![\w.-])[a-z]\w*(?:\.[\w-]+|\["[^"]*"\])+/g;
const TEXT = /"(?:[^"\\]|\\.)*"/g;

/** Every reference in Terraform's JSON. */
export function mentionsIn(value: unknown, place = ""): readonly Mention[] {
  if (typeof value === "string") {
    const references = /[$%]\{/.test(value) ? [...value.matchAll(REFERENCE)] : [];
    return references.map(({ 0: text, index }) => ({
      place,
      reference: text.replaceAll(/\["([^"]*)"\]/g, ".$1"),
      before: value.slice(0, index),
      after: value.slice(index + text.length),
    }));
  }
  return (
    Object.entries(value ?? {})
      // An order between resources carries no value.
      .filter(([key]) => key !== "depends_on")
      .flatMap(([key, part]) => mentionsIn(part, place === "" ? key : `${place}.${key}`))
  );
}

/** The functions that a mention is an argument of, from outside to inside. */
export function callsAround({ before }: Mention): readonly string[] {
  const open: string[] = [];
  for (const [, called] of before.replaceAll(TEXT, '""').matchAll(/(\w*)\(|\)/g)) {
    if (called === undefined) {
      open.pop();
    } else {
      open.push(called);
    }
  }
  return open;
}

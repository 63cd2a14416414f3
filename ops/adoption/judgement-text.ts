import type { AttributeChange } from "./attributes";
import type { Candidate } from "./candidates";
import type { JudgedChange, Judgement } from "./judgement";

/** What a change does to people, by the type of the resource and the attribute. */
const EFFECTS: Readonly<Record<string, string>> = {
  "digitalocean_droplet.size": "the machine is switched off for some minutes",
  "digitalocean_droplet.volume_ids": "volumes are attached or detached",
  "digitalocean_database_cluster.size": "connections break when the database moves",
  "digitalocean_database_cluster.version": "PostgreSQL is upgraded, and there is no way back",
  "digitalocean_database_cluster.region": "the database moves to another region",
  "digitalocean_database_firewall.rule": "nobody else can connect to the database any more",
  "digitalocean_firewall.inbound_rule": "what is not listed is closed",
  "digitalocean_record.value": "the name leads elsewhere",
  "digitalocean_spaces_bucket.acl": "who has no key does not read the bucket any more",
};

/**
 * What a plan that takes over what exists would do, for people.
 *
 * @param candidates what can be taken over
 */
export function judgementText(
  { adopted, changed, made, destroyed }: Judgement,
  candidates: readonly Candidate[],
): string {
  const names = new Map(candidates.map(({ address, name }) => [address, name]));
  return [
    section("Taken over as it is", "=", adopted),
    section("Changed where it is", "~", changed),
    section(
      "Made anew, because the file has no id for it; where it exists, there would be two",
      "+",
      made.filter(({ address }) => names.has(address)),
      ({ address }) => names.get(address),
    ),
    section(
      "Made anew",
      "+",
      made.filter(({ address }) => !names.has(address)),
    ),
    section(
      "WOULD BE DESTROYED, because of what cannot be changed where it is",
      "-/+",
      destroyed,
      ({ attributes, reason }) => (attributes.length === 0 ? reason : undefined),
    ),
  ]
    .filter((text) => text !== "")
    .join("\n\n");
}

function section(
  title: string,
  sign: string,
  changes: readonly JudgedChange[],
  remark: (change: JudgedChange) => string | undefined = () => undefined,
): string {
  const lines = changes.flatMap((change) => {
    const text = remark(change);
    return [
      `  ${sign} ${change.address}${text === undefined ? "" : ` (${text})`}`,
      ...change.attributes.map((attribute) => attributeLine(change, attribute)),
    ];
  });
  return lines.length === 0 ? "" : [`${title}:`, ...lines].join("\n");
}

function attributeLine({ type }: JudgedChange, { name, inWords }: AttributeChange): string {
  const effect = EFFECTS[`${type}.${name}`];
  return `      ${name}: ${inWords}${effect === undefined ? "" : ` (${effect})`}`;
}

import { type SynthesisedStack, synthesiseEverything } from "../support/synthesis";

/** Kinds of what the Swarm has, each with names of its own. */
const KINDS = ["docker_config", "docker_secret", "docker_service", "docker_network"];

let stacks: readonly SynthesisedStack[];
beforeAll(() => {
  ({ stacks } = synthesiseEverything());
});

/** What is made under one name twice; of a name that ends in a hash, all before it. */
function madeTwice(judged: readonly SynthesisedStack[]): readonly string[] {
  const owners = new Map<string, string>();
  return judged.flatMap(({ name: stack, json }) =>
    KINDS.flatMap((kind) =>
      Object.entries<any>(json.resource?.[kind] ?? {}).flatMap(([id, { name }]) => {
        const claim = `${kind} ${name.split("${")[0]}`;
        const owner = owners.get(claim);
        owners.set(claim, owner ?? `${stack} ${kind}.${id}`);
        return owner === undefined ? [] : [`${stack} ${kind}.${id}: ${claim} is ${owner}'s`];
      }),
    ),
  );
}

test("nothing in a Swarm is made twice, in one layer or in two", () => {
  expect(madeTwice(stacks)).toEqual([]);
});

test("what two layers make is found", () => {
  const [lan] = stacks.filter(({ name }) => name === "lan-platform");
  const twin = { ...lan, name: "lan-twin" } as SynthesisedStack;

  expect(madeTwice([lan as SynthesisedStack, twin])).toContainEqual(
    "lan-twin docker_config.authority: docker_config sprocket-lan-authority- is lan-platform docker_config.authority's",
  );
});

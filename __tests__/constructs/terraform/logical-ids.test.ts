import { TerraformLocal, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import type { LayerStack } from "../../../constructs/terraform/layer-stack";
import { visiblePath } from "../../../constructs/terraform/logical-ids";
import { failureOf, testStack } from "../../support/testing";

/** A resource at a path below a stack; constructs on the way are made where they are missing. */
function resourceAt(stack: LayerStack, path: readonly string[], type = "test_thing"): TerraformResource {
  const scope = path
    .slice(0, -1)
    .reduce<Construct>((parent, id) => (parent.node.tryFindChild(id) as Construct) ?? new Construct(parent, id), stack);
  return new TerraformResource(scope, path.at(-1) ?? "", { terraformResourceType: type });
}

const idAt = (...path: string[]) => resourceAt(testStack(), path).friendlyUniqueId;

test.each([
  [["network"], "network"],
  [["vault", "bootstrap", "Resource"], "vault_bootstrap"],
  [["Default", "ingress-public", "Resource"], "ingress_public"],
  [["vault", "Default", "Resource", "value"], "vault_value"],
  [["Default", "Resource"], "Default_Resource"],
  [["résumé (v1.2)"], "r_sum_v1_2_"],
])("the id of %j is %s", (path, id) => {
  expect(idAt(...path)).toBe(id);
});

test("the visible path of a hidden construct is its whole path", () => {
  const stack = testStack();
  const hidden = new Construct(stack, "Default");

  expect(visiblePath(hidden, stack.node.scopes.length)).toEqual(["Default"]);
  expect(visiblePath(new Construct(hidden, "redis"), stack.node.scopes.length)).toEqual(["redis"]);
});

test.each([
  [["api-v1"], ["api_v1"], "api_v1"],
  [["api", "route"], ["api-route"], "api_route"],
  [["api", "Resource"], ["api", "Default"], "api"],
])("fails for %j and %j, which would share an address", (first, second, id) => {
  const stack = testStack();
  const [owner, other] = [resourceAt(stack, first), resourceAt(stack, second)];
  expect(owner.friendlyUniqueId).toBe(id);

  expect(failureOf(() => other.friendlyUniqueId)).toBe(
    `local-platform/${second.join("/")}: its address would be test_thing.${id}, ` +
      `which is local-platform/${first.join("/")}'s; rename one of the two`,
  );
});

test("fails for two values that would share an address", () => {
  const stack = testStack();
  const [owner, other] = [new TerraformLocal(stack, "a-b", 1), new TerraformLocal(stack, "a_b", 2)];
  expect(owner.friendlyUniqueId).toBe("a_b");

  expect(failureOf(() => other.friendlyUniqueId)).toContain("which is local-platform/a-b's; rename one of the two");
});

test("things of different types may share an id", () => {
  const stack = testStack();

  expect([
    resourceAt(stack, ["api", "Resource"], "test_thing").friendlyUniqueId,
    resourceAt(stack, ["api", "Default"], "test_other").friendlyUniqueId,
    new TerraformLocal(stack.node.findChild("api"), "local", 1).friendlyUniqueId,
    new TerraformLocal(stack, "api_local", 1).node.id,
  ]).toEqual(["api", "api", "api_local", "api_local"]);
});

test("an element that is asked twice has the same id, and another stack's are its own", () => {
  const element = resourceAt(testStack(), ["api"]);

  expect(element.friendlyUniqueId).toBe("api");
  expect(element.friendlyUniqueId).toBe("api");
  expect(idAt("api")).toBe("api");
});

describe("for any path", () => {
  const component = fc
    .oneof(
      fc.constantFrom("Resource", "Default", "a", "b", "a-b", "a_b", "a.b", "_", "é", "2fa"),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
    )
    // The construct tree's own separator, and names that it finds in every object.
    .filter((id) => !id.includes("/") && !(id in {}));
  const path = fc.array(component, { minLength: 1, maxLength: 4 });

  test("the id is a valid identifier of Terraform, or the path is refused by its name", () => {
    fc.assert(
      fc.property(path, (components) => {
        const element = resourceAt(testStack(), components);
        try {
          expect(element.friendlyUniqueId).toMatch(/^[A-Za-z_][A-Za-z0-9_-]*$/);
        } catch (error) {
          expect((error as Error).message).toContain(`${element.node.path}: `);
        }
      }),
      { examples: [[["2fa"]]] },
    );
  });

  test("another path of the same type never shares the id in silence", () => {
    fc.assert(
      fc.property(path, path, (first, second) => {
        fc.pre(first.join("/") !== second.join("/"));
        const stack = testStack();
        const elements = [first, second].map((components) => resourceAt(stack, [...components, "thing"]));
        try {
          const [a, b] = elements.map(({ friendlyUniqueId }) => friendlyUniqueId);
          expect(a).not.toBe(b);
        } catch (error) {
          expect((error as Error).message).toMatch(/rename one of the two|begin it with a letter/);
        }
      }),
    );
  });
});

import { stackNamed } from "../../../ops/terraform/stack-named";

test.each(["local-layer-2", "production-foundation"])("the stack %s is found in its environment", (name) => {
  const { work, layer } = stackNamed(name);

  expect([layer.stack.node.id, layer.workspace.name]).toEqual([name, name]);
  expect(name.startsWith(`${work.environment.name}-`)).toBe(true);
});

test.each(["local-layr1", "local", "moon-layer-1", "local-foundation"])(
  "a stack %s is not there: those that are are listed, and the nearest is named",
  (name) => {
    expect(() => stackNamed(name)).toThrow(
      new RegExp(
        `^There is no stack "${name}"\\. Did you mean \\S+\\? The stacks are\n {2}production-.*\n {2}local-platform$`,
        "s",
      ),
    );
  },
);

import { Plans } from "../../../ops/deployment/plans";
import type { Options, Plan, Workspace } from "../../../ops/terraform/workspace";

/** A layer whose plans are numbered, and take until they are let go. */
class FakeWorkspace {
  readonly made: Options[] = [];

  constructor(private readonly answer: (nth: number, options: Options) => Promise<Plan>) {}

  plan(options: Options): Promise<Plan> {
    this.made.push(options);
    return this.answer(this.made.length, options);
  }
}

const numbered = (nth: number): Plan => ({ changes: [{ address: `plan ${nth}`, action: "create" }], isEmpty: false });
const atOnce = () => new FakeWorkspace(async (nth) => numbered(nth));
/** Ends like a Terraform that was told to stop. */
const onceStopped = () =>
  new FakeWorkspace((nth, { signal }) =>
    nth > 1
      ? Promise.resolve(numbered(nth))
      : new Promise((_, fail) => signal.addEventListener("abort", () => fail(new Error("interrupted")))),
  );
const failing = () => new FakeWorkspace(() => Promise.reject(new Error("Vault is sealed")));

function plansOf(workspaces: readonly FakeWorkspace[], { signal } = new AbortController()): Plans {
  return new Plans(workspaces as unknown as Workspace[], signal);
}

const planOf = (plans: Plans, workspace: FakeWorkspace, onLocked: (holder: string) => void = () => {}) =>
  plans.of(workspace as unknown as Workspace, onLocked);

test("all layers are planned at once, and these plans are good as long as nothing changed", async () => {
  const layers = [atOnce(), atOnce(), atOnce()];
  const plans = plansOf(layers);
  const begun = layers.map(({ made }) => made.length);
  const found = [];
  for (const layer of layers) {
    found.push(await planOf(plans, layer));
  }

  expect(begun).toEqual([1, 1, 1]);
  expect(found).toEqual(Array(3).fill(numbered(1)));
  expect(layers.map(({ made }) => made.length)).toEqual([1, 1, 1]);
});

test("a layer above one that changed is planned anew, and its early plan is stopped first", async () => {
  const [changed, above] = [atOnce(), onceStopped()];
  const plans = plansOf([changed, above]);
  await planOf(plans, changed);
  plans.outdate();

  expect(await planOf(plans, above)).toEqual(numbered(2));
  expect(above.made[0]?.signal.aborted).toBe(true);
  expect(above.made[1]?.signal.aborted).toBe(false);
});

test("an early plan that ended before anything changed is not taken either once something did", async () => {
  const [changed, above] = [atOnce(), atOnce()];
  const plans = plansOf([changed, above]);
  await planOf(plans, changed);
  plans.outdate();

  expect(await planOf(plans, above)).toEqual(numbered(2));
});

test("who keeps a plan waiting is told to the layer whose turn it is", async () => {
  const layer = new FakeWorkspace(async (nth, { onLocked }) => {
    onLocked?.(`too early for ${nth}`);
    await new Promise(setImmediate);
    onLocked?.(`somebody at ${nth}`);
    return numbered(nth);
  });
  const plans = plansOf([layer]);
  const told: string[] = [];
  await planOf(plans, layer, (holder) => told.push(holder));
  plans.outdate();
  await planOf(plans, layer, (holder) => told.push(holder));

  expect(told).toEqual(["somebody at 1", "too early for 2", "somebody at 2"]);
});

test("a layer that cannot be planned says so when its turn comes", async () => {
  const layer = failing();

  await expect(planOf(plansOf([layer]), layer)).rejects.toThrow("Vault is sealed");
});

test("a layer that could not be planned early is planned when its turn comes", async () => {
  const [below, layer] = [atOnce(), atOnce()];
  const plans = plansOf([below]);
  await planOf(plans, below);

  expect(layer.made).toEqual([]);
  expect(await planOf(plans, layer)).toEqual(numbered(1));
});

test("a layer whose turn never comes may fail in silence", async () => {
  const unhandled = jest.fn();
  process.on("unhandledRejection", unhandled);
  const plans = plansOf([atOnce(), failing()]);
  await new Promise(setImmediate);
  await plans.stop();
  process.off("unhandledRejection", unhandled);

  expect(unhandled).not.toHaveBeenCalled();
});

test("whoever stops the command stops all plans", async () => {
  const controller = new AbortController();
  const layers = [onceStopped(), onceStopped()];
  const plans = plansOf(layers, controller);
  controller.abort();
  await plans.stop();

  expect(layers.map(({ made }) => made[0]?.signal.aborted)).toEqual([true, true]);
});

test("who stops them waits until nobody works on one any more", async () => {
  const layers = [atOnce(), failing(), onceStopped()];
  await plansOf(layers).stop();

  expect(layers[2]?.made[0]?.signal.aborted).toBe(true);
});

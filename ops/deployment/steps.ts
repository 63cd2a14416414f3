import {
  type DefaultRenderer,
  Listr,
  type ListrTask,
  type ListrTaskWrapper,
  PRESET_TIMER,
  type SimpleRenderer,
} from "listr2";

/** A step of a command, which may say how far it is. */
export type Step = ListrTask<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

/** How a step shows itself while it runs. */
export type ShownStep = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

/**
 * Takes steps one after the other, and shows them: alive in a terminal, as one line for each step's begin and end
 * elsewhere.
 *
 * @throws whatever a step throws; the rest is not begun
 */
export async function take(steps: readonly Step[]): Promise<void> {
  let failure: unknown;
  const shown = steps.map((step) => ({
    ...step,
    task: async (context: unknown, self: ShownStep) => {
      try {
        await step.task(context, self);
      } catch (error) {
        failure = error;
        // What failed takes many lines, which are said once, at the end.
        throw new Error("see below");
      }
    },
  }));
  const list = new Listr<unknown, "default", "simple">(shown, {
    renderer: "default",
    fallbackRenderer: "simple",
    rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false, formatOutput: "truncate" },
    fallbackRendererOptions: { timer: PRESET_TIMER },
    // The command stops in good order by itself.
    registerSignalListeners: false,
  });
  await list.run().catch((error: unknown) => {
    throw failure ?? error;
  });
}

/** Shows how far a step is, where somebody looks on. */
export function show(step: ShownStep, progress: string): void {
  if (process.stdout.isTTY) {
    step.output = progress;
  }
}

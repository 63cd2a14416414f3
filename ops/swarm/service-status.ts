import { type ObservedService, runningTasks } from "./observation";

/** How a service is, without whether that is well. */
export interface ServiceStatus {
  readonly service: string;
  /** How many of its containers run. */
  readonly running: number;
  readonly wanted: number | "global";
  readonly image: string;
  /** Since when the oldest of its running containers has been running; null where none is. */
  readonly runningSince: Date | null;
  /** What went wrong last with any container, also one that has been replaced; null where nothing did. */
  readonly lastProblem: { readonly message: string; readonly time: Date } | null;
}

/** What a person wants to know first of a service. */
export function statusOf({ name, wanted, image, tasks }: ObservedService): ServiceStatus {
  const byTime = [...tasks].sort((a, b) => a.since.getTime() - b.since.getTime());
  const running = runningTasks({ tasks: byTime });
  const problem = byTime.findLast(({ error }) => error !== "");
  return {
    service: name,
    running: running.length,
    wanted,
    image,
    runningSince: running[0]?.since ?? null,
    lastProblem: problem === undefined ? null : { message: problem.error, time: problem.since },
  };
}

/** An image's repository and tag: `docker.io/library/redis:8@sha256:…` is `redis:8`. */
export function shortImage(reference: string): string {
  const [tagged = ""] = reference.split("@");
  return tagged.replace(/^(localhost|[^/]*[.:][^/]*)\//, "").replace(/^library\//, "");
}

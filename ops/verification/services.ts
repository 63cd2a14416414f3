import type { DeclaredService } from "../declaration/declaration";
import { endedBadly, type ObservedService, runningTasks } from "../swarm/observation";
import { type Finding, type FindingState, worst } from "./finding";

/** How long a container must have gone on before one that ended is forgiven. */
const CALM_SECONDS = 60;
/** The states in which a container of Swarm's is on its way. */
const STARTING = ["new", "pending", "assigned", "accepted", "preparing", "ready", "starting"];

/** Swarm's words for how an update went, where it did not simply end well. */
const UPDATES: Readonly<Record<string, { readonly state: FindingState; readonly meaning: string }>> = {
  updating: { state: "waiting", meaning: "is being updated" },
  paused: { state: "failed", meaning: "was left in the middle of an update" },
  rollback_started: { state: "waiting", meaning: "is being rolled back" },
  rollback_paused: { state: "failed", meaning: "was left in the middle of a rollback" },
  rollback_completed: { state: "failed", meaning: "was rolled back, and the former version runs" },
};

/** What was found out about a service. */
export interface ServiceFinding extends Finding {
  /** Whether the service's log may say why it is not well. */
  readonly isInLog?: true;
}

interface Remark {
  readonly state: FindingState;
  readonly text: string;
  /** Whether the log may say why. */
  readonly isInLog?: true;
}

/**
 * Compares the declared services with what Swarm has, whatever Terraform said of them.
 *
 * @param now the time at which Swarm was looked at
 */
export function serviceFindings(
  declared: readonly DeclaredService[],
  observed: readonly ObservedService[],
  now: Date,
): readonly ServiceFinding[] {
  const names = declared.map(({ name }) => name);
  return [
    ...declared.map((service) => {
      const found = observed.find(({ name }) => name === service.name);
      return found === undefined ? missing(service) : findingOf(service, found, now);
    }),
    ...observed
      .filter(({ name }) => !names.includes(name))
      .map(({ name }): ServiceFinding => ({ subject: name, state: "failed", message: "runs, and is not declared" })),
  ];
}

function missing({ name, stack }: DeclaredService): ServiceFinding {
  return { subject: name, state: "failed", message: `is not there; deploy ${stack}` };
}

function findingOf(service: DeclaredService, found: ObservedService, now: Date): ServiceFinding {
  const remarks = [
    ...updateRemarks(found),
    ...imageRemarks(service, found),
    ...replicaRemarks(service, found),
    ...endRemarks(found, now),
    ...portRemarks(service, found),
  ];
  if (remarks.length > 0) {
    return {
      subject: found.name,
      state: worst(remarks.map(({ state }) => state)),
      message: remarks.map(({ text }) => text).join("; "),
      ...(remarks.some(({ isInLog }) => isInLog) ? { isInLog: true } : {}),
    };
  }
  return found.wanted === 0
    ? { subject: found.name, state: "off", message: "is off" }
    : { subject: found.name, state: "ok", message: `${runningTasks(found).length} running` };
}

function updateRemarks({ update }: ObservedService): readonly Remark[] {
  const known = update && UPDATES[update.state];
  return known === undefined ? [] : [{ state: known.state, text: `${known.meaning}: ${update?.message}` }];
}

function imageRemarks({ image }: DeclaredService, { image: found }: ObservedService): readonly Remark[] {
  // Docker adds the digest that it found for a tag.
  const same = found === image || found.startsWith(`${image}@`);
  return same ? [] : [{ state: "failed", text: `should run ${image}, and is to run ${found}` }];
}

function replicaRemarks({ replicas, mayBeOff }: DeclaredService, found: ObservedService): readonly Remark[] {
  const { wanted, image, tasks } = found;
  const current = tasks.filter(({ desired }) => desired === "running");
  const running = runningTasks(found);
  const old = running.filter((task) => task.image !== image);
  const isOff = mayBeOff && wanted === 0;
  const short = typeof wanted === "number" && running.length < wanted;
  const starting = current.some(({ state }) => STARTING.includes(state));
  return [
    ...(wanted === replicas || isOff
      ? []
      : [{ state: "failed" as const, text: `should have ${replicas} containers, and was told to have ${wanted}` }]),
    ...(short
      ? [
          {
            state: starting ? ("waiting" as const) : ("failed" as const),
            text: `${running.length} of ${wanted} running`,
            isInLog: true as const,
          },
        ]
      : []),
    ...(old.length > 0
      ? [{ state: "failed" as const, text: `${old.length} of ${running.length} run another image` }]
      : []),
  ];
}

/** A service that Swarm starts again and again looks well between two ends: it is not, until it was for a while. */
function endRemarks(service: ObservedService, now: Date): readonly Remark[] {
  const { tasks, wanted } = service;
  const ends = tasks
    .filter(endedBadly)
    .map((task) => ({ ...task, secondsAgo: (now.getTime() - task.since.getTime()) / 1000 }))
    .filter(({ secondsAgo }) => secondsAgo < CALM_SECONDS)
    .sort((a, b) => a.secondsAgo - b.secondsAgo);
  const [last] = ends;
  return last === undefined
    ? []
    : [
        {
          state: wanted === "global" || runningTasks(service).length >= wanted ? "waiting" : "failed",
          text: `${ends.length} ended within the last ${CALM_SECONDS} s, the last ${Math.round(last.secondsAgo)} s ago: ${last.error || last.state}`,
          isInLog: true,
        },
      ];
}

function portRemarks(
  { publishedPorts: declared }: DeclaredService,
  { publishedPorts }: ObservedService,
): readonly Remark[] {
  const [wanted, found] = [declared, publishedPorts].map((ports) => [...ports].sort((a, b) => a - b).join(", "));
  return wanted === found
    ? []
    : [{ state: "failed", text: `should publish ${wanted || "no port"}, and publishes ${found || "none"}` }];
}

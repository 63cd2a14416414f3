import { Duration } from "../../../constructs/swarm/duration";
import type { AlertCase, FigureCase, Series } from "../alert-case";
import { replicasByService } from "../declared-rules";
import { always, between } from "../measured";

const BY_TELEGRAF = 'instance="node-metrics",job="node-metrics"';
const TELEGRAF_RUNS: Series = { [`up{${BY_TELEGRAF}}`]: always(1) };
const MINUTE = Duration.minutes(1);
const OF_API = {
  labels: { service: "api" },
  summary: "api has fewer containers that are well than it should have.",
};

function tasks(service: string, running: string, desired: string): Series {
  return {
    [`docker_swarm_tasks_running{${BY_TELEGRAF},service="${service}"}`]: running,
    [`docker_swarm_tasks_desired{${BY_TELEGRAF},service="${service}"}`]: desired,
  };
}

/** Every service as it should be. */
const allWell: Series = Object.assign(
  {},
  TELEGRAF_RUNS,
  ...Object.entries(replicasByService).map(([service, count]) => tasks(service, `${count}x400`, `${count}x400`)),
);

const apiNeverThere = Object.fromEntries(
  Object.entries(allWell).filter(([series]) => !series.includes('service="api"')),
);

/** As long as it was there, it was as it should be. */
const API_REMOVED_AT = Duration.minutes(2);
const THEN_GONE = between(Duration.zero, API_REMOVED_AT, 1);
const apiRemoved: Series = { ...allWell, ...tasks("api", THEN_GONE, THEN_GONE) };
const API_SEEN = 'sprocket:service:seen{service="api"}';

function container(field: string, name: string, state: "running" | "exited", slot = 1): string {
  const labels = `container_name="sprocket-local-api.${slot}.${name}",container_status="${state}",${BY_TELEGRAF},service="api"`;
  return `docker_container_${field}{${labels}}`;
}

/** Containers that end after a minute each, of which Swarm keeps the last four beside the one that runs. */
function restarts(count: number, slot = 1): Series {
  const each = Array.from({ length: count + 1 }, (_, index): Series => {
    const started = MINUTE.times(index);
    const ended = started.plus(MINUTE);
    const nanoseconds = started.seconds * 1e9;
    const end = Duration.minutes(60);
    const forgotten = index + 4 < count ? ended.plus(MINUTE.times(4)) : end;
    return index === count
      ? { [container("status_started_at", `id${index}`, "running", slot)]: between(started, end, nanoseconds) }
      : {
          [container("status_started_at", `id${index}`, "running", slot)]: between(started, ended, nanoseconds),
          [container("status_started_at", `id${index}`, "exited", slot)]: between(ended, forgotten, nanoseconds),
        };
  });
  return Object.assign({}, tasks("api", always(1), always(1)), ...each);
}

function endedForMemory(killed: 0 | 1): Series {
  return {
    [container("status_oomkilled", "old", "exited")]: always(killed),
    [container("status_finished_at", "old", "exited")]: always(0),
    [container("status_oomkilled", "new", "running")]: always(0),
  };
}

export const serviceFigures: readonly FigureCase[] = [
  {
    when: "nothing is measured yet",
    series: {},
    expression: 'sprocket:service_replicas:wanted{service=~"api|discord-bot"}',
    at: Duration.zero,
    figures: { 'sprocket:service_replicas:wanted{service="api"}': 1 },
  },
  {
    when: "a service was removed an hour ago",
    series: apiRemoved,
    expression: API_SEEN,
    at: Duration.minutes(62),
    figures: { [API_SEEN]: 1 },
  },
  {
    when: "nobody measures any more",
    series: tasks("api", THEN_GONE, THEN_GONE),
    expression: API_SEEN,
    at: Duration.minutes(30),
    figures: { [API_SEEN]: 1 },
  },
  {
    when: "the Swarm was told to run none",
    series: tasks("api", always(0), always(0)),
    expression: API_SEEN,
    at: Duration.zero,
    figures: { [API_SEEN]: 1 },
  },
  {
    when: "a service was never there",
    series: apiNeverThere,
    expression: API_SEEN,
    at: Duration.minutes(10),
    figures: {},
  },
];

export const serviceCases: readonly AlertCase[] = [
  {
    alert: "ServiceDown",
    when: "a container is not well",
    series: { ...allWell, ...tasks("api", always(0), always(1)) },
    told: [OF_API],
  },
  {
    alert: "ServiceDown",
    when: "the Swarm was told to run none",
    series: { ...allWell, ...tasks("api", always(0), always(0)) },
    told: [OF_API],
  },
  { alert: "ServiceDown", when: "a service was removed", series: apiRemoved, since: API_REMOVED_AT, told: [OF_API] },
  { alert: "ServiceDown", when: "a service was never there yet", series: apiNeverThere, told: [] },
  {
    alert: "ServiceDown",
    when: "what may be off is on, and not well",
    series: { ...allWell, ...tasks("discord-bot", always(0), always(1)) },
    told: [{ labels: { service: "discord-bot" }, summary: OF_API.summary.replace("api", "discord-bot") }],
  },
  { alert: "ServiceDown", when: "all are well", series: allWell, told: [] },
  {
    alert: "ServiceDown",
    when: "an update has one container more for a while",
    series: { ...allWell, ...tasks("api", always(2), always(1)) },
    told: [],
  },
  {
    alert: "ServiceDown",
    when: "what may be off is off",
    series: { ...allWell, ...tasks("discord-bot", always(0), always(0)) },
    told: [],
  },
  {
    alert: "ServiceDown",
    when: "a container was replaced within a minute",
    series: { ...allWell, ...tasks("api", "1x8 0x4 1x400", always(1)) },
    told: [],
  },
  {
    alert: "ServiceDown",
    when: "nobody measures",
    series: { [`up{${BY_TELEGRAF}}`]: always(0) },
    told: [],
  },
  {
    alert: "ServiceDown",
    when: "who measured it ends",
    series: {
      [`up{${BY_TELEGRAF}}`]: "1x7 0x400",
      ...tasks("api", THEN_GONE, THEN_GONE),
    },
    since: API_REMOVED_AT,
    told: [],
  },
  { alert: "ServiceDown", when: "who measures is not told by Docker", series: TELEGRAF_RUNS, told: [] },
  {
    alert: "ContainersRestart",
    when: "containers end a minute after they started",
    series: restarts(5),
    since: Duration.minutes(4),
    told: [
      {
        labels: { service: "api" },
        summary: "api was started again 5 times in 15m: its containers end again and again.",
      },
    ],
  },
  { alert: "ContainersRestart", when: "it was deployed three times", series: restarts(3), told: [] },
  {
    alert: "ContainersRestart",
    when: "each of three containers was deployed three times",
    series: { ...restarts(3, 1), ...restarts(3, 2), ...restarts(3, 3) },
    told: [],
  },
  {
    alert: "ContainersRestart",
    when: "it was long ago",
    series: restarts(5),
    since: Duration.minutes(20),
    told: [],
  },
  {
    alert: "ContainerOutOfMemory",
    when: "a container was ended for its memory",
    series: endedForMemory(1),
    told: [
      {
        labels: { service: "api" },
        summary: "A container of api was ended because it took more memory than its limit.",
      },
    ],
  },
  { alert: "ContainerOutOfMemory", when: "it ended by itself", series: endedForMemory(0), told: [] },
  {
    alert: "ContainerOutOfMemory",
    when: "that was an hour ago",
    series: endedForMemory(1),
    since: Duration.minutes(60),
    told: [],
  },
  {
    alert: "ContainerMemoryShort",
    when: "one of two containers takes nearly all",
    series: {
      [container("mem_usage_percent", "one", "running")]: always(91.25),
      [container("mem_usage_percent", "two", "running")]: always(20),
    },
    told: [{ labels: { service: "api" }, summary: "api takes 91.25 % of its memory limit." }],
  },
  {
    alert: "ContainerMemoryShort",
    when: "it takes nine tenths",
    series: { [container("mem_usage_percent", "one", "running")]: always(90) },
    told: [],
  },
];

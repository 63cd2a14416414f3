/** The requests that were not answered as they should be, by kind. */
export interface Failures {
  /** No answer in time. */
  readonly timeouts: number;
  /** No connection, or one that broke, by the system's code for that. */
  readonly connections: Readonly<Record<string, number>>;
  /** The other side closed the connection in place of an answer. */
  readonly closed: number;
  /** Another answer than the wanted one, by status. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** What was seen of a run's requests. */
export interface Seen {
  /** The status that every answer should have. */
  readonly wanted: number;
  readonly statuses: readonly number[];
  /** One for each request without an answer; without a code where that only took too long. */
  readonly errors: readonly { readonly code?: string }[];
  /** How many were given up without any error. */
  readonly unanswered: number;
}

/** Sorts what was seen of a run's requests. */
export function failuresOf({ wanted, statuses, errors, unanswered }: Seen): Failures {
  const codes = errors.flatMap(({ code }) => code ?? []);
  return {
    timeouts: errors.length - codes.length,
    connections: counted(codes),
    closed: unanswered,
    statuses: counted(statuses.filter((status) => status !== wanted).map(String)),
  };
}

/** Those of several runs together. */
export function together(several: readonly Failures[]): Failures {
  return {
    timeouts: sum(several.map(({ timeouts }) => timeouts)),
    connections: added(several.map(({ connections }) => connections)),
    closed: sum(several.map(({ closed }) => closed)),
    statuses: added(several.map(({ statuses }) => statuses)),
  };
}

/** How many requests failed, of whatever kind. */
export function numberOf({ timeouts, connections, closed, statuses }: Failures): number {
  return timeouts + closed + sum(Object.values(connections)) + sum(Object.values(statuses));
}

/** The kinds that there are, for people; nothing where nothing failed. */
export function inWords({ timeouts, connections, closed, statuses }: Failures): readonly string[] {
  return [
    ...(timeouts > 0 ? [`${timeouts} not answered in time`] : []),
    ...Object.entries(connections).map(([code, count]) => `${count} without a connection (${code})`),
    ...(closed > 0 ? [`${closed} whose connection was closed in place of an answer`] : []),
    ...Object.entries(statuses).map(([status, count]) => `${count} answered ${status}`),
  ];
}

function counted(kinds: readonly string[]): Readonly<Record<string, number>> {
  return added(kinds.map((kind) => ({ [kind]: 1 })));
}

function added(several: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const total: Record<string, number> = {};
  for (const [kind, count] of several.flatMap((one) => Object.entries(one))) {
    total[kind] = (total[kind] ?? 0) + count;
  }
  return total;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

import { askHost } from "./http";

interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** An alert that Prometheus looks at. */
export interface Alert {
  readonly state: "pending" | "firing";
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * What a query finds now.
 *
 * @throws Error with what Prometheus says of the query
 */
export async function query(promql: string): Promise<readonly Series[]> {
  return (await api<{ result: readonly Series[] }>(`query?query=${encodeURIComponent(promql)}`)).result;
}

/** The alerts that are so, or would be if it lasted. */
export async function alerts(): Promise<readonly Alert[]> {
  return (await api<{ alerts: readonly Alert[] }>("alerts")).alerts;
}

/** Every rule with how looking at it went. */
export async function rules(): Promise<readonly { name: string; health: string; lastError?: string }[]> {
  const { groups } = await api<{ groups: readonly { rules: readonly { name: string; health: string }[] }[] }>("rules");
  return groups.flatMap((group) => group.rules);
}

async function api<T>(path: string): Promise<T> {
  const { body } = await askHost("prometheus", { path: `/api/v1/${path}` });
  const { status, data, error } = JSON.parse(body);
  if (status !== "success") {
    throw new Error(`${path}: ${error}`);
  }
  return data as T;
}

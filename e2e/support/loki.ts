import { environment } from "../environment";
import { fetchInside } from "./notices";

/** The lines of a service's log that contain a text, the newest first. */
export async function linesOf(service: string, text: string): Promise<readonly string[]> {
  const query = encodeURIComponent(`{service_name="${service}"} |= ${JSON.stringify(text)}`);
  return (await streams(`query_range?query=${query}&since=1h`)).flatMap(({ values }) => values.map(([, line]) => line));
}

/** The streams that a query of lines, or the series that one of figures finds. */
export async function streams(question: string): Promise<readonly { readonly values: readonly [string, string][] }[]> {
  const answer = await fetchInside(`http://${environment.prefix}-loki:3100/loki/api/v1/${question}`);
  return JSON.parse(answer).data.result;
}

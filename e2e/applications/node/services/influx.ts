/** One measurement, in the shape in which applications send it. */
export interface Measurement {
  readonly name: string;
  readonly tags?: readonly (readonly [string, string])[];
  readonly booleans?: readonly (readonly [string, boolean])[];
  readonly ints?: readonly (readonly [string, number])[];
}

/** Where measurements go. */
export interface InfluxSettings {
  readonly address: string;
  readonly org: string;
  readonly bucket: string;
  readonly token: string;
}

/**
 * Writes a measurement.
 *
 * @throws Error when InfluxDB does not take it
 */
export async function written(measurement: Measurement, settings: InfluxSettings): Promise<void> {
  const { address, org, bucket, token } = settings;
  const url = new URL("/api/v2/write", address);
  url.search = new URLSearchParams({ org, bucket, precision: "ms" }).toString();
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: `Token ${token}`, "content-type": "text/plain; charset=utf-8" },
    body: lineOf(measurement),
  });
  if (!response.ok) {
    throw new Error(`${url}: ${response.status} ${await response.text()}`);
  }
}

function lineOf({ name, tags = [], booleans = [], ints = [] }: Measurement): string {
  const labels = tags.map(([key, value]) => `,${key}=${value.replace(/[ ,=]/g, "\\$&")}`).join("");
  const fields = [...booleans, ...ints].map(([key, value]) => `${key}=${value}`);
  return `${name}${labels} ${fields.length > 0 ? fields.join(",") : "count=1"} ${Date.now()}`;
}

import { foundKeys } from "./configuration-faults";
import type { Contract } from "./contract";
import type { DeployedApplication } from "./deployed-application";
import { textOf } from "./values";

/** A value of an application that others must have too, or must not have. */
interface SharedValue {
  readonly application: string;
  /** Whatever must agree has the same name. */
  readonly name: string;
  readonly text: string;
}

/** What of a key must agree; undefined where the key is none of those meant. */
type Reading = (path: string, text: string, application: string) => Omit<SharedValue, "application"> | undefined;

const key =
  (name: string): Reading =>
  (path, text) =>
    path === name ? { name, text } : undefined;

/** The parser has the address of Redis in a URL. */
const redis =
  (name: "redis.host" | "redis.port", part: "hostname" | "port"): Reading =>
  (path, text) =>
    path === "celery.backend" && URL.canParse(text) ? { name, text: new URL(text)[part] } : key(name)(path, text, "");

/** The applications that have one bucket, by what the others call it. */
const BUCKETS: Readonly<Record<string, string>> = {
  "replay-parse-service": "replays",
  "image-generation-frontend": "image_generation",
};

/** How to read what must agree, by the contract's own words, so that new words are noticed. */
const READINGS: Readonly<Record<string, Reading>> = {
  "transport.url (broker and vhost; user and query may differ)": (path, text) => {
    const url = path === "transport.url" && URL.canParse(text) ? new URL(text) : undefined;
    return url && { name: "the broker of transport.url", text: `${url.protocol}//${url.host}${url.pathname}` };
  },
  "transport.*_queue": (path, text) => (/^transport\.\w+_queue$/.test(path) ? { name: path, text } : undefined),
  "transport.celery-queue": key("transport.celery-queue"),
  "redis.host": redis("redis.host", "hostname"),
  "redis.port": redis("redis.port", "port"),
  "redis.prefix": key("redis.prefix"),
  "minio bucket names (minio.bucket in the parser, minio.bucketNames.* elsewhere)": (path, text, application) => {
    const bucket = path === "minio.bucket" ? BUCKETS[application] : /^minio\.bucketNames\.(.*)$/.exec(path)?.[1];
    return bucket === undefined ? undefined : { name: `the bucket ${bucket}`, text };
  },
};

/** What applications should agree on and do not, and what they should not share and do. */
export function sharedFaults(contract: Contract, applications: readonly DeployedApplication[]): readonly string[] {
  const found = applications.flatMap((application) => {
    const contracted = contract.services[application.name];
    return contracted === undefined
      ? []
      : foundKeys(contract, contracted, application).map(({ path, value }) => ({
          application: application.name,
          path,
          text: textOf(value),
        }));
  });
  return [
    ...contract.mustBeEqualAcrossServices.flatMap((words) => {
      const reading = READINGS[words];
      const values = found.flatMap(({ application, path, text }) => {
        const value = reading?.(path, text, application);
        return value === undefined ? [] : [{ ...value, application }];
      });
      return reading === undefined ? [`nobody knows how to compare ${words}`] : disagreements(values);
    }),
    ...contract.mustDifferPerService.flatMap((path) => repetitions(found.filter((each) => each.path === path))),
  ];
}

/** Whoever has another value than the first. */
function disagreements(values: readonly SharedValue[]): readonly string[] {
  return values.flatMap(({ application, name, text }) => {
    const first = values.find((value) => value.name === name);
    return first === undefined || first.text === text
      ? []
      : [`${application}: ${name} is ${text}, and that of ${first.application} is ${first.text}`];
  });
}

function repetitions(
  values: readonly { readonly application: string; readonly path: string; readonly text: string }[],
): readonly string[] {
  return values.flatMap(({ application, path, text }, index) => {
    const twin = values.slice(0, index).find((value) => value.text === text);
    return twin === undefined ? [] : [`${application}: ${path} is ${text}, which is that of ${twin.application}`];
  });
}

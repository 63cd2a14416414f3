import type Docker from "dockerode";
import { z } from "zod";
import { FaultsError } from "../../config/faults";
import type { Environment } from "../../config/schema";
import { PROMETHEUS_ITSELF } from "../../constructs/observability/prometheus";
import { SERVICE_NAME_LABEL } from "../../constructs/swarm/swarm-service";
import { reasonOf } from "../diagnosis/check";
import { nothingRuns } from "../starting";
import { shortName } from "../swarm/container-names";
import { type Execution, execute } from "../swarm/execution";
import { observe } from "../swarm/observation";

/** A little longer than Prometheus itself works on a query, so that none is left behind. */
const LONGEST_SECONDS = 130;

/** What promtool prints of a result: the time and the value, which may be `NaN`. */
const ANSWER = z.array(
  z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
);

/** One result of a query. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * What Prometheus answers to a query in PromQL, by promtool in its own container: no port of it is published.
 *
 * @param service its name in the Swarm
 * @param moment the time that is asked for
 * @throws FaultsError when it does not run on the machine whose Docker is asked, or does not answer
 */
export async function prometheusQuery(
  docker: Docker,
  environment: Environment,
  service: string,
  query: string,
  moment: Date,
): Promise<readonly Sample[]> {
  const container = await containerOf(docker, environment, service);
  const time = `--time=${Math.floor(moment.getTime() / 1000)}`;
  const command = ["promtool", "query", "instant", "--format=json", time, PROMETHEUS_ITSELF, query];
  const logs = `look at npm run ops -- logs ${environment.name} ${shortName(environment.prefix, service)}`;
  try {
    return samplesOf(await execute(docker, container, command, LONGEST_SECONDS));
  } catch (error) {
    return failed(service, `cannot be asked: ${reasonOf(error)}; ${logs}`);
  }
}

async function containerOf(docker: Docker, environment: Environment, service: string): Promise<string> {
  const [container] = await docker.listContainers({ filters: { label: [`${SERVICE_NAME_LABEL}=${service}`] } });
  if (container !== undefined) {
    return container.Id;
  }
  const { services } = await observe(docker, environment.prefix);
  return services.length === 0
    ? failed(environment.name, nothingRuns(environment))
    : failed(
        service,
        `has no running container on the machine whose Docker answers; see npm run ops -- status ${environment.name}, or name the Docker of the machine with the volumes in DOCKER_HOST`,
      );
}

function samplesOf({ exitCode, stdout, stderr }: Execution): readonly Sample[] {
  if (exitCode !== 0) {
    throw new Error(`promtool ended with ${exitCode}: ${(stderr || stdout).trim()}`);
  }
  const answer = ANSWER.safeParse(jsonOf(stdout));
  if (!answer.success) {
    throw new Error(`promtool printed no list of results: ${stdout.trim().slice(0, 200)}`);
  }
  return answer.data.map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) }));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failed(where: string, message: string): never {
  throw new FaultsError("ops slo", [{ where, message }]);
}

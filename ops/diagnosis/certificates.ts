import { isEncrypted, publicPort } from "../../config/hosts";
import type { Environment } from "../../config/schema";
import type { DeclaredRoute } from "../declaration/declaration";
import { askHost } from "../verification/asking";
import { certificateProblems, daysLeft } from "../verification/certificate";
import { reasonOf } from "./check";
import { type Engine, isInSwarm } from "./engine";
import type { Finding } from "./finding";

/** What the check is about. */
export const CERTIFICATES = "certificates";

/**
 * Looks at the certificates that the hosts of an environment show, where there is a Traefik to show them. A deploy goes
 * well without them, and nobody reaches what it deployed.
 *
 * @param ask asks one host; for tests
 */
export async function certificateFindings(
  environment: Environment,
  routes: readonly DeclaredRoute[],
  engine: Promise<Pick<Engine, "docker">>,
  ask: typeof askHost = askHost,
): Promise<readonly Finding[]> {
  if (!isEncrypted(environment)) {
    return [];
  }
  const { docker } = await engine;
  if (!(await isInSwarm(docker, `${environment.prefix}-traefik`))) {
    return [{ subject: CERTIFICATES, state: "ok", message: "are shown by nobody yet: Traefik is not deployed" }];
  }
  const shown = await Promise.all(routes.map((route) => certificateOf(environment, route, ask)));
  const findings = shown.flatMap(({ finding }) => finding ?? []);
  const days = shown.flatMap(({ days: left }) => left ?? []);
  return findings.length > 0
    ? findings
    : [
        {
          subject: CERTIFICATES,
          state: "ok",
          message: `${routes.length} hosts show theirs; the first ends in ${Math.min(...days)} days`,
        },
      ];
}

/** What is to be said of a host's certificate, or how many days it is good for. */
interface Shown {
  readonly finding?: Finding;
  readonly days?: number;
}

async function certificateOf(
  environment: Environment,
  { host, probe: { path } }: DeclaredRoute,
  ask: typeof askHost,
): Promise<Shown> {
  const remedy = renewal(environment);
  try {
    const { certificate } = await ask(environment, { host, path, port: publicPort(environment), encrypted: true });
    if (certificate === undefined) {
      return { finding: { subject: host, state: "warning", message: "shows no certificate", remedy } };
    }
    const problems = certificateProblems(certificate);
    return problems.length === 0
      ? { days: daysLeft(certificate) }
      : { finding: { subject: host, state: "warning", message: problems.join("; "), remedy } };
  } catch (error) {
    const message = reasonOf(error);
    return {
      finding: isAboutCertificate(error)
        ? { subject: host, state: "warning", message: `its certificate is refused: ${message}`, remedy }
        : { subject: host, state: "unknown", message: `could not ask: ${message}` },
    };
  }
}

/** Where browsers know the authority, what they refuse is refused here too, such as a certificate that ended. */
function isAboutCertificate(error: unknown): boolean {
  return /CERT|SIGNED|TLS|UNABLE_TO/.test((error as NodeJS.ErrnoException).code ?? "");
}

function renewal({ name, certificates }: Environment): string {
  return certificates.kind === "acme"
    ? `Traefik renews it: see why it did not in npm run ops -- logs ${name} traefik`
    : `the next deploy of layer-1 renews it: npm run ops -- up ${name}`;
}

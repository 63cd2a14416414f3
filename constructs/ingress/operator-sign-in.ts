import { Password } from "@cdktf/provider-random/lib/password";
import { Construct } from "constructs";
import { isEncrypted, parentDomain, publicUrl } from "../../config/hosts";
import type { Environment } from "../../config/schema";
import { OperatorSecrets } from "../secrets/operator-secrets";
import { Duration } from "../swarm/duration";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import type { NetworkReference } from "../swarm/network-reference";
import { SwarmSecret } from "../swarm/swarm-secret";
import { SwarmService } from "../swarm/swarm-service";
import { LayerStack } from "../terraform/layer-stack";
import { HttpRoute } from "./http-route";

const LABEL = "auth";
const PORT = 4180;
const CLIENT_SECRET_PATH = "/run/secrets/client-secret";
const COOKIE_SECRET_PATH = "/run/secrets/cookie-secret";
/** oauth2-proxy takes 16, 24 or 32 bytes. */
const COOKIE_SECRET_LENGTH = 32;

export interface OperatorSignInProps {
  /** The network by which Traefik asks, and by which browsers come to sign in. */
  readonly network: NetworkReference;
  /** Whom to let in. */
  readonly github: Extract<Environment["signIn"], { kind: "github" }>;
}

/**
 * Lets members of a GitHub team in to what is for operators: one host to sign in at, and a cookie
 * for the whole domain.
 */
export class OperatorSignIn extends Construct {
  /** Where Traefik asks about each request. */
  readonly address: string;

  constructor(scope: Construct, id: string, { network, github }: OperatorSignInProps) {
    super(scope, id);
    const { environment, images } = LayerStack.of(this);
    const service = new SwarmService(this, "Resource", {
      image: images.oauth2Proxy,
      networks: [network],
      args: this.arguments(environment, github),
      files: [this.clientSecret().at(CLIENT_SECRET_PATH), this.cookieSecret().at(COOKIE_SECRET_PATH)],
      healthCheck: healthCheckOf(images.oauth2Proxy, Duration.seconds(10)),
      limits: { cpus: 0.25, memory: Memory.mebibytes(64) },
    });
    new HttpRoute(this, "route", {
      service,
      label: LABEL,
      port: PORT,
      audience: "public",
      probe: { path: "/ping", status: 200 },
    });
    this.address = `http://${service.address(PORT)}/`;
  }

  private arguments(environment: Environment, { organization, team }: OperatorSignInProps["github"]): string[] {
    const domain = parentDomain(environment);
    const options: Readonly<Record<string, string | number | boolean>> = {
      "http-address": `0.0.0.0:${PORT}`,
      provider: "github",
      "github-org": organization,
      "github-team": team,
      scope: "user:email read:org",
      // The team decides, not the address.
      "email-domain": "*",
      "client-id": OperatorSecrets.of(this).take("github/oauth-client-id"),
      "client-secret-file": CLIENT_SECRET_PATH,
      "cookie-secret-file": COOKIE_SECRET_PATH,
      "cookie-name": `${environment.prefix}-operators`,
      "cookie-domain": `.${domain}`,
      "cookie-samesite": "lax",
      // GitHub is asked again after that, and who left the team is out.
      "cookie-expire": "12h",
      "cookie-secure": isEncrypted(environment),
      "whitelist-domain": `.${domain}:*`,
      "redirect-url": `${publicUrl(environment, LABEL)}/oauth2/callback`,
      "reverse-proxy": true,
      "set-xauthrequest": true,
      "skip-provider-button": true,
      // Traefik forwards questions, not requests: 202 is "let it pass".
      upstream: "static://202",
    };
    return Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  }

  private clientSecret(): SwarmSecret {
    const value = OperatorSecrets.of(this).take("github/oauth-client-secret");
    return new SwarmSecret(this, "client-secret", { value });
  }

  private cookieSecret(): SwarmSecret {
    const password = new Password(this, "cookie-secret-value", { length: COOKIE_SECRET_LENGTH, special: false });
    return new SwarmSecret(this, "cookie-secret", { value: password.result });
  }
}

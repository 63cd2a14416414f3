import type { Environment } from "../../../config/schema";
import { OperatorSignIn } from "../../../constructs/ingress/operator-sign-in";
import { labelsOf, networksOf, providedStack, serviceOf } from "../../support/services";
import { environmentLike, environmentNamed, interpolated, synthesise } from "../../support/testing";

const github = { kind: "github", organization: "SprocketBot", team: "infrastructure" } as const;

function signIn(environment: Environment) {
  const stack = providedStack({ environment });
  const { address } = new OperatorSignIn(stack, "sign-in", { network: networksOf(stack).ingressOperators, github });
  const json = synthesise(stack);
  return { address, json, service: serviceOf(json, "sign_in") };
}

/** The value of each option, by its name. */
function optionsOf(service: any): Record<string, string> {
  const args: string[] = service.task_spec.container_spec.args;
  return Object.fromEntries(args.map((arg) => arg.match(/^--([^=]+)=(.*)$/)?.slice(1) ?? [arg, "not an option"]));
}

describe.each([
  {
    where: "in the cloud",
    environment: environmentNamed("production"),
    domain: "sprocket.example.org",
    callback: "https://auth.sprocket.example.org/oauth2/callback",
    secure: "true",
  },
  {
    where: "on a LAN",
    environment: environmentNamed("lan"),
    domain: "192-168-1-20.sslip.io",
    callback: "https://auth.192-168-1-20.sslip.io/oauth2/callback",
    secure: "true",
  },
  {
    where: "on a LAN without TLS, at another port",
    environment: environmentLike("lan", {
      certificates: { kind: "none" },
      ports: { http: 8080, https: 8443, vault: 8200 },
    }),
    domain: "192-168-1-20.sslip.io",
    callback: "http://auth.192-168-1-20.sslip.io:8080/oauth2/callback",
    secure: "false",
  },
])("$where", ({ environment, domain, callback, secure }) => {
  test("lets members of the team in, with a cookie for the whole domain", () => {
    expect(optionsOf(signIn(environment).service)).toEqual({
      "http-address": "0.0.0.0:4180",
      provider: "github",
      "github-org": "SprocketBot",
      "github-team": "infrastructure",
      scope: "user:email read:org",
      "email-domain": "*",
      "client-id": expect.any(String),
      "client-secret-file": "/run/secrets/client-secret",
      "cookie-secret-file": "/run/secrets/cookie-secret",
      "cookie-name": `${environment.prefix}-operators`,
      "cookie-domain": `.${domain}`,
      "cookie-samesite": "lax",
      "cookie-expire": "12h",
      "cookie-secure": secure,
      "whitelist-domain": `.${domain}:*`,
      "redirect-url": callback,
      "reverse-proxy": "true",
      "set-xauthrequest": "true",
      "skip-provider-button": "true",
      upstream: "static://202",
    });
  });

  test("answers at one public host, and tells operators where GitHub must send them back to", () => {
    const { address, json, service } = signIn(environment);
    expect(address).toBe(`http://${environment.prefix}-sign-in:4180/`);
    expect(labelsOf(service)).toMatchObject({
      "traefik.swarm.network": `${environment.prefix}-ingress-operators`,
      [`traefik.http.routers.${environment.prefix}-auth.rule`]: `Host(\`auth.${domain}\`)`,
      [`traefik.http.services.${environment.prefix}-auth.loadbalancer.server.port`]: "4180",
    });
    expect(json.variable?.github_oauth_client_id.description).toContain(`callback ${callback}. `);
  });
});

describe("its secrets", () => {
  const { json, service } = signIn(environmentNamed("production"));
  const { args, env, secrets } = service.task_spec.container_spec;

  test("are files of the image's user alone", () => {
    const ofUser = { file_uid: "65532", file_gid: "65532", file_mode: 0o400 };
    expect(secrets).toEqual([
      {
        file_name: "/run/secrets/client-secret",
        secret_id: interpolated("docker_secret.sign_in_client_secret.id"),
        secret_name: interpolated("docker_secret.sign_in_client_secret.name"),
        ...ofUser,
      },
      {
        file_name: "/run/secrets/cookie-secret",
        secret_id: interpolated("docker_secret.sign_in_cookie_secret.id"),
        secret_name: interpolated("docker_secret.sign_in_cookie_secret.name"),
        ...ofUser,
      },
    ]);
    expect(json.resource?.docker_secret).toMatchObject({
      sign_in_client_secret: { data: interpolated("base64encode(var.github_oauth_client_secret)") },
      sign_in_cookie_secret: { data: interpolated("base64encode(random_password.sign_in_cookie_secret_value.result)") },
    });
  });

  test("are neither in its arguments nor in its environment", () => {
    expect(JSON.stringify([args, env])).not.toMatch(/github_oauth_client_secret|random_password/);
  });

  test("are of a length that oauth2-proxy takes", () => {
    expect(json.resource?.random_password?.sign_in_cookie_secret_value).toEqual({ length: 32, special: false });
  });
});

test("fails on a network that browsers do not come by", () => {
  const stack = providedStack({ environment: environmentNamed("lan") });
  expect(() => new OperatorSignIn(stack, "sign-in", { network: networksOf(stack).vault, github })).toThrow(
    "lan-layer-1/sign-in/route: 1 fault\n  - service: lan-layer-1/sign-in/Resource is not on sprocket-lan-ingress-public",
  );
});

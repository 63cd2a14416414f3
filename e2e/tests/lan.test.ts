import { hostName, publicUrl } from "../../config/hosts";
import { lanEnvironment } from "../environment";
import { outsideAddress } from "../support/addresses";
import { describeWith } from "../support/describe-with";
import { type Answer, type AskOptions, ask, askHost } from "../support/http";
import { measured } from "../support/report";
import { execIn } from "../support/swarm";
import { Terraform } from "../support/terraform";

const CLIENT_ID = "TheClientId012345678";
const { ports } = lanEnvironment;

const layer1 = new Terraform("e2e-lan-layer-1", {
  TF_VAR_github_oauth_client_id: CLIENT_ID,
  TF_VAR_github_oauth_client_secret: "0123456789abcdef".repeat(3).slice(0, 40),
});

let ca: string;

function askEncrypted(label: string, options: AskOptions = {}): Promise<Answer> {
  return askHost(label, { port: ports.https, ca, ...options }, lanEnvironment);
}

describeWith("oauth2Proxy")("one box on a LAN", () => {
  beforeAll(async () => {
    await layer1.init();
    const { seconds } = await layer1.mustApply();
    measured("apply of Layer 1 of one box on a LAN", `${seconds.toFixed(1)} s`);
    ca = await layer1.output("authority_certificate");
  });

  afterAll(async () => {
    await layer1.destroy();
  });

  test("has nothing to change in a second plan", async () => {
    expect((await layer1.plan()).exitCode).toBe(0);
  });

  test("sends browsers on from HTTP to HTTPS, from wherever they come", async () => {
    const { status, headers } = await askHost(
      "traefik",
      { port: ports.http, address: await outsideAddress() },
      lanEnvironment,
    );

    expect(status).toBe(301);
    expect(headers.location).toBe(`${publicUrl(lanEnvironment, "traefik")}/`);
  });

  test("proves who it is by a certificate of its own authority", async () => {
    expect((await askEncrypted("auth", { path: "/ping" })).status).toBe(200);
  });

  test("sends operators to GitHub, whatever they claim to be", async () => {
    const { status, headers } = await askEncrypted("traefik", {
      path: "/api/overview",
      headers: {
        host: hostName(lanEnvironment, "traefik"),
        "x-auth-request-user": "somebody",
        "x-forwarded-user": "somebody",
        "x-forwarded-uri": "/ping",
      },
    });

    expect(status).toBe(302);
    const location = new URL(String(headers.location));
    expect(`${location.origin}${location.pathname}`).toBe("https://github.com/login/oauth/authorize");
    expect(location.searchParams.get("client_id")).toBe(CLIENT_ID);
    expect(location.searchParams.get("redirect_uri")).toBe(`${publicUrl(lanEnvironment, "auth")}/oauth2/callback`);
    expect(String(headers["set-cookie"])).toContain(`Domain=${hostName(lanEnvironment, "@")};`);
  });

  test("answers containers by plain HTTP without sending them on", async () => {
    const url = `http://${hostName(lanEnvironment, "auth")}:${ports.http}/ping`;
    const printed = await execIn("traefik", ["sh", "-c", `wget -q -O - ${url} || curl -sS ${url}`], lanEnvironment);

    expect(printed).toContain("OK");
  });

  test("lets only tools on the box itself reach Vault", async () => {
    const path = "/v1/sys/health";

    expect((await ask({ path, port: ports.vault })).status).toBe(200);
    expect((await ask({ path, port: ports.vault, address: await outsideAddress() })).status).toBe(403);
  });
});

// Stands in for GitHub's API and for the issuer of CI's tokens.
const { createServer } = require("node:http");
const { createSign, generateKeyPairSync } = require("node:crypto");

const { PORT, ISSUER, ORGANIZATION, ORGANIZATION_ID } = process.env;
const organization = { login: ORGANIZATION, id: Number(ORGANIZATION_ID) };
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = { ...publicKey.export({ format: "jwk" }), kid: "only", use: "sig", alg: "RS256" };

function signed(claims) {
  const [head, body] = [{ alg: "RS256", typ: "JWT", kid: key.kid }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  const signature = createSign("RSA-SHA256").update(`${head}.${body}`).sign(privateKey, "base64url");
  return `${head}.${body}.${signature}`;
}

// A token of the form `team@organisation` is one of a member of that team.
function github(path, token) {
  const [team = "", login = ""] = token.split("@");
  const where = login === ORGANIZATION ? organization : { login, id: organization.id + 1 };
  switch (path) {
    case "/user":
      return { login: `somebody-of-${team}`, id: 7 };
    case "/user/orgs":
      return [where];
    case "/user/teams":
      return [{ id: 1, name: team, slug: team, organization: where }];
  }
}

createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://here");
  let body = "";
  for await (const chunk of request) {
    body += chunk;
  }
  const answer =
    pathname === "/.well-known/openid-configuration"
      ? { issuer: ISSUER, jwks_uri: `${ISSUER}/jwks`, id_token_signing_alg_values_supported: ["RS256"] }
      : pathname === "/jwks"
        ? { keys: [key] }
        : pathname === "/sign"
          ? { token: signed({ iss: ISSUER, ...JSON.parse(body) }) }
          : github(pathname, (request.headers.authorization ?? "").replace(/^\S+ /, ""));
  response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(answer ?? {}));
}).listen(Number(PORT));

// The first process of a container has to hear this itself, or a destroy fails: Terraform waits for the container's end
// no longer than it has to end.
process.on("SIGTERM", () => process.exit());

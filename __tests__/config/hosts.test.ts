import fc from "fast-check";
import { APEX, hostName, isEncrypted, parentDomain, publicAuthority, publicPort, publicUrl } from "../../config/hosts";
import type { Environment } from "../../config/schema";
import { environmentLike } from "../support/testing";

const at = (hosts: Environment["hosts"]) => environmentLike(hosts.kind === "localhost" ? "local" : "lan", { hosts });

const localhost = at({ kind: "localhost" });
const domain = at({ kind: "domain", domain: "sprocket.example.org" });
const address = at({ kind: "address", address: "192.168.1.20" });

test.each([
  [localhost, "localhost", "api.localhost"],
  [domain, "sprocket.example.org", "api.sprocket.example.org"],
  [address, "192-168-1-20.sslip.io", "api.192-168-1-20.sslip.io"],
])("hosts $hosts are below %s", (environment, apex, host) => {
  expect(parentDomain(environment)).toBe(apex);
  expect(hostName(environment, APEX)).toBe(apex);
  expect(hostName(environment, "api")).toBe(host);
});

test.each([
  ["none", { http: 80, https: 443, vault: 8200 }, "http", "api.sprocket.example.org", 80],
  ["none", { http: 8080, https: 80, vault: 8200 }, "http", "api.sprocket.example.org:8080", 8080],
  ["none", { http: 443, https: 8443, vault: 8200 }, "http", "api.sprocket.example.org:443", 443],
  ["private", { http: 80, https: 443, vault: 8200 }, "https", "api.sprocket.example.org", 443],
  ["private", { http: 443, https: 80, vault: 8200 }, "https", "api.sprocket.example.org:80", 80],
] as const)("with certificates %s and ports %j the API is at %s://%s", (kind, ports, scheme, authority, port) => {
  const environment = environmentLike("lan", { ...domain, certificates: { kind }, ports });

  expect(publicUrl(environment, "api")).toBe(`${scheme}://${authority}`);
  expect(publicAuthority(environment, "api")).toBe(authority);
  expect(publicPort(environment)).toBe(port);
  expect(isEncrypted(environment)).toBe(scheme === "https");
});

test("a public certificate encrypts as well, and the apex has a URL", () => {
  expect(publicUrl(environmentLike("production", {}), APEX)).toBe("https://sprocket.example.org");
});

describe("for any label", () => {
  const letter = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz");
  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/).filter((text) => text.length <= 63);
  const anyHosts = fc.oneof(
    fc.constant({ kind: "localhost" } as const),
    fc.ipV4().map((ip) => ({ kind: "address", address: ip }) as const),
    fc
      .tuple(fc.array(label, { minLength: 1, maxLength: 3 }), fc.array(letter, { minLength: 2, maxLength: 12 }))
      .map(([labels, top]) => [...labels, top.join("")].join("."))
      // A host name has 253 characters at most, of which the longest label takes 64.
      .filter((name) => name.length <= 253 - 64)
      .map((name) => ({ kind: "domain", domain: name }) as const),
  );

  test("the host is a valid one (RFC 1123), and its URL leads to it", () => {
    fc.assert(
      fc.property(label, anyHosts, (name, hosts) => {
        const environment = at(hosts);
        const host = hostName(environment, name);

        expect(host.length).toBeLessThanOrEqual(253);
        for (const part of host.split(".")) {
          expect(part).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
        }
        expect(host).toBe(`${name}.${parentDomain(environment)}`);
        expect(new URL(publicUrl(environment, name)).hostname).toBe(host);
      }),
    );
  });
});

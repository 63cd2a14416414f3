import { TerraformOutput } from "cdktf";
import { PrivateCertificate } from "../../../constructs/ingress/private-certificate";
import { providedStack } from "../../support/services";
import { environmentLike, environmentNamed, interpolated, synthesise, testStack } from "../../support/testing";

const DAY = 24;

function privateCertificate(environment = environmentNamed("lan")) {
  const stack = providedStack({ environment });
  const { authorityCertificate } = new PrivateCertificate(stack, "own");
  new TerraformOutput(stack, "authority", { value: authorityCertificate, staticId: true });
  return synthesise(stack);
}

test.each([
  { hosts: { kind: "address", address: "10.0.0.7" }, domain: "10-0-0-7.sslip.io" },
  { hosts: { kind: "domain", domain: "lan.example.org" }, domain: "lan.example.org" },
] as const)("is for $domain and every host below it", ({ hosts, domain }) => {
  const json = privateCertificate(environmentLike("lan", { hosts }));
  expect(json.resource?.tls_cert_request?.own_request).toMatchObject({
    subject: [{ common_name: domain }],
    dns_names: [domain, `*.${domain}`],
  });
});

test("is signed by an authority that can sign nothing but certificates", () => {
  const json = privateCertificate();
  expect(json.output?.authority.value).toBe(interpolated("tls_self_signed_cert.own_authority.cert_pem"));
  expect(json.resource?.tls_self_signed_cert?.own_authority).toMatchObject({
    is_ca_certificate: true,
    allowed_uses: ["cert_signing", "crl_signing"],
    subject: [{ common_name: "sprocket-lan certificate authority" }],
  });
  expect(json.resource?.tls_locally_signed_cert?.own_certificate).toMatchObject({
    ca_private_key_pem: interpolated("tls_private_key.own_authority_key.private_key_pem"),
    ca_cert_pem: interpolated("tls_self_signed_cert.own_authority.cert_pem"),
    cert_request_pem: interpolated("tls_cert_request.own_request.cert_request_pem"),
    allowed_uses: ["digital_signature", "server_auth"],
  });
});

test("is renewed well before it expires, and lives no longer than Apple's systems accept", () => {
  const { tls_locally_signed_cert, tls_self_signed_cert } = privateCertificate().resource ?? {};
  const certificate = tls_locally_signed_cert?.own_certificate;
  const authority = tls_self_signed_cert?.own_authority;
  expect(certificate.validity_period_hours).toBeLessThanOrEqual(825 * DAY);
  expect(certificate.validity_period_hours).toBeGreaterThan(certificate.early_renewal_hours);
  expect(authority.validity_period_hours).toBeGreaterThan(certificate.validity_period_hours);
  expect([certificate, authority].map((each) => each.early_renewal_hours)).toEqual([90 * DAY, 90 * DAY]);
});

test("hands on certificate and key as secrets, and the authority's key to nobody", () => {
  const json = privateCertificate();
  expect(json.resource?.docker_secret).toMatchObject({
    own_certificate_file: { data: interpolated("base64encode(tls_locally_signed_cert.own_certificate.cert_pem)") },
    own_key_file: { data: interpolated("base64encode(tls_private_key.own_key.private_key_pem)") },
  });
  expect(JSON.stringify(json.resource?.docker_secret)).not.toContain("authority_key");
});

test("fails in a stack that has no provider for certificates", () => {
  const stack = testStack({ environment: environmentNamed("lan") });
  new PrivateCertificate(stack, "own");
  expect(() => synthesise(stack)).toThrow(/without a matching provider construct.*: tls/);
});

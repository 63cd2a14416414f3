import { CertRequest } from "@cdktf/provider-tls/lib/cert-request";
import { LocallySignedCert } from "@cdktf/provider-tls/lib/locally-signed-cert";
import { PrivateKey } from "@cdktf/provider-tls/lib/private-key";
import { SelfSignedCert } from "@cdktf/provider-tls/lib/self-signed-cert";
import { Construct } from "constructs";
import { parentDomain } from "../../config/hosts";
import { SwarmSecret } from "../swarm/swarm-secret";
import { LayerStack } from "../terraform/layer-stack";

const HOURS_PER_DAY = 24;
const AUTHORITY_VALIDITY_HOURS = 10 * 365 * HOURS_PER_DAY;
/** Apple's systems refuse certificates of more than 825 days, private ones too. */
const CERTIFICATE_VALIDITY_HOURS = 820 * HOURS_PER_DAY;
const RENEWAL_HOURS = 90 * HOURS_PER_DAY;

/**
 * A wildcard certificate of an authority of our own, for where no public one can issue any.
 *
 * People install the authority's certificate once on each device. A plan within 90 days of an
 * expiry renews.
 */
export class PrivateCertificate extends Construct {
  /** The authority's certificate in PEM, for people's devices. */
  readonly authorityCertificate: string;
  /** The certificate in PEM. */
  readonly certificate: SwarmSecret;
  /** Its key in PEM. */
  readonly key: SwarmSecret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { environment } = LayerStack.of(this);
    const domain = parentDomain(environment);
    const authorityKey = new PrivateKey(this, "authority-key", { algorithm: "ECDSA", ecdsaCurve: "P256" });
    const authority = new SelfSignedCert(this, "authority", {
      privateKeyPem: authorityKey.privateKeyPem,
      subject: [{ commonName: `${environment.prefix} certificate authority` }],
      isCaCertificate: true,
      allowedUses: ["cert_signing", "crl_signing"],
      validityPeriodHours: AUTHORITY_VALIDITY_HOURS,
      earlyRenewalHours: RENEWAL_HOURS,
    });
    const key = new PrivateKey(this, "key", { algorithm: "ECDSA", ecdsaCurve: "P256" });
    const request = new CertRequest(this, "request", {
      privateKeyPem: key.privateKeyPem,
      subject: [{ commonName: domain }],
      dnsNames: [domain, `*.${domain}`],
    });
    const certificate = new LocallySignedCert(this, "certificate", {
      certRequestPem: request.certRequestPem,
      caPrivateKeyPem: authorityKey.privateKeyPem,
      caCertPem: authority.certPem,
      allowedUses: ["digital_signature", "server_auth"],
      validityPeriodHours: CERTIFICATE_VALIDITY_HOURS,
      earlyRenewalHours: RENEWAL_HOURS,
    });
    this.authorityCertificate = authority.certPem;
    this.certificate = new SwarmSecret(this, "certificate-file", { value: certificate.certPem });
    this.key = new SwarmSecret(this, "key-file", { value: key.privateKeyPem });
  }
}

import type { Construct } from "constructs";
import { OperatorSecrets } from "../secrets/operator-secrets";
import type { FileMount } from "../swarm/file-mount";
import { SwarmSecret } from "../swarm/swarm-secret";
import type { VolumeMount } from "../swarm/swarm-service-props";
import { LayerStack } from "../terraform/layer-stack";
import { PrivateCertificate } from "./private-certificate";
import { CERTIFICATE_STORE_FOLDER } from "./traefik-configuration";

const DNS_TOKEN_PATH = "/run/secrets/dns-token";
const CERTIFICATE_PATH = "/run/secrets/tls.crt";
const KEY_PATH = "/run/secrets/tls.key";

/** What Traefik needs to prove who it is. */
export interface CertificateMaterial {
  readonly files: readonly FileMount[];
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly VolumeMount[];
  /** The `tls` section of its dynamic configuration. */
  readonly tls?: object;
  /** The certificate of a private authority, in PEM. */
  readonly authorityCertificate?: string;
}

/**
 * Makes what an environment's kind of certificates needs, below Traefik.
 */
export function certificateMaterial(traefik: Construct): CertificateMaterial {
  const { environment } = LayerStack.of(traefik);
  switch (environment.certificates.kind) {
    case "none":
      return { files: [], environment: {}, volumes: [] };
    case "acme": {
      const value = OperatorSecrets.of(traefik).take("digitalocean/dns-token");
      return {
        files: [new SwarmSecret(traefik, "dns-token", { value }).at(DNS_TOKEN_PATH)],
        environment: { DO_AUTH_TOKEN_FILE: DNS_TOKEN_PATH },
        volumes: [{ name: "certificates", path: CERTIFICATE_STORE_FOLDER }],
      };
    }
    case "private": {
      const { certificate, key, authorityCertificate } = new PrivateCertificate(traefik, "tls");
      return {
        files: [certificate.at(CERTIFICATE_PATH), key.at(KEY_PATH)],
        environment: {},
        volumes: [],
        tls: { stores: { default: { defaultCertificate: { certFile: CERTIFICATE_PATH, keyFile: KEY_PATH } } } },
        authorityCertificate,
      };
    }
  }
}

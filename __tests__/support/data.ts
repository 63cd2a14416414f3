import { type StoredSecrets, storedSecrets } from "../../constructs/secrets/stored-secrets";
import { useDocker } from "../../constructs/terraform/providers";
import { networksOf, rendered, serviceOf } from "./services";
import type { TerraformJson, TestStackOptions } from "./testing";
import { vaultStack } from "./vault";

/** An empty stack for data services, with what they are given: networks, and the secrets that Vault keeps. */
export function dataStack(options: TestStackOptions = {}) {
  const stack = vaultStack({ layer: "layer-2", ...options });
  useDocker(stack);
  const secrets: StoredSecrets = storedSecrets(stack, "kept");
  return { stack, networks: networksOf(stack), secrets };
}

/** How the value of a secret that Vault keeps is written in an expression of Terraform's. */
export function storedValue(path: string): string {
  return `data.vault_kv_secret_v2.stored_${path.replaceAll(/[/-]/g, "_")}.data["value"]`;
}

/** The texts of the configs that a service mounts, by their paths in the container. */
export function configsOf(json: TerraformJson, id: string): Readonly<Record<string, string>> {
  const { configs } = serviceOf(json, id).task_spec.container_spec;
  return Object.fromEntries(
    configs.map((config: any) => [config.file_name, json.locals?.[referredTo(config.config_id)] ?? ""]),
  );
}

/** The same as the container sees them, with a stand-in for each reference. */
export function filesInContainer(json: TerraformJson, id: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(configsOf(json, id)).map(([path, text]) => [path, rendered(text)]));
}

/** The expressions that make the secrets that a service mounts, by their paths in the container. */
export function secretsOf(json: TerraformJson, id: string): Readonly<Record<string, string>> {
  const { secrets } = serviceOf(json, id).task_spec.container_spec;
  return Object.fromEntries(
    secrets.map((secret: any) => {
      const { data } = json.resource?.docker_secret?.[referredTo(secret.secret_id)] ?? {};
      return [secret.file_name, /^\$\{base64encode\((.*)\)\}$/s.exec(data)?.[1] ?? ""];
    }),
  );
}

/** A document that Terraform would encode as JSON, with its references as texts. */
export function documentIn(expression: string): any {
  const [, document = ""] = /^jsonencode\((.*)\)$/s.exec(expression) ?? [];
  return JSON.parse(
    document
      .replaceAll(/(?<=[[{( ])[a-z]\w*(?:\.\w+)+(?:\["\w+"\])?/g, (reference) => JSON.stringify(reference))
      .replaceAll('" = ', '": '),
  );
}

/** The settings of a file of lines, by their names. */
export function settingsIn(text: string, separator: string): Readonly<Record<string, string>> {
  const lines = text.split("\n").filter((line) => line !== "");
  return Object.fromEntries(
    lines.map((line) => [line.split(separator, 1)[0], line.split(separator).slice(1).join(separator)]),
  );
}

function referredTo(id: string): string {
  return id.split(".")[1] ?? "";
}

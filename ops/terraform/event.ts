/** A problem that Terraform tells of. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** The resource that it is about, where it is about one. */
  readonly address?: string;
}

/** What Terraform does with a resource: `create`, `update`, `delete`, `replace`, `read`, … */
export type Action = string;

/**
 * One line of what Terraform prints with `-json`, as far as it is read here.
 *
 * @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
export interface TerraformEvent {
  readonly type: string;
  /** A resource's part in an apply. */
  readonly hook?: { readonly resource: { readonly addr: string }; readonly action: Action };
  /** A resource's part in a plan. */
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: Action };
  readonly diagnostic?: Diagnostic;
}

/** Reads a line; what is not Terraform's own, such as a provider's cry, is undefined. */
export function eventOf(line: string): TerraformEvent | undefined {
  try {
    const event: unknown = JSON.parse(line);
    return typeof (event as TerraformEvent | null)?.type === "string" ? (event as TerraformEvent) : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the problem that a line tells of. Terraform leaves out what it has nothing to say of. */
export function diagnosticOf({ diagnostic }: TerraformEvent): Diagnostic | undefined {
  return diagnostic && { ...diagnostic, detail: diagnostic.detail ?? "" };
}

/** A place in a resource: the names of attributes, and numbers in lists. */
export type AttributePath = readonly (string | number)[];

/** What Terraform would do to a resource. */
export interface DescribedChange {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  /** Why it does what it does, where that is not obvious. */
  readonly action_reason?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    /** True where a value is known only when it is made; of the shape of what it is about. */
    readonly after_unknown: unknown;
    /** True where a value is a secret; of the shape of what it is about. */
    readonly before_sensitive: unknown;
    readonly after_sensitive: unknown;
    /** What can only be had by destroying and making anew. */
    readonly replace_paths?: readonly AttributePath[];
    /** Present where something that exists is taken over. */
    readonly importing?: { readonly id: string };
  };
}

/**
 * A plan as `terraform show -json` describes it, as far as it is read here.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export interface DescribedPlan {
  /** Left out where nothing is planned. */
  readonly resource_changes?: readonly DescribedChange[];
}

/** A shell command that prints a line as Terraform does with `-json`. */
export function says(event: object): string {
  // Unlike echo it leaves the escapes of JSON alone in every shell.
  return `printf '%s\\n' '${JSON.stringify(event)}'`;
}

/** A shell command that prints a problem, as Terraform does with `-json`. */
export function complains(severity: "error" | "warning", summary: string, more: object = {}): string {
  return says({ type: "diagnostic", diagnostic: { severity, summary, ...more } });
}

/** A shell command that prints what a plan would do to a resource. */
export function plans(addr: string, action: string): string {
  return says({ type: "planned_change", change: { resource: { addr }, action } });
}

/** A shell command that prints that an apply begins to make a resource. */
export function makes(addr: string): string {
  return says({ type: "apply_start", hook: { resource: { addr }, action: "create" } });
}

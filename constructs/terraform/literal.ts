/**
 * Text that Terraform must take as it stands, tokens apart.
 *
 * Terraform reads `${` and `%{` in any string as the beginning of a template. What a person wrote
 * for a shell or another program is escaped; cdktf's own tokens go on to be resolved.
 */
export function literal(text: string): string {
  return (
    text
      .replace(/\$\{(?!TfToken\[)/g, "$$$${")
      .replace(/%\{/g, "%%{")
      // A dollar sign right before a token would escape the token.
      .replace(/\$+(?=\$\{TfToken\[)/g, (dollars) => `\${"${dollars}"}`)
  );
}

import { featuresOff } from "../../../constructs/secrets/features-off";
import { environmentNamed, interpolated, resolved } from "../../support/testing";
import { vaultStack } from "../../support/vault";

describe("the features that are off", () => {
  const featuresOffOn = (name: string) => {
    const stack = vaultStack({ environment: environmentNamed(name) });
    return resolved(stack, featuresOff(stack));
  };

  test("are on a laptop those whose secrets are missing, each once", () => {
    const expression: string = featuresOffOn("local");
    const alternative = (name: string, feature: string) =>
      `nonsensitive((length(var.${name}) < 1)) ? "${feature}" : ""`;

    expect(expression).toMatch(/^\$\{distinct\(compact\(\[.*\]\)\)\}$/);
    expect(expression).toContain(alternative("discord_bot_token", "the Discord bot"));
    expect(expression).toContain(alternative("discord_client_id", "sign-in with Discord"));
    expect(expression).toContain(alternative("discord_client_secret", "sign-in with Discord"));
  });

  test.each(["lan", "production"])("are none on %s, which has all of them", (name) => {
    expect(featuresOffOn(name)).toBe(interpolated("distinct(compact([]))"));
  });
});

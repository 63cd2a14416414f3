import { Construct } from "constructs";
import { SwarmSecret } from "../../../constructs/swarm/swarm-secret";
import { type RequiredVariableProps, requiredVariable } from "../../../constructs/terraform/required-variable";
import { providedStack } from "../../support/services";
import { interpolated, synthesise } from "../../support/testing";

const dnsToken = { name: "dns_token", purpose: "Proves that the domain is ours", source: "the registrar, API, Tokens" };

function synthesised(changes: Partial<RequiredVariableProps> = {}) {
  const stack = providedStack();
  const value = requiredVariable(new Construct(stack, "below"), { ...dnsToken, ...changes });
  new SwarmSecret(stack, "token", { value });
  return synthesise(stack);
}

test("is a sensitive variable that must be given, by its own name wherever it is used", () => {
  const { dns_token, ...others } = synthesised().variable ?? {};
  expect(others).toEqual({});
  expect(dns_token).toMatchObject({ type: "string", sensitive: true, nullable: false });
  expect(dns_token).not.toHaveProperty("default");
  expect(dns_token.description).toBe("Proves that the domain is ours. Where to get it: the registrar, API, Tokens.");
});

test("is shown in plans where it is no secret, and must be given all the same", () => {
  const { dns_token } = synthesised({ sensitive: false }).variable ?? {};
  expect(dns_token).toMatchObject({ sensitive: false, nullable: false });
  expect(dns_token).not.toHaveProperty("default");
});

test("says what is missing, what it is for and where to get it when it is empty or blank", () => {
  expect(synthesised().variable?.dns_token.validation).toEqual([
    {
      condition: interpolated("length(trimspace(var.dns_token)) > 0"),
      error_message:
        "TF_VAR_dns_token is empty. Proves that the domain is ours. Where to get it: the registrar, API, Tokens.",
    },
  ]);
});

test("gives a reference to the value", () => {
  expect(synthesised().resource?.docker_secret?.token.data).toBe(interpolated("base64encode(var.dns_token)"));
});

test("fails when it is declared twice in a layer", () => {
  const stack = providedStack();
  requiredVariable(stack, dnsToken);
  expect(() => requiredVariable(new Construct(stack, "below"), dnsToken)).toThrow(
    "There is already a Construct with name 'dns_token'",
  );
});

test("fails outside a layer's stack", () => {
  expect(() => requiredVariable(new Construct(undefined as never, ""), dnsToken)).toThrow(
    "it is in no LayerStack; make it below one",
  );
});

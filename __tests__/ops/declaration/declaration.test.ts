import { Declaration, providersOf } from "../../../ops/declaration/declaration";
import { environmentNamed } from "../../support/testing";

const declaration = Declaration.of(environmentNamed("local"));

test("a declared service says what its containers may use", () => {
  const traefik = declaration.services.find(({ name }) => name === "sprocket-local-traefik");

  expect(traefik?.limits).toEqual({ cpus: 2, memoryBytes: 512 * 1024 * 1024 });
});

test("the providers are those of all layers, of the versions that Terraform is told", () => {
  const providers = providersOf(declaration.layers);

  expect(Object.keys(providers).sort()).toEqual(["docker", "random", "vault"]);
  expect(providers.docker).toEqual({ source: "kreuzwerker/docker", version: "3.9.0" });
});

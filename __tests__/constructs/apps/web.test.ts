import { Web } from "../../../constructs/apps/web";
import { applicationStack } from "../../support/applications";
import { configsOf, documentIn } from "../../support/data";
import { serviceOf } from "../../support/services";
import { environmentLike, environmentNamed, synthesise } from "../../support/testing";

function web(environment = environmentNamed("local")) {
  const { stack, backing } = applicationStack({ environment });
  new Web(stack, "web", { backing });
  const json = synthesise(stack);
  const [configuration = ""] = Object.values(configsOf(json, "web"));
  return {
    configuration: documentIn(/^\$\{(.*)\}$/s.exec(configuration)?.[1] ?? ""),
    variables: serviceOf(json, "web").task_spec.container_spec.env,
  };
}

test.each([
  ["local", "http://localhost", "api.localhost", "local"],
  ["lan", "https://192-168-1-20.sslip.io", "api.192-168-1-20.sslip.io", "local"],
  ["staging", "https://sprocket-staging.example.org", "api.sprocket-staging.example.org", "staging"],
  ["production", "https://sprocket.example.org", "api.sprocket.example.org", "main"],
])("%s has its pages at %s and the API at %s, and calls itself %s", (name, origin, gqlUrl, stack) => {
  const { configuration, variables } = web(environmentNamed(name));

  expect(variables.ORIGIN).toBe(origin);
  expect(configuration).toEqual({
    client: { gqlUrl, secure: origin.startsWith("https"), chatwoot: { enabled: false } },
    stack,
  });
});

test("the support chat is there where the environment has one", () => {
  const chatwoot = { url: "https://chat.example.org/", websiteToken: "token" };

  expect(web(environmentLike("local", { applications: { chatwoot } })).configuration.client.chatwoot).toEqual({
    enabled: true,
    ...chatwoot,
  });
});

import { join } from "node:path";
import { LayerFailure } from "../../../ops/deployment/layer-failure";
import { TerraformFailure } from "../../../ops/terraform/failure";

const failure = new TerraformFailure("local-platform", [
  { severity: "error", summary: "Did not converge", detail: "", address: "docker_service.api" },
]);
const log = join(process.cwd(), "state/local-platform.apply.log");
const terraform = "local-platform failed. Terraform says:\n  docker_service.api: Did not converge";
const end = "\n\nAll that Terraform said: state/local-platform.apply.log";

test("says what Terraform and Swarm said, what the service wrote last, and where there is more", () => {
  const { message } = new LayerFailure(failure, log, [
    {
      service: "sprocket-local-api",
      errors: ["non-zero exit (1)", "non-zero exit (2)"],
      log: ["starts", "no database"],
    },
    { service: "sprocket-local-web", errors: [], check: "connection refused", log: [] },
  ]);

  expect(message).toBe(`${terraform}

sprocket-local-api:
  Swarm says: non-zero exit (1)
  Swarm says: non-zero exit (2)
  the last lines of its log:
  | starts
  | no database

sprocket-local-web:
  its health check says: connection refused${end}`);
});

test("where all services are well it says what Terraform said", () => {
  expect(new LayerFailure(failure, log, []).message).toBe(`${terraform}${end}`);
});

test("a service of which nothing was seen is not named", () => {
  const nothing = { service: "sprocket-local-web", errors: [], log: [] };

  expect(new LayerFailure(failure, log, [nothing]).message).toBe(`${terraform}${end}`);
});

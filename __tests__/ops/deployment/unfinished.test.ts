import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Declaration } from "../../../ops/declaration/declaration";
import type { WorkedLayer } from "../../../ops/deployment/environment-work";
import { unfinishedNames } from "../../../ops/deployment/unfinished";
import { environmentNamed } from "../../support/testing";

const folder = mkdtempSync(join(tmpdir(), "sprocket-test-"));
const log = join(folder, "apply.log");
const stack = Declaration.of(environmentNamed("local")).layers.at(-1);
const layer = { stack, workspace: { logOf: () => log } } as unknown as WorkedLayer;

const said = (type: string, addr: string, action = "create") =>
  JSON.stringify({ type, hook: { resource: { addr }, action } });

afterAll(() => rmSync(folder, { recursive: true }));

test("what was begun and not ended is known by how its name begins, as far as it is in the Swarm's layer", () => {
  writeFileSync(
    log,
    [
      said("apply_start", "docker_service.api"),
      said("apply_start", "docker_service.web"),
      "a provider's cry",
      said("apply_complete", "docker_service.api"),
      said("apply_start", "docker_service.notification"),
      said("apply_errored", "docker_service.notification"),
      said("apply_start", "docker_service.analytics", "update"),
      said("apply_start", "docker_secret.replay_parser_minio_secret"),
      said("apply_start", "docker_service.of_no_layer"),
    ].join("\n"),
  );

  expect([...unfinishedNames(layer)].sort()).toEqual([
    "sprocket-local-notification",
    "sprocket-local-replay-parser-minio-secret",
    "sprocket-local-web",
  ]);
});

test("where Terraform never began nothing is unfinished", () => {
  rmSync(log);

  expect(unfinishedNames(layer)).toEqual([]);
});

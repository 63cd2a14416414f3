import { tmpdir } from "node:os";
import { GIBIBYTE } from "../../../ops/diagnosis/bytes";
import { diskFinding, diskFindings } from "../../../ops/diagnosis/disk";

test.each([
  [5, "ok", "5.0 GiB are free at /data"],
  [4.9, "warning", "only 4.9 GiB are free at /data; RabbitMQ takes no messages below 1 GB"],
  [2, "warning", "only 2.0 GiB are free at /data; RabbitMQ takes no messages below 1 GB"],
  [1.9, "failed", "only 1.9 GiB are free at /data; RabbitMQ takes no messages below 1 GB"],
])("with %s GiB free it is %s", (amount, state, message) => {
  expect(diskFinding("/data", amount * GIBIBYTE)).toMatchObject({ subject: "disk", state, message });
});

test("a folder of this machine is asked for its space", async () => {
  const [finding] = await diskFindings({ dataFolder: tmpdir() }, true);

  expect(finding?.message).toMatch(/\d+\.\d GiB are free at /);
});

test.each([
  ["another machine", tmpdir(), false],
  ["a virtual machine", "/none/of/this/machine", true],
])("the space of %s is unknown", async (_, dataFolder, isHere) => {
  expect(await diskFindings({ dataFolder }, isHere)).toEqual([
    { subject: "disk", state: "unknown", message: "could not ask: Docker's data is not on this machine" },
  ]);
});

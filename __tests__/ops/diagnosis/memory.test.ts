import { GIBIBYTE } from "../../../ops/diagnosis/bytes";
import { memoryFinding } from "../../../ops/diagnosis/memory";

/** Together 4 GiB. */
const services = [
  { replicas: 3, limits: { cpus: 1, memoryBytes: GIBIBYTE } },
  { replicas: "global" as const, limits: { cpus: 1, memoryBytes: GIBIBYTE } },
];

test.each([
  [4, "ok"],
  [3.9, "warning"],
  [2, "warning"],
  [1.9, "failed"],
])("with %s GiB for limits of 4 GiB it is %s", (amount, state) => {
  expect(memoryFinding(services, { memoryBytes: amount * GIBIBYTE })).toEqual({
    subject: "memory",
    state,
    message: `the services may use 4.0 GiB together, and Docker has ${amount.toFixed(1)} GiB`,
    ...(state === "ok" ? {} : { remedy: "give Docker more memory, or deploy fewer layers" }),
  });
});

test("memory that Docker does not tell is unknown", () => {
  expect(memoryFinding(services, { memoryBytes: Number.NaN })).toMatchObject({ state: "unknown" });
});

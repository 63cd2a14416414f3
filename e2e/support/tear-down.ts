import { destroyEverything } from "./deployment";
import { namesOf, wipe } from "./swarm";

/** Destroys every layer, and then what `destroy` leaves on purpose: the volumes. */
export default async function tearDown(): Promise<void> {
  const outcomes = await destroyEverything();
  const left = [...(await namesOf("services")), ...(await namesOf("networks"))];
  await wipe();
  const failures = outcomes.filter(({ exitCode }) => exitCode !== 0);
  if (failures.length > 0 || left.length > 0) {
    const output = failures.map((failure) => failure.output).join("\n");
    throw new Error(`terraform destroy left ${left.join(", ") || "nothing"}:\n${output}`);
  }
}

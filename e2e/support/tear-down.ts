import { namesOf, wipe } from "./swarm";
import { Terraform } from "./terraform";

/** Destroys Layer 1, and then what `destroy` leaves on purpose: the volumes. */
export default async function tearDown(): Promise<void> {
  const { exitCode, output } = await new Terraform("e2e-layer-1").destroy();
  const left = [...(await namesOf("services")), ...(await namesOf("networks"))];
  await wipe();
  if (exitCode !== 0 || left.length > 0) {
    throw new Error(`terraform destroy ended with ${exitCode} and left ${left.join(", ") || "nothing"}:\n${output}`);
  }
}

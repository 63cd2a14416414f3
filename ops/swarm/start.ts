import type Docker from "dockerode";
import type { Environment } from "../../config/schema";
import { isOfThisMachine } from "../diagnosis/engine";
import type { SwarmInfo } from "./engine";

const LOOPBACK = "127.0.0.1";
const INACTIVE = "inactive";

/**
 * Makes this machine's Docker a Swarm of one node, if it has none yet and a person wants that. In the cloud, and on other
 * machines, nobody is asked: a Swarm there is more than one command's doing. Whether Docker answers at all is not said
 * here.
 *
 * @param agrees asks a person
 * @throws Error when Docker cannot make one
 */
export async function offerSwarm(
  docker: Docker,
  { platform }: Environment,
  agrees: (question: string) => Promise<boolean>,
): Promise<void> {
  if (platform === "cloud" || !isOfThisMachine(process.env.DOCKER_HOST)) {
    return;
  }
  const { Swarm }: SwarmInfo = await docker.info().catch(() => ({}));
  if (
    Swarm?.LocalNodeState === INACTIVE &&
    (await agrees("Docker has no Swarm yet. Make it one of this machine alone?"))
  ) {
    // Only this machine reaches it: no other can join.
    await docker.swarmInit({ ListenAddr: `${LOOPBACK}:2377`, AdvertiseAddr: LOOPBACK });
  }
}

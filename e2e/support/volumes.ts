import type { Environment } from "../../config/schema";
import { environment } from "../environment";
import { images } from "../images";
import { engine } from "./swarm";

const FOLDER = "/volume";

/**
 * Gives PostgreSQL's volume to its user, as the real image does; a stand-in's may leave it to root.
 */
export async function prepareVolumes({ prefix }: Pick<Environment, "prefix"> = environment): Promise<void> {
  const { reference, user } = images.postgres;
  const name = `${prefix}-postgres-data`;
  const container = await engine.createContainer({
    Image: reference,
    User: "0:0",
    Entrypoint: ["chown", `${user.uid}:${user.gid}`, FOLDER],
    HostConfig: { Binds: [`${name}:${FOLDER}`], AutoRemove: false },
  });
  await container.start();
  await container.wait();
  await container.remove({ v: true });
}

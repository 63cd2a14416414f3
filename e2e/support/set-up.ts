import { mkdirSync, rmSync } from "node:fs";
import { WATCHERS } from "../images";
import { deploy } from "./deployment";
import { isMissing } from "./describe-with";
import { measured } from "./report";
import { wipe } from "./swarm";
import { buildWatcher } from "./watcher";
import { WORK_FOLDER } from "./work-folder";

/** Starts from nothing, and deploys Layer 1 as a person would. */
export default async function setUp(): Promise<void> {
  await wipe();
  rmSync(WORK_FOLDER, { recursive: true, force: true });
  mkdirSync(WORK_FOLDER, { recursive: true });
  if (WATCHERS.some(isMissing)) {
    await buildWatcher();
  }
  const { seconds } = await deploy("e2e-layer-1");
  measured("cdktf deploy of Layer 1, from nothing", `${seconds.toFixed(1)} s`);
}

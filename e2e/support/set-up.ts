import { mkdirSync, rmSync } from "node:fs";
import { cdktf } from "./cdktf";
import { measured } from "./report";
import { wipe } from "./swarm";
import { WORK_FOLDER } from "./work-folder";

/** Starts from nothing, and deploys Layer 1 as a person would. */
export default async function setUp(): Promise<void> {
  await wipe();
  rmSync(WORK_FOLDER, { recursive: true, force: true });
  mkdirSync(WORK_FOLDER, { recursive: true });
  const { exitCode, output, seconds } = await cdktf("deploy", "e2e-layer-1", "--auto-approve");
  if (exitCode !== 0) {
    throw new Error(`cdktf deploy e2e-layer-1 ended with ${exitCode}:\n${output}`);
  }
  measured("cdktf deploy of Layer 1, from nothing", `${seconds.toFixed(1)} s`);
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildArgv, runCLI } from "jest";
import { images } from "./images";
import { missingExtraImages, obstacles, terraformAndProviderObstacles } from "./preflight";
import { MISSING_VARIABLE } from "./support/describe-with";
import { REPORT_FILE } from "./support/report";

const ONLY_ASK = "--can-providers-be-had";

/**
 * Runs the end-to-end tests, or says why they cannot run here. What it is given goes on to jest:
 * `npm run test:e2e -- lan` runs the tests of one file.
 *
 * With `--can-providers-be-had` it runs nothing and only answers, by its exit code and a line.
 */
async function main(): Promise<void> {
  const onlyAsk = process.argv.includes(ONLY_ASK);
  const reasons = onlyAsk ? await terraformAndProviderObstacles() : await obstacles();
  for (const reason of reasons) {
    console.log(`e2e skipped: ${reason}`);
  }
  if (onlyAsk) {
    process.exitCode = reasons.length > 0 ? 1 : 0;
    return;
  }
  if (reasons.length > 0) {
    return;
  }
  const missing = await missingExtraImages();
  for (const key of missing) {
    console.log(`e2e without the tests that need ${key}: ${images[key].reference} is not here and cannot be pulled`);
  }
  process.env[MISSING_VARIABLE] = missing.join(",");
  const config = join(__dirname, "jest.config.js");
  const argv = await buildArgv(["--runInBand", "--ci", ...process.argv.slice(2)]);
  const { results } = await runCLI(argv, [config]);
  if (existsSync(REPORT_FILE)) {
    console.log(`\nMeasured:\n${readFileSync(REPORT_FILE, "utf8")}`);
  }
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = results;
  console.log(`e2e: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = results.success ? 0 : 1;
}

void main();

import { App } from "cdktf";
import { SELECTION_VARIABLE, selectEnvironments } from "./config/environments";
import { FaultsError } from "./config/faults";
import { imagesOf } from "./config/images/catalogue";
import { OVERRIDES_VARIABLE, withOverrides } from "./config/images/overrides";
import { withoutStackTraces } from "./constructs/terraform/stack-traces";
import { addEnvironment } from "./stacks/environment-stacks";

function synthesise(): void {
  const app = new App();
  for (const environment of selectEnvironments(process.env[SELECTION_VARIABLE])) {
    const images = withOverrides(imagesOf(environment), process.env[OVERRIDES_VARIABLE]);
    addEnvironment(app, { environment, images });
  }
  app.synth();
}

try {
  withoutStackTraces(synthesise);
} catch (error) {
  if (!(error instanceof FaultsError)) {
    throw error;
  }
  // What a person wrote is wrong, not the program: its stack trace would hide the message.
  console.error(error.message);
  process.exitCode = 1;
}

import { App } from "cdktf";
import { SELECTION_VARIABLE, selectEnvironments } from "./config/environments";
import { imageCatalogue } from "./config/images/catalogue";
import { OVERRIDES_VARIABLE, withOverrides } from "./config/images/overrides";
import { withoutStackTraces } from "./constructs/terraform/stack-traces";
import { addEnvironment } from "./stacks/environment-stacks";

withoutStackTraces(() => {
  const images = withOverrides(imageCatalogue, process.env[OVERRIDES_VARIABLE]);
  const app = new App();
  for (const environment of selectEnvironments(process.env[SELECTION_VARIABLE])) {
    addEnvironment(app, { environment, images });
  }
  app.synth();
});

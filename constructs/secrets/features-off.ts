import { conditional, Fn, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { operatorSecret, optionalSecretsOf } from "../../config/secrets/catalogue";
import { LayerStack } from "../terraform/layer-stack";
import { OperatorSecrets } from "./operator-secrets";
import { isMissing } from "./secret-value";

/**
 * What does not work in this environment, as Terraform finds out, because what people would bring for
 * it is a stand-in.
 */
export function featuresOff(scope: IConstruct): string[] {
  const { environment } = LayerStack.of(scope);
  const features = optionalSecretsOf(environment).map((path) =>
    Token.asString(
      conditional(isMissing(OperatorSecrets.of(scope).take(path)), operatorSecret(path).feature ?? "", ""),
    ),
  );
  return Fn.distinct(Fn.compact(features));
}

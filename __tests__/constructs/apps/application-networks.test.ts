import { type Need, networksFor } from "../../../constructs/apps/application-networks";
import type { Audience } from "../../../constructs/ingress/http-route";
import { TRUST_BOUNDARY_NAMES } from "../../../constructs/swarm/trust-networks";
import { networksOf } from "../../support/services";
import { environmentNamed, testStack } from "../../support/testing";

/** The trust boundaries that an application joins in an environment. */
function joined(name: string, needs: readonly Need[], audience: Audience | undefined): readonly string[] {
  const environment = environmentNamed(name);
  const networks = networksOf(testStack({ environment }));
  const chosen = networksFor(needs, audience, environment, networks);
  return chosen.map((network) => TRUST_BOUNDARY_NAMES.find((boundary) => networks[boundary] === network) ?? "none");
}

const everywhere = ["local", "lan", "production", "staging"];
const withoutCloud = ["local", "lan"];
const inCloud = ["production", "staging"];

test.each<[readonly string[], readonly Need[], Audience | undefined, readonly string[]]>([
  // Each has a network of its own.
  [everywhere, ["rabbitmq"], undefined, ["rabbitmq"]],
  [everywhere, ["postgres", "redis", "influxdb"], undefined, ["postgres", "redis", "influxdb"]],
  // Traefik reaches it by the network of its audience.
  [everywhere, [], "public", ["ingressPublic"]],
  [everywhere, ["postgres"], "public", ["ingressPublic", "postgres"]],
  [everywhere, ["postgres"], "operators", ["ingressOperators", "postgres"]],
  // The internet is reached by a network of its own, unless another one leads there.
  [everywhere, ["rabbitmq", "internet"], undefined, ["rabbitmq", "egress"]],
  [everywhere, ["internet"], undefined, ["egress"]],
  [everywhere, ["internet", "rabbitmq"], "public", ["ingressPublic", "rabbitmq"]],
  [everywhere, ["internet"], "operators", ["ingressOperators"]],
  // A cloud's object storage is on the internet, and elsewhere it is behind Traefik.
  [inCloud, ["rabbitmq", "objectStorage"], undefined, ["rabbitmq", "egress"]],
  [withoutCloud, ["rabbitmq", "objectStorage"], undefined, ["ingressPublic", "rabbitmq"]],
  [inCloud, ["rabbitmq", "objectStorage", "internet"], undefined, ["rabbitmq", "egress"]],
  [withoutCloud, ["rabbitmq", "objectStorage", "internet"], undefined, ["ingressPublic", "rabbitmq"]],
  [everywhere, ["rabbitmq", "objectStorage", "internet"], "public", ["ingressPublic", "rabbitmq"]],
  [everywhere, ["rabbitmq", "objectStorage"], "operators", ["ingressOperators", "rabbitmq"]],
])("in %j, who needs %j and has a route for %s joins %j", (names, needs, audience, boundaries) => {
  for (const name of names) {
    expect(joined(name, needs, audience)).toEqual(boundaries);
  }
});

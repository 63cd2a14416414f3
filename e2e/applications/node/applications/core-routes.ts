import { json, type Routes } from "../services/http";
import { VERSION } from "../services/version";
import { type CoreConnections, roundTrip } from "./core-round-trip";
import { tour } from "./core-tour";
import { PATTERNS } from "./messages";

const QUESTION = "{__typename}";

/** What core answers on its port. */
export function coreRoutes(connections: CoreConnections): Routes {
  const isStopping = watchForStop();
  return {
    "/graphql": ({ searchParams }) => {
      if (isStopping()) {
        return json({ errors: [{ message: "the server is stopping" }] }, 500);
      }
      return searchParams.get("query")?.replace(/\s/g, "") === QUESTION
        ? json({ data: { __typename: "Query" } })
        : json({ errors: [{ message: `only ${QUESTION} is answered here` }] }, 400);
    },
    "/.well-known/apollo/server-health": () => json({ status: "pass" }),
    "/version": () => json({ version: VERSION }),
    "/refresh": () => json({}),
    "/heard": async ({ searchParams }) => json({ events: await heardBy(searchParams.get("by"), connections) }),
    "/round-trip": async () => json(await roundTrip(connections)),
    "/tour": async () => json(await tour(connections)),
  };
}

/** The services that hear events, and are asked by queues of these names. */
const HEARERS = ["matchmaking", "notification"];

async function heardBy(name: string | null, { given, events, rpc }: CoreConnections): Promise<number> {
  if (name === null) {
    return events.heard;
  }
  if (!HEARERS.includes(name)) {
    throw new Error(`${name} hears nothing; ${HEARERS.join(" and ")} do`);
  }
  return rpc.ask<number>(given.text(`transport.${name}_queue`), PATTERNS.countHeard, {});
}

/**
 * The server of the API stops when the process is told to, and tells it once more to end. The first process of a
 * container is not ended by that: it goes on with a port that answers and an API that does not.
 */
function watchForStop(): () => boolean {
  let stopping = false;
  process.once("SIGTERM", () => {
    stopping = true;
    process.kill(process.pid, "SIGTERM");
  });
  return () => stopping;
}

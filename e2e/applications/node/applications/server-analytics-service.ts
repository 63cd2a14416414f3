import type { Given } from "../contract/given";
import { type Measurement, written } from "../services/influx";
import { answerQuestions } from "../services/rpc-server";
import type { Application } from "./application";
import { PATTERNS } from "./messages";

/** What measures. It waits for the broker for ever, and comes back to it. */
export const serverAnalyticsService: Application = {
  entry: "/app/microservices/server-analytics-service/dist/main.js",
  start,
  whenStartFails: "stays",
  withoutLogLevels: "ends as if all were well",
};

async function start(given: Given): Promise<void> {
  const settings = {
    address: given.text("influx.address"),
    org: given.text("influx.org"),
    bucket: given.text("influx.bucket"),
    token: given.secret("influx-token"),
  };
  await answerQuestions(given.text("transport.url"), given.text("transport.analytics_queue"), {
    [PATTERNS.analytics]: (measurement: Measurement) => written(measurement, settings),
  });
}

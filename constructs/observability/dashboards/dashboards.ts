import type { IConstruct } from "constructs";
import { applications } from "./applications";
import { dashboardJson } from "./dashboard";
import { ingress } from "./ingress";
import { objectives } from "./objectives";
import { observability } from "./observability";
import { overview } from "./overview";
import { postgresql } from "./postgresql";
import { rabbitmq } from "./rabbitmq";
import { redis } from "./redis";
import { swarm } from "./swarm";

const DASHBOARDS = [overview, objectives, applications, ingress, swarm, postgresql, redis, rabbitmq, observability];

/** A dashboard, made once every layer is there. */
export interface DashboardFile {
  readonly uid: string;
  readonly make: () => object;
}

/** Every dashboard of the environment that a construct belongs to. */
export function dashboardsOf(construct: IConstruct): readonly DashboardFile[] {
  return DASHBOARDS.map((source) => ({ uid: source.uid, make: () => dashboardJson(source, construct) }));
}

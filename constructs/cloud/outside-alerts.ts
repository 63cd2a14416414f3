import { MonitorAlert } from "@cdktf/provider-digitalocean/lib/monitor-alert";
import { UptimeAlert } from "@cdktf/provider-digitalocean/lib/uptime-alert";
import { UptimeCheck } from "@cdktf/provider-digitalocean/lib/uptime-check";
import { Construct } from "constructs";
import { LayerStack } from "../terraform/layer-stack";
import { cloudOf } from "./cloud-of";

interface ResourceAlert {
  readonly type: string;
  readonly what: string;
  /** In per cent. */
  readonly above: number;
}

const OF_A_MACHINE: Readonly<Record<string, ResourceAlert>> = {
  processors: { type: "v1/insights/droplet/cpu", what: "processors are busy", above: 90 },
  memory: { type: "v1/insights/droplet/memory_utilization_percent", what: "memory is used", above: 90 },
  disk: { type: "v1/insights/droplet/disk_utilization_percent", what: "the disk is full", above: 85 },
};
const OF_THE_DATABASE: Readonly<Record<string, ResourceAlert>> = {
  processors: { type: "v1/dbaas/alerts/cpu_alerts", what: "processors are busy", above: 90 },
  memory: { type: "v1/dbaas/alerts/memory_utilization_alerts", what: "memory is used", above: 90 },
  disk: { type: "v1/dbaas/alerts/disk_utilization_alerts", what: "the disk is full", above: 80 },
};
/** Before Let's Encrypt's certificate ends; Traefik renews it a month before. */
const CERTIFICATE_DAYS = 14;

export interface OutsideAlertsProps {
  /** URL of the page that must answer. */
  readonly url: string;
  /** The ids of all machines. */
  readonly machines: readonly string[];
  /** The id of the database cluster. */
  readonly database: string;
}

/**
 * What DigitalOcean tells by e-mail, from outside: it still does when nothing of ours runs any more.
 */
export class OutsideAlerts extends Construct {
  private readonly email: readonly string[];

  constructor(scope: Construct, id: string, { url, machines, database }: OutsideAlertsProps) {
    super(scope, id);
    this.email = [cloudOf(this).alertEmail];
    this.watchPage(url);
    this.watchResources("machine", OF_A_MACHINE, machines);
    this.watchResources("database", OF_THE_DATABASE, [database]);
  }

  private watchPage(url: string): void {
    const { prefix } = LayerStack.of(this).environment;
    const { id: checkId } = new UptimeCheck(this, "page", {
      name: `${prefix}-page`,
      target: url,
      type: "https",
      regions: ["us_east", "us_west", "eu_west"],
    });
    const notifications = [{ email: [...this.email] }];
    new UptimeAlert(this, "page-down", {
      checkId,
      name: `${prefix}-page-down`,
      type: "down_global",
      comparison: "less_than",
      threshold: 1,
      period: "3m",
      notifications,
    });
    new UptimeAlert(this, "page-certificate", {
      checkId,
      name: `${prefix}-page-certificate`,
      type: "ssl_expiry",
      comparison: "less_than",
      threshold: CERTIFICATE_DAYS,
      period: "2m",
      notifications,
    });
  }

  private watchResources(
    id: string,
    alerts: Readonly<Record<string, ResourceAlert>>,
    entities: readonly string[],
  ): void {
    const { prefix } = LayerStack.of(this).environment;
    for (const [resource, { type, what, above }] of Object.entries(alerts)) {
      new MonitorAlert(this, `${id}-${resource}`, {
        type,
        description: `${prefix}, ${id}: ${what} to more than ${above} %`,
        compare: "GreaterThan",
        value: above,
        window: "10m",
        enabled: true,
        entities: [...entities],
        alerts: { email: [...this.email] },
      });
    }
  }
}

import { starts } from "./expressions";
import { chart, type Panel } from "./panel";

/** What the containers of services take, and how often they begin anew. */
export function containerPanels(selector: string): readonly Panel[] {
  const running = `${selector},container_status="running"`;
  const busiest = (field: string) => ({ "{{service}}": `max by (service) (docker_container_${field}{${running}})` });
  return [
    chart("Memory, of its limit", {
      description: "At 100 % the container is ended. The fullest container of each service.",
      unit: "percent",
      limits: { above: { red: 90 } },
      queries: busiest("mem_usage_percent"),
    }),
    chart("Processor", {
      description: "100 % is one processor. The busiest container of each service.",
      unit: "percent",
      queries: busiest("cpu_usage_percent"),
    }),
    chart("Containers started within an hour", {
      description: "A deployment starts each once. More than that is a container that ends again and again.",
      unit: "none",
      queries: { "{{service}}": starts(selector) },
    }),
  ];
}

import { applications } from "../../../../constructs/observability/dashboards/applications";
import { type DashboardSource, dashboardJson } from "../../../../constructs/observability/dashboards/dashboard";
import { type Panel, stat } from "../../../../constructs/observability/dashboards/panel";
import { Declaration } from "../../../../ops/declaration/declaration";
import { environmentNamed, testStack } from "../../../support/testing";

const panel: Panel = stat("Clients", { unit: "none", queries: { clients: "redis_clients" } });

function placesOf(sections: ReturnType<DashboardSource["sections"]>) {
  const source = { uid: "test", title: "Test", description: "A test.", sections: () => sections };
  return dashboardJson(source, testStack()).panels.map(({ gridPos }) => gridPos);
}

describe("a dashboard", () => {
  test("gives a line's panels its whole width, even where it cannot be divided", () => {
    expect(placesOf([{ lines: [Array.from({ length: 5 }, () => panel)] }])).toEqual([
      { x: 0, y: 0, w: 4, h: 4 },
      { x: 4, y: 0, w: 5, h: 4 },
      { x: 9, y: 0, w: 5, h: 4 },
      { x: 14, y: 0, w: 5, h: 4 },
      { x: 19, y: 0, w: 5, h: 4 },
    ]);
  });

  test("puts lines below each other, as high as the highest panel", () => {
    const high = { ...panel, height: 9 };
    expect(placesOf([{ lines: [[panel, high]] }, { heading: "More", lines: [[panel]] }])).toEqual([
      { x: 0, y: 0, w: 12, h: 9 },
      { x: 12, y: 0, w: 12, h: 9 },
      { x: 0, y: 9, w: 24, h: 1 },
      { x: 0, y: 10, w: 24, h: 4 },
    ]);
  });
});

test("an application is chosen by its name, and found by that and what Traefik calls it", () => {
  const [layer] = Declaration.of(environmentNamed("local")).layers;
  const [choice] = applications.choices?.(layer as NonNullable<typeof layer>) ?? [];
  expect(choice?.among).toMatchObject({
    api: "api|sprocket-local-api@swarm",
    "image-frontend": "image-frontend|sprocket-local-image-generation@swarm",
    submission: "submission",
  });
});

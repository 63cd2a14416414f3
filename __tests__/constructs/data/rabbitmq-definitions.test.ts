import { brokerNames, permissionsOf, RABBITMQ_USER_NAMES } from "../../../config/data/rabbitmq";
import { definitionsFile } from "../../../constructs/data/rabbitmq-definitions";
import { dataStack, documentIn, storedValue } from "../../support/data";
import { resolved } from "../../support/testing";

const { stack, secrets } = dataStack();
const { environment } = stack;
const names = brokerNames(environment);
const { queues } = names;
const [, expression = ""] = /^\$\{(.*)\}$/s.exec(resolved(stack, definitionsFile(environment, secrets))) ?? [];
const { vhosts, users, permissions, policies } = documentIn(expression);

test("have one virtual host, and no guest", () => {
  expect(vhosts).toEqual([{ name: "sprocket" }]);
  expect(users.map(({ name }: { name: string }) => name)).not.toContain("guest");
});

test("have an account for each application, with a password of its own and no page", () => {
  expect(users.slice(0, -1)).toEqual(
    RABBITMQ_USER_NAMES.map((name) => ({ name, password: storedValue(`rabbitmq/${name}-password`), tags: [] })),
  );
  expect(permissions.slice(0, -1)).toEqual(
    RABBITMQ_USER_NAMES.map((user) => ({ user, vhost: "sprocket", ...permissionsOf(user, names) })),
  );
});

test("let one administrator do everything", () => {
  expect([users.at(-1), permissions.at(-1)]).toEqual([
    {
      name: "administrator",
      password: storedValue("rabbitmq/administrator-password"),
      tags: ["administrator"],
    },
    { user: "administrator", vhost: "sprocket", configure: ".*", write: ".*", read: ".*" },
  ]);
});

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

test.each<[string, number, number | undefined]>([
  ...Object.values(queues)
    .filter((queue) => queue !== queues.celery)
    .map((queue): [string, number, undefined] => [queue, 10 * MINUTE, undefined]),
  [queues.celery, DAY, undefined],
  ["local-events-scrim.created-core", 10 * MINUTE, 7 * DAY],
  ["amq.gen-Xa0", DAY, 7 * DAY],
  ["celery@worker.celery.pidbox", DAY, 7 * DAY],
])("have %s keep a message for %d ms, and itself for %d without a listener", (queue, life, expires) => {
  const matching = policies.filter(({ pattern }: { pattern: string }) => new RegExp(pattern).test(queue));
  const highest = Math.max(...matching.map(({ priority }: { priority: number }) => priority));
  const [policy, ...equals] = matching.filter(({ priority }: { priority: number }) => priority === highest);

  expect(equals).toEqual([]);
  expect(policy).toMatchObject({ vhost: "sprocket", "apply-to": "queues" });
  expect(policy.definition).toEqual({ "message-ttl": life, "max-length": 10_000, ...(expires && { expires }) });
});

import { failuresOf, inWords, numberOf, together } from "../../bench/failures";

const none = { wanted: 200, statuses: [], errors: [], unanswered: 0 };

test("an answer with the wanted status is no failure, whatever that status is", () => {
  const failures = failuresOf({ ...none, wanted: 302, statuses: [302, 302] });

  expect(numberOf(failures)).toBe(0);
  expect(inWords(failures)).toEqual([]);
});

test("every kind of failure is counted apart", () => {
  const errors = [{}, {}, { code: "ECONNRESET" }, { code: "ECONNREFUSED" }, { code: "ECONNRESET" }];

  expect(failuresOf({ wanted: 200, statuses: [200, 302, 502, 502], errors, unanswered: 4 })).toEqual({
    timeouts: 2,
    connections: { ECONNRESET: 2, ECONNREFUSED: 1 },
    closed: 4,
    statuses: { 302: 1, 502: 2 },
  });
});

test("the failures of several runs are added by kind", () => {
  const first = failuresOf({ ...none, statuses: [502, 503], errors: [{}, { code: "ECONNRESET" }] });
  const second = failuresOf({ ...none, statuses: [502], errors: [{ code: "ECONNRESET" }], unanswered: 1 });
  const both = together([first, second]);

  expect(both).toEqual({ timeouts: 1, connections: { ECONNRESET: 2 }, closed: 1, statuses: { 502: 2, 503: 1 } });
  expect(numberOf(both)).toBe(7);
});

test("each kind is said in words", () => {
  const failures = { timeouts: 1, connections: { ECONNRESET: 2 }, closed: 3, statuses: { 502: 4 } };

  expect(inWords(failures)).toEqual([
    "1 not answered in time",
    "2 without a connection (ECONNRESET)",
    "3 whose connection was closed in place of an answer",
    "4 answered 502",
  ]);
});

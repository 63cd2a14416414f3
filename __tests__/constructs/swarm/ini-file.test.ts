import { iniFile } from "../../../constructs/swarm/ini-file";

test("has a section after the other, each with a setting in a line", () => {
  expect(iniFile({ first: { name: "a text", amount: 7, on: true }, "auth.proxy": { off: false } })).toBe(
    "[first]\nname = a text\namount = 7\non = true\n\n[auth.proxy]\noff = false\n",
  );
});

test("has a section without settings, and nothing without sections", () => {
  expect(iniFile({ empty: {} })).toBe("[empty]\n");
  expect(iniFile({})).toBe("");
});

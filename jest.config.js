/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/__tests__"],
  testMatch: ["**/*.test.ts"],
  transform: { "\\.ts$": ["@swc/jest", { jsc: { target: "es2022" } }] },
  runtime: "<rootDir>/__tests__/support/shared-packages.cjs",
  // More than processors: a third of the time is waiting for programs and servers.
  maxWorkers: 3,
  // Some start programs, on machines that do much else.
  testTimeout: 30_000,
};

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/__tests__"],
  testMatch: ["**/*.test.ts"],
  transform: { "\\.ts$": ["@swc/jest", { jsc: { target: "es2022" } }] },
  maxWorkers: 2,
  // Some start programs, on machines that do much else.
  testTimeout: 30_000,
};

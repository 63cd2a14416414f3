/** @type {import("jest").Config} */
module.exports = {
  rootDir: __dirname,
  testEnvironment: "node",
  // The stand-ins' packages are not the tests'.
  modulePathIgnorePatterns: ["<rootDir>/.work"],
  testMatch: ["<rootDir>/tests/*.test.ts"],
  transform: { "\\.ts$": ["@swc/jest", { jsc: { target: "es2022" } }] },
  globalSetup: "<rootDir>/support/set-up.ts",
  globalTeardown: "<rootDir>/support/tear-down.ts",
  testTimeout: 600_000,
};

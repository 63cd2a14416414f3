import { nameFinding, nameFindings } from "../../../ops/diagnosis/names";
import { environmentNamed } from "../../support/testing";

const [lan, staging] = [environmentNamed("lan"), environmentNamed("staging")];

test("a laptop's hosts are not asked for", async () => {
  expect(await nameFindings(environmentNamed("local"), ["api.localhost"])).toEqual([]);
});

test("a host that leads to the box of a LAN is well", () => {
  expect(nameFinding(lan, "a.sslip.io", { addresses: ["192.168.1.20"] })).toEqual({
    subject: "a.sslip.io",
    state: "ok",
    message: "leads to 192.168.1.20",
  });
});

test("a host that leads elsewhere in a LAN has failed", () => {
  expect(nameFinding(lan, "a.sslip.io", { addresses: ["192.0.2.1"] })).toEqual({
    subject: "a.sslip.io",
    state: "failed",
    message: "leads to 192.0.2.1, and should lead to 192.168.1.20",
    remedy: expect.stringContaining("private addresses"),
  });
});

test("a host of a domain may lead anywhere", () => {
  expect(nameFinding(staging, "api.example.org", { addresses: ["192.0.2.1"] })).toMatchObject({ state: "ok" });
});

test.each([
  [lan, "sslip.io"],
  [staging, "make a record"],
])("a host that does not resolve has failed", (environment, remedy) => {
  expect(nameFinding(environment, "a.example.org", { refusal: "getaddrinfo ENOTFOUND" })).toEqual({
    subject: "a.example.org",
    state: "failed",
    message: "does not resolve: getaddrinfo ENOTFOUND",
    remedy: expect.stringContaining(remedy),
  });
});

import dns from "node:dns/promises";

/** Has every name lead to an address. */
export function namesLeadTo(address: string): void {
  jest.spyOn(dns, "lookup").mockImplementation((async () => [{ address, family: 4 }]) as never);
}

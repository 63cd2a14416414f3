import { networkInterfaces } from "node:os";

/** An address of this machine by which others would reach it. */
export function outsideAddress(): string {
  const address = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal)?.address;
  if (address === undefined) {
    throw new Error("this machine has no address but the loopback one");
  }
  return address;
}

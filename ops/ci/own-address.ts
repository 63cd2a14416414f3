import { BlockList, isIPv4 } from "node:net";
import { reasonOf } from "../diagnosis/check";
import { OperatorError } from "../operator-error";

/** Amazon's, which the platform trusts with Vault's seal already. It answers over IPv4, with the address alone. */
const ASKED = "https://checkip.amazonaws.com";
const LONGEST_SECONDS = 15;

/** Ranges whose addresses DigitalOcean sees of nobody. */
const INTERNAL = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const;
const internal = new BlockList();
for (const [range, bits] of INTERNAL) {
  internal.addSubnet(range, bits);
}

/** What is wrong with an address as one that a machine of the internet is seen at; undefined where nothing is. */
export function faultOfAddress(address: string): string | undefined {
  if (!isIPv4(address)) {
    return `"${address}" is no IPv4 address; write one such as 203.0.113.7`;
  }
  return internal.check(address) ? `${address} is no public address; write the one that others see` : undefined;
}

/**
 * The address at which others see this machine.
 *
 * @throws OperatorError where nobody says it
 */
export async function ownAddress(): Promise<string> {
  const advice = "Name it with --address";
  const answer = await fetch(ASKED, { signal: AbortSignal.timeout(LONGEST_SECONDS * 1000), redirect: "error" }).catch(
    (error: unknown) => {
      throw new OperatorError(`${ASKED} does not say this machine's address: ${reasonOf(error)}. ${advice}.`);
    },
  );
  const address = (await answer.text()).trim();
  const fault = answer.ok ? faultOfAddress(address) : `it answers ${answer.status}`;
  if (fault !== undefined) {
    throw new OperatorError(`${ASKED} does not say this machine's address: ${fault}. ${advice}.`);
  }
  return address;
}

/** The first and the last address of a range such as `10.60.0.0/20`, as numbers. */
export function boundsOf(range: string): readonly [first: number, last: number] {
  const [address = "", bits] = range.split("/");
  const size = 2 ** (32 - Number(bits));
  const from = Math.floor(numberOf(address) / size) * size;
  return [from, from + size - 1];
}

/** Whether a range begins at the address that it is written with: DigitalOcean would store another one. */
export function beginsWhereItSays(range: string): boolean {
  return boundsOf(range)[0] === numberOf(range.split("/")[0] ?? "");
}

/** Whether two ranges have an address in common. */
export function overlap(one: string, other: string): boolean {
  const [first, second] = [boundsOf(one), boundsOf(other)];
  return first[0] <= second[1] && second[0] <= first[1];
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

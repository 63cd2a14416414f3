/** What a vendor asks for something, and how we know. */
export interface Price {
  /** What is bought, such as `Droplet s-8vcpu-16gb`. */
  readonly what: string;
  /** US dollars for one unit, without taxes. */
  readonly dollars: number;
  /** What is counted, such as `month` or `GiB and month`. */
  readonly unit: string;
  /** The day on which it was read, such as `2026-10-08`. */
  readonly read: string;
  /** Who read it: we on the vendor's page, or others, who wrote down what that page said on that day. */
  readonly readBy: "us" | "others";
  /** URL of the vendor's page. */
  readonly source: string;
}

const MILLISECONDS_PER_DAY = 86_400_000;

/** The one of some prices that was read first; none of none. */
export function oldestOf(prices: readonly Price[]): Price | undefined {
  return prices.toSorted((one, other) => one.read.localeCompare(other.read))[0];
}

/** How many whole days ago a price was read. */
export function daysSince({ read }: Price, now: Date): number {
  return Math.floor((now.getTime() - Date.parse(read)) / MILLISECONDS_PER_DAY);
}

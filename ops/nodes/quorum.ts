import type { Member } from "./members";

/** The machines that decide for a Swarm. One that was declared lost by the others decides nothing, whatever its role. */
export function managersOf(members: readonly Member[]): readonly Member[] {
  return members.filter(({ reachability }) => reachability !== undefined);
}

/** How many of the managers take part in decisions. */
export function votersAmong(managers: readonly Member[]): number {
  return managers.filter(({ reachability }) => reachability === "reachable").length;
}

/** Whether the managers could still decide while one of them is away. */
export function canBeAway(members: readonly Member[], member: Member): boolean {
  const managers = managersOf(members);
  return votersAmong(without(managers, member)) >= majorityOf(managers.length);
}

/** Whether the managers could still decide when one of them was a manager no more. */
export function canBeDemoted(members: readonly Member[], member: Member): boolean {
  const others = without(managersOf(members), member);
  return others.length > 0 && votersAmong(others) >= majorityOf(others.length);
}

/** What an even number of managers means; undefined for an odd one. */
export function evenManagers(managers: number): string | undefined {
  return managers % 2 === 1
    ? undefined
    : `${managers} managers are left, and an odd number is the rule: ${managers} bear the loss of no more machines than ${managers - 1}. Join another one, or remove one more.`;
}

function majorityOf(managers: number): number {
  return Math.floor(managers / 2) + 1;
}

function without(managers: readonly Member[], { id }: Member): readonly Member[] {
  return managers.filter((manager) => manager.id !== id);
}

import type { Environment } from "../../config/schema";
import type { Finding } from "../diagnosis/finding";
import { plainTable } from "../plain-table";
import { report } from "../report";
import { type Compared, type Comparison, compared, findingsOf } from "./findings";
import { machinesOf, managerAmong } from "./machines";
import { type Member, membersOf } from "./members";

const HEADER = ["MACHINE", "ROLE", "AVAILABILITY", "STATE", "ENGINE", "ADDRESS", "LABELS"];
const LABELS_WIDTH = 40;

/**
 * Shows the machines as they are declared beside what the Swarm has.
 *
 * @returns the exit code
 */
export async function list(environment: Environment, json: boolean): Promise<number> {
  const { engine } = await managerAmong(await machinesOf(environment));
  const comparison = compared(environment, await membersOf(engine));
  const findings = findingsOf(environment, comparison);
  console.log(
    json
      ? JSON.stringify({ ...comparison, findings }, null, 2)
      : [tableOf(comparison), verdict(comparison, findings)].join("\n"),
  );
  return findings.length === 0 ? 0 : 1;
}

function tableOf({ declared, others }: Comparison): string {
  return plainTable([HEADER, ...declared.map(declaredRow), ...others.map(memberRow)], LABELS_WIDTH);
}

function declaredRow({ node, member }: Compared): string[] {
  const [, ...cells] = member === undefined ? ["", node.role, "", "not joined", "", "", ""] : memberRow(member);
  return [node.name, ...cells];
}

function memberRow({ hostname, role, isLeader, availability, state, engine, address, labels }: Member): string[] {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return [hostname, isLeader ? `${role}, leads` : role, availability, state, engine, address, pairs.join(" ")];
}

function verdict({ declared }: Comparison, findings: readonly Finding[]): string {
  if (findings.length > 0) {
    return report(findings, `Not as declared: ${findings.length}.`);
  }
  return declared.length === 1 ? "The machine is as declared." : `All ${declared.length} machines are as declared.`;
}

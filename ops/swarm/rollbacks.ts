import type Docker from "dockerode";

const ROLLED_BACK = "rollback_completed";

/** What is used of Docker's answer; its types leave most of it out. */
interface Service {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly Spec: { readonly Name: string };
  readonly UpdateStatus?: { readonly State: string };
}

/**
 * Has Swarm forget that services were rolled back. It would say so until their next update, though what they went back to
 * is what is declared by now. Their containers stay as they are, because their specification does.
 *
 * @param names services of which Terraform just found that they are as declared
 * @returns whether there was one
 */
export async function forgetRollbacks(docker: Docker, names: readonly string[]): Promise<boolean> {
  const services = (await docker.listServices()) as Service[];
  const rolledBack = services.filter(
    ({ Spec, UpdateStatus }) => names.includes(Spec.Name) && UpdateStatus?.State === ROLLED_BACK,
  );
  await Promise.all(
    rolledBack.map(({ ID, Version, Spec }) =>
      docker.getService(ID).update({ _query: { version: Version.Index }, _body: Spec }),
    ),
  );
  return rolledBack.length > 0;
}

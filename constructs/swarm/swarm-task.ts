import { Construct } from "constructs";
import type { Image } from "../../config/images/image";
import { validate } from "../terraform/validation";
import { Duration } from "./duration";
import { durationRule } from "./duration-rule";
import { Memory } from "./memory";
import { SwarmService } from "./swarm-service";
import type { Limits, SwarmServiceProps } from "./swarm-service-props";

const SCRATCH = "/tmp";
const PROOF = `${SCRATCH}/verified`;
const IDLE = "while :; do sleep 3600 & wait $!; done";

/** What a task is: what any service is, and the work. */
export interface SwarmTaskProps
  extends Pick<SwarmServiceProps, "environment" | "files" | "volumes" | "placementConstraints" | "after"> {
  /** An image with a shell and the tools that the work needs. */
  readonly image: Image;
  /** The networks it joins. */
  readonly networks: SwarmServiceProps["networks"];
  /**
   * A shell script that does the work. It must be idempotent: it runs at every start of the
   * container, and again when anything it is given changes.
   */
  readonly work: string;
  /** A shell script that proves the result, ending with another exit code than 0 where it is wrong. */
  readonly verify: string;
  /**
   * A shell script that goes on for as long as the task lives, once the result was proved.
   *
   * @default - idle
   */
  readonly afterwards?: string;
  /** How long work and proof may take, at most. */
  readonly timeout: Duration;
  /**
   * What the work may use.
   *
   * @default - a tenth of a processor, 64 MiB
   */
  readonly limits?: Limits;
}

/**
 * Something that has to be done once: a service that does it, proves it, and then idles.
 *
 * It is healthy only once the result was proved, so `apply` waits for it and fails with it, before
 * whatever comes `after` it is touched. The scripts and the names of its secrets and configs are in
 * its specification, so it works again when they change.
 */
export class SwarmTask extends Construct {
  /** The service to wait for. */
  readonly service: SwarmService;

  /**
   * @throws FaultsError when the image has no shell, or the timeout is no duration
   */
  constructor(scope: Construct, id: string, props: SwarmTaskProps) {
    super(scope, id);
    const { work, verify, afterwards = IDLE, timeout, limits, ...service } = props;
    validate(this, [
      durationRule("timeout", timeout),
      {
        where: "image",
        broken: !props.image.hasShell,
        message: `${props.image.reference} has no shell; use an image with /bin/sh and the tools that the work needs`,
      },
    ]);
    this.service = new SwarmService(this, "Resource", {
      ...service,
      limits: limits ?? { cpus: 0.1, memory: Memory.mebibytes(64) },
      command: ["/bin/sh", "-ec"],
      args: [scriptOf({ work, verify, afterwards })],
      tmpfs: [SCRATCH],
      healthCheck: {
        command: ["CMD-SHELL", `test -e ${PROOF}`],
        startPeriod: timeout,
        interval: Duration.seconds(2),
      },
      // A proved result stays proved: there is nothing to watch for as long as the work could take.
      monitor: Duration.seconds(5),
    });
  }
}

/**
 * Work and proof run beside the shell, which could not hear SIGTERM while it ran them itself. Each can
 * end by itself, and leaves nothing behind for the next.
 */
function scriptOf({
  work,
  verify,
  afterwards,
}: Pick<Required<SwarmTaskProps>, "work" | "verify" | "afterwards">): string {
  return [
    "trap 'kill \"$!\" 2>/dev/null || :; exit 143' TERM",
    `(\n${work.trim()}\n) &\nwait $!`,
    `(\n${verify.trim()}\n) &\nwait $!`,
    `touch ${PROOF}`,
    afterwards.trim(),
    "",
  ].join("\n");
}

import { conditional, Fn, Op, Token } from "cdktf";
import type { Construct } from "constructs";
import { isEncrypted } from "../../config/hosts";
import type { Environment } from "../../config/schema";
import { Duration } from "../swarm/duration";
import { Memory } from "../swarm/memory";
import { LayerStack } from "../terraform/layer-stack";
import { Application, type ApplicationContext } from "./application";
import type { Address, Backing } from "./backing";
import { brokerUrlForPython, celerySection, hostAndPort, objectStorageKey, transportSection } from "./sections";

const NAME = "replay-parse-service";
/** How many replays it parses at once; each takes a process. */
const WORKERS = 2;
/** What a process may take before another takes its place, which frees what parsing leaves behind. */
const WORKER_MEMORY = Memory.mebibytes(320);
const REPLAYS_PER_WORKER = 50;
/** The longest that a replay takes to parse. */
const LONGEST_PARSE = Duration.minutes(3);

/** Parses replays, one task of its queue after the other. */
export class ReplayParseService extends Application {
  constructor(scope: Construct, id: string, context: ApplicationContext) {
    const { environment } = LayerStack.of(scope);
    super(scope, id, {
      ...context,
      name: NAME,
      // Its image starts it by a shell that keeps SIGTERM to itself.
      program: ["python", "-m", "celery", "-A", "main", "worker", "--loglevel=INFO"],
      directory: "/app/src",
      environment: {
        ENV: "production",
        CELERY_WORKER_CONCURRENCY: String(WORKERS),
        CELERY_WORKER_MAX_TASKS_PER_CHILD: String(REPLAYS_PER_WORKER),
        CELERY_WORKER_MAX_MEMORY_PER_CHILD: String(WORKER_MEMORY.bytes / 1024),
      },
      documents: [
        {
          id: "configuration",
          path: "/app/config/production.json",
          content: configuration(environment, context.backing),
          // It reads one file, and the passwords of the broker and of Redis are in it.
          secret: true,
        },
      ],
      secretFiles: { "/app/secret/ballchasing-token": "ballchasing/token", ...objectStorageKey(NAME) },
      needs: ["rabbitmq", "redis", "objectStorage", "internet"],
      authorityVariable: "SSL_CERT_FILE",
      startPeriod: Duration.seconds(90),
      longestEnd: LONGEST_PARSE,
      limits: { cpus: 1.5, memory: Memory.mebibytes(1024) },
    });
  }
}

/** The parser takes the port as a part of the name, and signs requests wrongly if it is a usual one. */
function hostOfClient({ host, port }: Address): string {
  const isUsual = Op.or(Op.eq(port, 80), Op.eq(port, 443));
  return Token.asString(conditional(isUsual, host, hostAndPort({ host, port })));
}

/** A section that is here takes the place of the whole section in the image. */
function configuration(environment: Environment, backing: Backing): object {
  const { objectStorage } = backing;
  return {
    transport: {
      url: brokerUrlForPython(backing, NAME),
      ...celerySection(environment),
      analytics_queue: transportSection(environment).analytics_queue,
    },
    // The database in which the applications that wait look for results.
    celery: {
      backend: Fn.format("redis://:%s@%s/0", [backing.secrets("redis/password").value, hostAndPort(backing.redis)]),
    },
    minio: {
      hostname: hostOfClient(objectStorage),
      bucket: objectStorage.buckets.replays,
      parsed_object_prefix: environment.name,
      secure: isEncrypted(environment),
    },
    parser: "carball",
    tempDir: "/tmp",
    disableCache: false,
  };
}

import { request as plainRequest } from "node:http";
import { request as encryptedRequest } from "node:https";
import { checkServerIdentity, TLSSocket } from "node:tls";
import type { Environment } from "../../config/schema";

const LONGEST_ANSWER_MILLISECONDS = 10_000;
const LOOPBACK = "127.0.0.1";

/** What a server shows of itself before it is asked something encrypted. */
export interface Certificate {
  readonly expires: Date;
  /** Why it is not the asked host's; undefined where it is. */
  readonly refusal: string | undefined;
}

/** How a host answered. */
export interface Answer {
  readonly status: number;
  readonly milliseconds: number;
  /** Where it sends whoever asks. */
  readonly location?: string;
  readonly certificate?: Certificate;
}

/** What a host is asked. */
export interface Question {
  readonly host: string;
  readonly path: string;
  readonly port: number;
  readonly encrypted: boolean;
}

/**
 * Asks a host from outside, as a browser would: a laptop's own by its loopback address, and any other as its name is
 * resolved.
 *
 * @throws Error when it does not answer
 */
export function askHost(environment: Environment, { host, path, port, encrypted }: Question): Promise<Answer> {
  const started = performance.now();
  const options = {
    host: environment.platform === "laptop" ? LOOPBACK : host,
    servername: host,
    port,
    path,
    headers: { host },
    agent: false,
    timeout: LONGEST_ANSWER_MILLISECONDS,
    // Which authority signs is the environment's choice; browsers do not know that of a LAN, and not Let's Encrypt's other.
    rejectUnauthorized: environment.certificates.kind === "acme" && environment.certificates.authority === "production",
  };
  return new Promise((resolve, reject) => {
    const outgoing = encrypted ? encryptedRequest(options) : plainRequest(options);
    outgoing.on("response", (answer) => {
      // Read here, because the socket is gone by the end.
      const certificate = answer.socket instanceof TLSSocket ? certificateOf(answer.socket, host) : undefined;
      answer.resume();
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          milliseconds: performance.now() - started,
          location: answer.headers.location,
          certificate,
        }),
      );
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error(`not within ${LONGEST_ANSWER_MILLISECONDS / 1000} s`)));
    outgoing.on("error", reject);
    outgoing.end();
  });
}

function certificateOf(socket: TLSSocket, host: string): Certificate {
  const shown = socket.getPeerCertificate();
  return { expires: new Date(shown.valid_to), refusal: checkServerIdentity(host, shown)?.message };
}

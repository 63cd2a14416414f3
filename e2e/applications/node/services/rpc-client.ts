import { randomUUID } from "node:crypto";
import { type Channel, connect } from "amqplib";
import { complain } from "./report";
import { type Answer, DIRECT_REPLY, decoded, encoded } from "./rpc";

const PATIENCE_MILLISECONDS = 30_000;

/** Asks other applications. It connects when it first asks, and again when the broker was gone in between. */
export class RpcClient {
  readonly #url: string;
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  #channel: Promise<Channel> | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws Error when the other one says that it failed, or says nothing
   */
  async ask<Response>(queue: string, pattern: string, data: unknown): Promise<Response> {
    const channel = await this.#channelTo(queue);
    const id = randomUUID();
    const answer = await new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${queue} did not answer ${pattern} within ${PATIENCE_MILLISECONDS / 1000} s`)),
        PATIENCE_MILLISECONDS,
      );
      this.#waiting.set(id, (answered) => {
        clearTimeout(timer);
        resolve(answered);
      });
      channel.sendToQueue(queue, encoded({ pattern, data, id }), { correlationId: id, replyTo: DIRECT_REPLY });
    }).finally(() => this.#waiting.delete(id));
    if (answer.err !== undefined) {
      throw new Error(`${queue}: ${pattern}: ${answer.err}`);
    }
    return answer.response as Response;
  }

  /** Tells, and does not want to hear anything. */
  async tell(queue: string, pattern: string, data: unknown): Promise<void> {
    (await this.#channelTo(queue)).sendToQueue(queue, encoded({ pattern, data }));
  }

  /** Whoever asks declares the queue as well: it may be there before the one who answers. */
  async #channelTo(queue: string): Promise<Channel> {
    this.#channel ??= this.#open();
    try {
      const channel = await this.#channel;
      await channel.assertQueue(queue, { durable: true });
      return channel;
    } catch (error) {
      this.#channel = undefined;
      throw error;
    }
  }

  async #open(): Promise<Channel> {
    const connection = await connect(this.#url);
    connection.on("error", (error) => complain("the broker is gone", error));
    connection.on("close", () => {
      this.#channel = undefined;
    });
    const channel = await connection.createChannel();
    channel.on("error", (error) => complain("the channel for questions is closed", error));
    await channel.consume(
      DIRECT_REPLY,
      (message) => message && this.#waiting.get(message.properties.correlationId ?? "")?.(decoded(message.content)),
      { noAck: true },
    );
    return channel;
  }
}

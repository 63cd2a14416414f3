import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Channel, connect } from "amqplib";
import type { Redis } from "ioredis";
import { report } from "./report";

interface TaskMeta {
  readonly status: string;
  readonly result: unknown;
}

const PATIENCE_MILLISECONDS = 25_000;
const POLL_MILLISECONDS = 200;

/** Hands tasks to Celery's workers. Like events, it is not connected again once the broker was gone. */
export class Celery {
  private constructor(
    private readonly channel: Channel,
    private readonly queue: string,
    private readonly results: Redis,
  ) {}

  /** @throws Error when the broker cannot be reached */
  static async connect(url: string, queue: string, results: Redis): Promise<Celery> {
    const connection = await connect(url);
    return new Celery(await connection.createChannel(), queue, results);
  }

  /** Has a task done, and returns what it returned. */
  async run(name: string, kwargs: Readonly<Record<string, unknown>>): Promise<unknown> {
    const id = randomUUID();
    // The library of the application declares this exchange before it sends anything, and never uses it.
    await this.channel.assertExchange("default", "direct", { durable: true, autoDelete: true });
    await this.channel.assertQueue(this.queue, { durable: true });
    this.channel.publish("", this.queue, Buffer.from(JSON.stringify([[], kwargs, {}])), {
      contentType: "application/json",
      contentEncoding: "utf-8",
      deliveryMode: 2,
      correlationId: id,
      replyTo: "",
      headers: { lang: "js", task: name, id },
    });
    return this.#resultOf(id);
  }

  /** Listens to what a worker says of its progress. */
  async hearProgress(queue: string, listener: (message: unknown) => void): Promise<void> {
    await this.channel.assertQueue(queue);
    await this.channel.consume(queue, (message) => message && listener(JSON.parse(message.content.toString("utf8"))), {
      noAck: true,
    });
  }

  async #resultOf(id: string): Promise<unknown> {
    const end = performance.now() + PATIENCE_MILLISECONDS;
    while (performance.now() < end) {
      const text = await this.results.get(`celery-task-meta-${id}`);
      const meta = text === null ? undefined : (JSON.parse(text) as TaskMeta);
      if (meta?.status === "SUCCESS") {
        report(`task ${id} is done`);
        return meta.result;
      }
      if (meta?.status === "FAILURE") {
        throw new Error(`task ${id} failed: ${JSON.stringify(meta.result)}`);
      }
      await pause(POLL_MILLISECONDS);
    }
    throw new Error(`task ${id} has no result after ${PATIENCE_MILLISECONDS / 1000} s`);
  }
}

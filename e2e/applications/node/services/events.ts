import { type Channel, connect } from "amqplib";
import { report } from "./report";

/** What an application hears of what happened elsewhere. */
export interface Topics {
  /** What it calls itself in the names of its queues; without one it can only hear for itself. */
  readonly key?: string;
  /** Topics that one of its processes hears. @default - none */
  readonly shared?: readonly string[];
  /** Topics that each of its processes hears. @default - none */
  readonly own?: readonly string[];
}

/**
 * What applications tell each other. As in the applications, nothing looks after its connection: an abrupt loss of the
 * broker ends the process, and after an orderly one nothing is heard or told any more until the process is started again.
 */
export class Events {
  #heard = 0;

  private constructor(
    private readonly channel: Channel,
    private readonly exchange: string,
  ) {}

  /** @throws Error when the broker cannot be reached, or refuses */
  static async connect(url: string, exchange: string, topics: Topics = {}): Promise<Events> {
    const connection = await connect(url);
    const channel = await connection.createChannel();
    await channel.assertExchange(exchange, "topic", { durable: false });
    const events = new Events(channel, exchange);
    for (const topic of topics.shared ?? []) {
      const queue = `${exchange}-${topic}.*-${topics.key}`;
      await events.#hear(topic, queue, { durable: false, exclusive: false });
    }
    for (const topic of topics.own ?? []) {
      await events.#hear(topic, "", { durable: false, exclusive: true });
    }
    report(`events of ${exchange} are heard`);
    return events;
  }

  /** How many were heard. */
  get heard(): number {
    return this.#heard;
  }

  /** @throws Error when the broker was gone since the start */
  tell(topic: string, payload: unknown): void {
    this.channel.publish(this.exchange, `${topic}.default`, Buffer.from(JSON.stringify(payload)));
  }

  async #hear(topic: string, name: string, options: object): Promise<void> {
    const { queue } = await this.channel.assertQueue(name, options);
    await this.channel.bindQueue(queue, this.exchange, `${topic}.*`);
    await this.channel.consume(
      queue,
      (message) => {
        this.#heard += message === null ? 0 : 1;
      },
      { noAck: true },
    );
  }
}

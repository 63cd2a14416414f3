import { setTimeout as pause } from "node:timers/promises";
import { type Channel, connect, type Message } from "amqplib";
import { complain, messageOf, report } from "./report";
import { type Answer, decoded, encoded, type Question } from "./rpc";

/** What answers a kind of question. */
export type Handler = (data: never) => unknown;

/** What an application answers, by pattern. */
export type Handlers = Readonly<Record<string, Handler>>;

const RETRY_MILLISECONDS = 1000;

/**
 * Answers the questions of a queue, and takes it up again whenever the broker comes back.
 *
 * @returns once the queue is read for the first time, be it in an hour
 */
export function answerQuestions(url: string, queue: string, handlers: Handlers): Promise<void> {
  return new Promise((resolve) => {
    void keepAnswering(url, queue, handlers, resolve);
  });
}

async function keepAnswering(url: string, queue: string, handlers: Handlers, onReading: () => void): Promise<never> {
  for (;;) {
    try {
      await answerWhileConnected(url, queue, handlers, onReading);
    } catch (error) {
      complain(`cannot read ${queue}`, error);
    }
    await pause(RETRY_MILLISECONDS);
  }
}

async function answerWhileConnected(url: string, queue: string, handlers: Handlers, onReading: () => void) {
  const connection = await connect(url);
  const closed = new Promise((resolve) => connection.on("close", resolve));
  connection.on("error", (error) => complain("the broker is gone", error));
  try {
    const channel = await connection.createChannel();
    channel.on("error", (error) => complain(`the channel of ${queue} is closed`, error));
    // Durable, and without a word to the broker that a message has arrived: a message in work is lost with the process.
    await channel.assertQueue(queue, { durable: true });
    await channel.consume(queue, (message) => message && void answer(channel, message, handlers), { noAck: true });
    report(`reading ${queue}`);
    onReading();
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw error;
  }
  await closed;
  report(`no longer reading ${queue}`);
}

async function answer(channel: Channel, { content, properties }: Message, handlers: Handlers): Promise<void> {
  try {
    const { pattern, data, id } = decoded<Question>(content);
    const answered = await handled(handlers, pattern, data);
    if (properties.replyTo !== undefined) {
      const { correlationId } = properties;
      channel.sendToQueue(properties.replyTo, encoded({ ...answered, id }), { correlationId });
    }
  } catch (error) {
    complain("an answer could not be given", error);
  }
}

async function handled(handlers: Handlers, pattern: string, data: unknown): Promise<Answer> {
  try {
    const handler = handlers[pattern];
    if (handler === undefined) {
      throw new Error(`nothing here answers ${pattern}`);
    }
    return { response: await handler(data as never), isDisposed: true };
  } catch (error) {
    complain(`${pattern} failed`, error);
    return { err: messageOf(error), isDisposed: true };
  }
}

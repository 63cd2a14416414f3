import { randomUUID } from "node:crypto";
import { connect } from "amqplib";
import { complain } from "./report";
import { type Answer, decoded, encoded } from "./rpc";

const PATIENCE_MILLISECONDS = 30_000;

/**
 * Asks by a connection of its own, with a queue for the answer that the broker names.
 *
 * @throws Error when the other one says that it failed, or says nothing
 */
export async function askOnce<Response>(url: string, queue: string, pattern: string, data: unknown): Promise<Response> {
  const connection = await connect(url);
  connection.on("error", (error) => complain("the broker is gone", error));
  try {
    const channel = await connection.createChannel();
    channel.on("error", (error) => complain("the channel for a question is closed", error));
    await channel.assertQueue(queue);
    const { queue: replyTo } = await channel.assertQueue("", { exclusive: true });
    const id = randomUUID();
    const answer = await new Promise<Answer>((resolve, reject) => {
      setTimeout(() => reject(new Error(`${queue} did not answer`)), PATIENCE_MILLISECONDS).unref();
      channel
        .consume(replyTo, (message) => message && resolve(decoded(message.content)), { noAck: true })
        .catch(reject);
      channel.sendToQueue(queue, encoded({ pattern, data, id }), { correlationId: id, replyTo });
    });
    if (answer.err !== undefined) {
      throw new Error(`${queue}: ${pattern}: ${answer.err}`);
    }
    return answer.response as Response;
  } finally {
    await connection.close().catch((error: unknown) => complain("the connection of a question", error));
  }
}

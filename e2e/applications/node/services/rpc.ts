/** A question as it travels: the shape is that of Nest's RabbitMQ transport. */
export interface Question {
  readonly pattern: string;
  readonly data: unknown;
  /** Absent where no answer is wanted. */
  readonly id?: string;
}

/** An answer as it travels. */
export interface Answer {
  readonly id?: string;
  readonly response?: unknown;
  readonly err?: unknown;
  readonly isDisposed: boolean;
}

/** The queue without a queue by which the broker brings answers to whoever asked. */
export const DIRECT_REPLY = "amq.rabbitmq.reply-to";

/** What travels, as bytes. */
export function encoded(message: Question | Answer): Buffer {
  return Buffer.from(JSON.stringify(message));
}

/** What travelled. */
export function decoded<Kind extends Question | Answer>(content: Buffer): Kind {
  return JSON.parse(content.toString("utf8")) as Kind;
}

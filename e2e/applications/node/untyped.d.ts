// What the stand-ins use of two libraries that come without types.

declare module "amqplib" {
  import type { EventEmitter } from "node:events";

  export interface Message {
    readonly content: Buffer;
    readonly properties: { readonly correlationId?: string; readonly replyTo?: string };
  }

  export interface PublishOptions {
    readonly correlationId?: string;
    readonly replyTo?: string;
    readonly contentType?: string;
    readonly contentEncoding?: string;
    readonly deliveryMode?: number;
    readonly headers?: Readonly<Record<string, unknown>>;
  }

  export interface Channel extends EventEmitter {
    assertQueue(queue: string, options?: object): Promise<{ readonly queue: string }>;
    assertExchange(exchange: string, type: string, options?: object): Promise<unknown>;
    bindQueue(queue: string, exchange: string, pattern: string): Promise<unknown>;
    consume(queue: string, consumer: (message: Message | null) => void, options?: object): Promise<unknown>;
    sendToQueue(queue: string, content: Buffer, options?: PublishOptions): boolean;
    publish(exchange: string, routingKey: string, content: Buffer, options?: PublishOptions): boolean;
  }

  export interface Connection extends EventEmitter {
    createChannel(): Promise<Channel>;
    close(): Promise<void>;
  }

  export function connect(url: string): Promise<Connection>;
}

declare module "pg" {
  import { EventEmitter } from "node:events";

  export interface Settings {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
    readonly ssl: false | { readonly rejectUnauthorized: boolean };
    readonly max?: number;
    readonly connectionTimeoutMillis?: number;
  }

  export interface Result<Row> {
    readonly rows: readonly Row[];
  }

  export class Client {
    constructor(settings: Settings);
    connect(): Promise<void>;
    query<Row>(text: string, values?: readonly unknown[]): Promise<Result<Row>>;
    end(): Promise<void>;
  }

  export class Pool extends EventEmitter {
    constructor(settings: Settings);
    query<Row>(text: string, values?: readonly unknown[]): Promise<Result<Row>>;
  }
}

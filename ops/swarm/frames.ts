const HEADER_BYTES = 8;
const LENGTH_OFFSET = 4;

/** A piece of what a container wrote. */
export interface Frame {
  /** 1 for stdout, 2 for stderr, 3 for what Docker itself says. */
  readonly stream: number;
  readonly content: Buffer;
}

/**
 * The frames of Docker's multiplexed stream. dockerode's demuxStream takes the stream of Docker itself for the end of all
 * frames, and Swarm uses that where a container has no node.
 */
export async function* framesOf(chunks: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + rest.readUInt32BE(LENGTH_OFFSET);
      if (rest.length < end) {
        break;
      }
      yield { stream: rest.readUInt8(0), content: rest.subarray(HEADER_BYTES, end) };
      rest = rest.subarray(end);
    }
  }
}

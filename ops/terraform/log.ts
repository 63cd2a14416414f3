import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

const PAUSE_MILLISECONDS = 200;
const CHUNK_BYTES = 64 * 1024;

/**
 * The lines of a file that a program is writing, as they come.
 *
 * @param isOver whether the program ended: what it had written until then is the rest
 */
export async function* linesOf(path: string, isOver: () => boolean): AsyncGenerator<string> {
  const file = await open(path);
  const decoder = new TextDecoder();
  try {
    let begun = "";
    for (;;) {
      const over = isOver();
      const lines = (begun + decoder.decode(await restOf(file), { stream: true })).split("\n");
      begun = lines.pop() ?? "";
      yield* lines;
      if (over) {
        yield* begun === "" ? [] : [begun];
        return;
      }
      await sleep(PAUSE_MILLISECONDS);
    }
  } finally {
    await file.close();
  }
}

async function restOf(file: FileHandle): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK_BYTES));
    if (bytesRead === 0) {
      return Buffer.concat(parts);
    }
    parts.push(buffer.subarray(0, bytesRead));
  }
}

import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { Duplex } from "node:stream";

const LAST_WORDS = 3;

/** A program's standard input and output as one stream, which fails with what the program complains of. */
export class ProgramStream extends Duplex {
  private complaints = "";

  constructor(
    name: string,
    private readonly program: ChildProcessWithoutNullStreams,
  ) {
    super();
    program.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.complaints += text;
    });
    program.stdout.on("data", (chunk: Buffer) => {
      if (!this.push(chunk)) {
        program.stdout.pause();
      }
    });
    // That it ended says more than that nobody reads what is written.
    program.stdin.on("error", () => {});
    program.on("error", ({ message }) => this.destroy(new Error(`${name} cannot be run: ${message}`)));
    // Once it ended and everything was read.
    program.on("close", (exitCode) => {
      if (exitCode === 0) {
        this.push(null);
      } else {
        this.destroy(new Error(`${name} ended with ${exitCode}: ${this.lastWords()}`));
      }
    });
  }

  override _read(): void {
    this.program.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // Where nobody reads any more, the end of the program is what is told.
    this.program.stdin.write(chunk, () => done());
  }

  override _final(done: () => void): void {
    this.program.stdin.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.program.kill();
    done(error);
  }

  private lastWords(): string {
    return this.complaints.trim().split("\n").slice(-LAST_WORDS).join(" ").replaceAll("\r", "");
  }
}

const MEBIBYTE = 1024 * 1024;

/** An amount of memory. */
export class Memory {
  private constructor(readonly bytes: number) {}

  static mebibytes(amount: number): Memory {
    if (!Number.isInteger(amount) || amount <= 0) {
      throw new RangeError(`${amount} MiB of memory: write a whole number of MiB above 0`);
    }
    return new Memory(amount * MEBIBYTE);
  }
}

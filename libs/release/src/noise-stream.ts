import { createHmac } from 'node:crypto';

/** Uniform integers; the only source of chance of the sampler. */
export interface RandomIntegers {
  /**
   * @param bound at least 1.
   * @returns an integer from 0 to `bound` − 1, each equally probable.
   */
  below(bound: bigint): bigint;
}

const BLOCK_BYTES = 32;

/**
 * Pseudorandom integers for the noise of one cell: HMAC-SHA-256 of the release,
 * the cell and a counter under a secret key. A release id is random and is used
 * once, so no two cells share a stream.
 */
export class NoiseStream implements RandomIntegers {
  private block = Buffer.alloc(0);
  private at = 0;
  private counter = 0;

  constructor(
    private readonly key: Buffer,
    private readonly releaseId: string,
    private readonly cell: string,
  ) {}

  below(bound: bigint): bigint {
    const bits = bitLength(bound - 1n);
    // Rejects what is not below the bound. A remainder would favour small
    // integers.
    for (;;) {
      const drawn = this.bits(bits);
      if (drawn < bound) return drawn;
    }
  }

  private bits(count: number): bigint {
    const bytes = Math.ceil(count / 8);
    let value = 0n;
    for (let taken = 0; taken < bytes; taken += 1) value = (value << 8n) | BigInt(this.nextByte());
    return value >> BigInt(bytes * 8 - count);
  }

  private nextByte(): number {
    if (this.at === this.block.length) {
      // A line break separates the parts: ids have none, so two pairs of id and
      // cell never give one text.
      this.block = createHmac('sha256', this.key).update(`${this.releaseId}\n${this.counter}\n${this.cell}`).digest();
      this.counter += 1;
      this.at = 0;
    }
    const byte = this.block[this.at % BLOCK_BYTES] ?? 0;
    this.at += 1;
    return byte;
  }
}

const bitLength = (value: bigint): number => (value === 0n ? 0 : value.toString(2).length);

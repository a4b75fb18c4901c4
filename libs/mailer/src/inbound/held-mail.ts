import type { ByteBudget } from '#kernel';

/** Bytes of a mail that count to the budget of beginnings. */
const HEAD_BYTES = 256 * 1024;

/** A mail that is being received, within two budgets of memory. */
export class HeldMail {
  private readonly pieces: Buffer[] = [];
  private readonly held = { head: 0, rest: 0 };
  /** There was no room for all of it. */
  isRefused = false;

  /**
   * @param heads the budget of the first 256 KB of each mail.
   * @param rests the budget of what comes after.
   * @param network that holds the bytes.
   */
  constructor(
    private readonly heads: ByteBudget,
    private readonly rests: ByteBudget,
    readonly network: string,
  ) {}

  /** Keeps a piece, or gives up the whole mail if there is no room for it. */
  add(piece: Buffer): void {
    if (this.isRefused) return;
    const head = Math.min(piece.length, HEAD_BYTES - this.held.head);
    const rest = piece.length - head;
    const fits = this.heads.reserve(this.network, head);
    if (fits) this.held.head += head;
    if (fits && this.rests.reserve(this.network, rest)) {
      this.held.rest += rest;
      this.pieces.push(piece);
      return;
    }
    this.isRefused = true;
    this.release();
  }

  /** The mail. Its pieces are dropped, so that it is in memory only once. */
  bytes(): Buffer {
    const bytes = Buffer.concat(this.pieces);
    this.pieces.length = 0;
    return bytes;
  }

  /** Gives back all that it holds. */
  release(): void {
    this.heads.release(this.network, this.held.head);
    this.rests.release(this.network, this.held.rest);
    this.held.head = 0;
    this.held.rest = 0;
    this.pieces.length = 0;
  }
}

/** Bytes that a budget allows, in all and for each holder. */
export interface ByteLimits {
  readonly total: number;
  readonly perHolder: number;
}

/**
 * Counts what callers make this process hold before it knows whether the input
 * is of any use. Limits of connections or requests do not bound memory: what a
 * caller has sent stays until it is worked off, also if the caller leaves.
 */
export class ByteBudget {
  private held = 0;
  private readonly holders = new Map<string, number>();

  constructor(private readonly limits: ByteLimits) {}

  /**
   * @param holder a network or an organisation.
   * @returns whether the bytes fit. If they do, the caller must release them.
   */
  reserve(holder: string, bytes: number): boolean {
    const own = (this.holders.get(holder) ?? 0) + bytes;
    if (this.held + bytes > this.limits.total || own > this.limits.perHolder) return false;
    this.held += bytes;
    this.holders.set(holder, own);
    return true;
  }

  /** Gives back what `reserve` has granted. */
  release(holder: string, bytes: number): void {
    const left = (this.holders.get(holder) ?? 0) - bytes;
    this.held -= bytes;
    if (left > 0) this.holders.set(holder, left);
    else this.holders.delete(holder);
  }

  /** Bytes that are held now. */
  get heldBytes(): number {
    return this.held;
  }
}

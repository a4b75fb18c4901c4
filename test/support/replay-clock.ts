import { AdjustableClock } from '#kernel';

/**
 * Can go back, so that two worlds of one game happen at the same moments.
 * Unlike the product's clock it stands still until it is moved, unless it runs.
 */
export class ReplayClock extends AdjustableClock {
  private at = Date.now();
  private setAtMs = performance.now();

  constructor(private readonly runs = false) {
    super();
  }

  override now(): Date {
    return new Date(this.runs ? this.at + performance.now() - this.setAtMs : this.at);
  }

  override get aheadMs(): number {
    return this.now().getTime() - Date.now();
  }

  override advance(byMs: number): Date {
    return this.returnTo(new Date(this.now().getTime() + byMs));
  }

  returnTo(moment: Date): Date {
    this.at = moment.getTime();
    this.setAtMs = performance.now();
    return this.now();
  }
}

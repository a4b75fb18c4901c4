/** What happens when, in order of time; of the same moment, in the order in which it was added. */
export class Agenda {
  private readonly entries: { readonly at: Date; readonly perform: () => Promise<void> }[] = [];

  add(at: Date, perform: () => Promise<void>): void {
    const behind = this.entries.findIndex((entry) => entry.at > at);
    this.entries.splice(behind === -1 ? this.entries.length : behind, 0, { at, perform });
  }

  /** Null: nothing is left. */
  get nextAt(): Date | null {
    return this.entries[0]?.at ?? null;
  }

  async performNext(): Promise<void> {
    await this.entries.shift()?.perform();
  }
}

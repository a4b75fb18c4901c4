/** Gives back the least first, whatever the order in which things come (a binary heap). */
export class Heap<T> {
  private readonly items: T[] = [];

  /** @param compare negative where the first of both comes first. */
  constructor(private readonly compare: (a: T, b: T) => number) {}

  push(item: T): void {
    const { items } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.isBefore(at, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  /** Takes the least out; undefined when there is nothing. */
  pop(): T | undefined {
    const { items } = this;
    const [least] = items;
    const last = items.pop();
    if (items.length === 0 || last === undefined) return least;
    items[0] = last;
    for (let at = 0; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < items.length && this.isBefore(child, least)) least = child;
      if (least === at) break;
      this.swap(at, least);
      at = least;
    }
    return least;
  }

  private isBefore(a: number, b: number): boolean {
    return this.compare(this.items[a] as T, this.items[b] as T) < 0;
  }

  private swap(a: number, b: number): void {
    [this.items[a], this.items[b]] = [this.items[b] as T, this.items[a] as T];
  }
}

import type { SourceProblem } from '#kernel';

/** What the place of a field is told when the field itself could not be read: it follows from that, and is no mistake of its own. */
const CONSEQUENCES = new Set(['href-literal', 'mjml', 'picture-foreign', 'picture-missing', 'style-refused']);

/** Turns offsets of one source into lines and columns, and collects its problems. */
export class SourceReport {
  readonly problems: SourceProblem[] = [];
  private readonly unreadable = new Set<number>();
  private readonly lineStarts: number[];
  private readonly noted = new Map<string, SourcePosition>();
  private readonly meant = new Set<string>();

  constructor(
    readonly file: string,
    source: string,
  ) {
    this.lineStarts = [0, ...[...source.matchAll(/\n/g)].map((match) => match.index + 1)];
  }

  error(code: string, at: number | SourcePosition | null, message: string, wayOut: string): void {
    this.add('error', code, at, message, wayOut);
  }

  warning(code: string, at: number | SourcePosition | null, message: string, wayOut: string): void {
    this.add('warning', code, at, message, wayOut);
  }

  get failed(): boolean {
    return this.problems.some(({ severity }) => severity === 'error');
  }

  /** Something in this line could not be read and is missing from what comes after: consequences of that are not told. */
  suppressConsequences(at: number | SourcePosition): void {
    this.unreadable.add((typeof at === 'number' ? this.positionAt(at) : at).line);
  }

  /** Remembers where something first stands, for problems that are found when the source is no longer at hand. */
  recordPosition(what: string, place: SourcePosition): void {
    if (!this.noted.has(what)) this.noted.set(what, place);
  }

  /** Remembers what an author probably meant by something that is told already: that it is missing follows from that. */
  markAsReported(what: string): void {
    this.meant.add(what);
  }

  isReported(what: string): boolean {
    return this.meant.has(what);
  }

  /** Where it was noted; null when the author did not write it. */
  recordedPosition(what: string): SourcePosition | null {
    return this.noted.get(what) ?? null;
  }

  /** 1-based line and column of an offset. */
  positionAt(offset: number): SourcePosition {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.lineStarts[low] ?? 0) + 1 };
  }

  private add(
    severity: 'error' | 'warning',
    code: string,
    at: number | SourcePosition | null,
    message: string,
    wayOut: string,
  ): void {
    // What the author did not write is missing from the whole file, which begins here.
    const place = typeof at === 'number' ? this.positionAt(at) : (at ?? { line: 1, column: 1 });
    if (CONSEQUENCES.has(code) && this.unreadable.has(place.line)) return;
    if (this.problems.some((known) => known.code === code && known.line === place.line && known.message === message))
      return;
    this.problems.push({
      code,
      severity,
      file: this.file,
      line: place.line,
      column: place.column,
      message,
      wayOut,
    });
  }
}

/** 1-based. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

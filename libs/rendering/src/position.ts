import type { SourceProblem } from '#kernel';

/**
 * Problems that follow from a field that could not be read. They are not
 * reported on their own.
 */
const CONSEQUENCES = new Set(['href-literal', 'mjml', 'picture-foreign', 'picture-missing', 'style-refused']);

/**
 * Converts offsets of one source to lines and columns, and collects its
 * problems.
 */
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

  error(code: string, at: number | SourcePosition | null, message: string, remedy: string): void {
    this.add('error', code, at, message, remedy);
  }

  warning(code: string, at: number | SourcePosition | null, message: string, remedy: string): void {
    this.add('warning', code, at, message, remedy);
  }

  get failed(): boolean {
    return this.problems.some(({ severity }) => severity === 'error');
  }

  /**
   * Marks a line with an unreadable part. Consequences of that are not
   * reported.
   */
  suppressConsequences(at: number | SourcePosition): void {
    this.unreadable.add((typeof at === 'number' ? this.positionAt(at) : at).line);
  }

  /**
   * Records the first position of a name, for problems that are found without
   * the source.
   */
  recordPosition(what: string, place: SourcePosition): void {
    if (!this.noted.has(what)) this.noted.set(what, place);
  }

  /**
   * Records a name that was already reported as misspelt, so that it is not
   * also reported as missing.
   */
  markAsReported(what: string): void {
    this.meant.add(what);
  }

  isReported(what: string): boolean {
    return this.meant.has(what);
  }

  /** The recorded position; null if the author did not write it. */
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
    remedy: string,
  ): void {
    // A problem of a missing part concerns the whole file, which starts here.
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
      remedy,
    });
  }
}

/** 1-based. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

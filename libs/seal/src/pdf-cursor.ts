/** The bytes of a document differ from the expected ones at an offset. */
export class PdfMismatch extends Error {
  override readonly name = 'PdfMismatch';

  constructor(
    readonly offset: number,
    readonly expected: string,
    readonly found: string,
    message: string,
  ) {
    super(message);
  }
}

/** Reads bytes from the start. Unexpected bytes throw PdfMismatch. */
export class PdfCursor {
  constructor(
    private readonly bytes: Buffer,
    private position: number,
  ) {}

  get offset(): number {
    return this.position;
  }

  at(text: string): boolean {
    return this.bytes.toString('latin1', this.position, this.position + text.length) === text;
  }

  expect(text: string): void {
    const found = this.bytes.toString('latin1', this.position, this.position + text.length);
    if (found !== text) {
      const same = [...text].findIndex((char, at) => found[at] !== char);
      throw new PdfMismatch(
        this.position + same,
        text.slice(same),
        found.slice(same),
        'The revision is not in the required form.',
      );
    }
    this.position += text.length;
  }

  /** Reads a number without leading zeros, and the text after it. */
  number(then: string): number {
    const digits = /^[1-9]\d{0,9}/.exec(this.bytes.toString('latin1', this.position, this.position + 10))?.[0];
    if (digits === undefined) this.expect(`a number${then}`);
    this.position += digits?.length ?? 0;
    this.expect(then);
    return Number(digits);
  }

  /** Reads up to the next line feed, and skips it. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.position);
    if (end === -1) throw new PdfMismatch(this.position, 'a line', '', 'The revision ends in the middle of an object.');
    const line = this.bytes.toString('latin1', this.position, end);
    this.position = end + 1;
    return line;
  }

  readBytes(length: number): Buffer {
    const taken = this.bytes.subarray(this.position, this.position + length);
    if (taken.length < length)
      throw new PdfMismatch(
        this.position,
        `${length} bytes`,
        `${taken.length} bytes`,
        'A stream of the revision is cut off.',
      );
    this.position += length;
    return taken;
  }

  expectEnd(): void {
    if (this.position === this.bytes.length) return;
    const found = this.bytes.toString('latin1', this.position, this.position + 80);
    throw new PdfMismatch(this.position, 'the end of the file', found, 'There are bytes after the revision.');
  }
}

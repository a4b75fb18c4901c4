import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFPage, PDFRawStream, PDFRef } from 'pdf-lib';

/**
 * Objects that a forger writes anew, by their number: a dictionary's text, or a
 * dictionary and a stream.
 */
export type Forged = Readonly<Record<number, string | { readonly entries: string; readonly stream: string }>>;

/** A document as a forger sees it: its objects by number, and room for more. */
export class Victim {
  private constructor(
    readonly bytes: Buffer,
    private readonly document: PDFDocument,
  ) {}

  static async parse(bytes: Buffer): Promise<Victim> {
    return new Victim(bytes, await PDFDocument.load(bytes, { updateMetadata: false }));
  }

  get pages(): readonly PDFPage[] {
    return this.document.getPages();
  }

  /** The first of the numbers that no object has. */
  get free(): number {
    return this.document.context.largestObjectNumber + 1;
  }

  get root(): number {
    return this.numberOf(this.document.context.trailerInfo.Root);
  }

  get info(): number {
    return this.numberOf(this.document.context.trailerInfo.Info);
  }

  /** What the document does when it is opened. */
  get opening(): string {
    return String(this.document.catalog.lookup(PDFName.of('OpenAction')));
  }

  get pageTree(): number {
    return this.numberOf(this.document.catalog.get(PDFName.of('Pages')));
  }

  pageNumber(at: number): number {
    return this.numberOf(this.pages[at]?.ref);
  }

  numberOf(reference: unknown): number {
    if (!(reference instanceof PDFRef)) throw new Error('The document is not made as this forgery needs it.');
    return reference.objectNumber;
  }

  /** A page's content streams. */
  contents(at: number): number[] {
    const contents = this.pages[at]?.node.get(PDFName.of('Contents'));
    return contents instanceof PDFArray ? contents.asArray().map((item) => this.numberOf(item)) : [];
  }

  /** The vendor's fonts of a page. */
  fonts(at: number): number[] {
    const fonts = this.pages[at]?.node.Resources()?.lookup(PDFName.of('Font'), PDFDict).entries() ?? [];
    return fonts.filter(([name]) => !name.toString().startsWith('/TcF')).map(([, font]) => this.numberOf(font));
  }

  /** What draws the letters of a page's composite fonts. */
  descendants(at: number): number[] {
    return this.fonts(at).map((object) => {
      const font = this.document.context.lookup(PDFRef.of(object), PDFDict);
      return this.numberOf(font.lookup(PDFName.of('DescendantFonts'), PDFArray).get(0));
    });
  }

  /** A stream's bytes as they stand. */
  streamOf(object: number): Buffer {
    const found = this.document.context.lookup(PDFRef.of(object));
    return found instanceof PDFRawStream ? Buffer.from(found.contents) : Buffer.alloc(0);
  }

  /**
   * An object's dictionary with some entries written over; null takes one away.
   */
  with(object: number, entries: Readonly<Record<string, string | null>>): string {
    const found = this.document.context.lookup(PDFRef.of(object));
    const dict = found instanceof PDFRawStream ? found.dict : found;
    const kept = new Map(
      dict instanceof PDFDict
        ? dict.entries().map(([name, value]) => [name.toString().slice(1), value.toString()])
        : [],
    );
    for (const [name, value] of Object.entries(entries))
      if (value === null) kept.delete(name);
      else kept.set(name, value);
    return `<< ${[...kept].map(([name, value]) => `/${name} ${value}`).join(' ')} >>`;
  }

  /** A page with some of its resources written over, by category. */
  pageWithResources(at: number, more: Readonly<Record<string, string>>, entries: Record<string, string> = {}): string {
    const resources = this.pages[at]?.node.Resources()?.toString() ?? '<< >>';
    const merged = `<< ${resources.trim().slice(2, -2)} ${Object.entries(more)
      .map(([category, value]) => `/${category} ${value}`)
      .join(' ')} >>`;
    return this.with(this.pageNumber(at), { ...entries, Resources: merged });
  }

  /**
   * The bytes with one more revision (ISO 32000-2, 7.5.6), as any editor that
   * saves incrementally writes it.
   */
  append(objects: Forged, by: 'table' | 'stream' | 'hybrid' = 'table', trailer = ''): Buffer {
    if (by === 'stream') return this.appendStream(objects, trailer);
    const { text, offsets } = this.written(objects);
    let out = text;
    // What a hybrid file hides from old readers stands in its stream alone
    // (7.5.8.4).
    const hidden = by === 'hybrid' ? this.crossReference(offsets, out, ` /Prev ${this.lastXref}`) : null;
    if (hidden !== null) out += hidden.text;
    const xref = this.bytes.length + out.length;
    const rows =
      hidden === null
        ? Object.entries(offsets).map(([object, at]) => `${object} 1\n${String(at).padStart(10, '0')} 00000 n \n`)
        : ['0 1\n0000000000 65535 f \n'];
    const stream = hidden === null ? '' : ` /XRefStm ${hidden.at}`;
    out += `xref\n${rows.join('')}trailer\n<< /Size ${this.free + 40} /Root ${this.root} 0 R /Info ${this.info} 0 R /Prev ${this.lastXref}${stream}${trailer} >>\nstartxref\n${xref}\n%%EOF\n`;
    return Buffer.concat([this.bytes, Buffer.from(out, 'latin1')]);
  }

  private written(objects: Forged): { text: string; offsets: Record<number, number> } {
    let text = '';
    const offsets: Record<number, number> = {};
    for (const [object, body] of Object.entries(objects)) {
      offsets[Number(object)] = this.bytes.length + text.length;
      text +=
        typeof body === 'string'
          ? `${object} 0 obj\n${body}\nendobj\n`
          : `${object} 0 obj\n<< ${body.entries} /Length ${body.stream.length} >>\nstream\n${body.stream}\nendstream\nendobj\n`;
    }
    return { text, offsets };
  }

  /**
   * Dictionaries packed into an object stream, found by a cross-reference
   * stream alone (7.5.7 and 7.5.8).
   */
  private appendStream(objects: Forged, trailer: string): Buffer {
    const plain = Object.entries(objects).filter(([, body]) => typeof body === 'string') as [string, string][];
    const streams = Object.fromEntries(Object.entries(objects).filter(([, body]) => typeof body !== 'string'));
    const { text, offsets } = this.written(streams);
    const holder = this.free + 30;
    let bodies = '';
    const index = plain.map(([object, body]) => {
      const entry = `${object} ${bodies.length} `;
      bodies += `${body} `;
      return entry;
    });
    const head = index.join('');
    const packed = {
      entries: `/Type /ObjStm /N ${plain.length} /First ${head.length}`,
      stream: head + bodies,
    };
    const at = this.bytes.length + text.length;
    const held = `${holder} 0 obj\n<< ${packed.entries} /Length ${packed.stream.length} >>\nstream\n${packed.stream}\nendstream\nendobj\n`;
    const within = Object.fromEntries(plain.map(([object], place) => [object, [holder, place] as const]));
    const table = this.crossReference(
      { ...offsets, [holder]: at },
      text + held,
      ` /Root ${this.root} 0 R /Info ${this.info} 0 R /Prev ${this.lastXref}${trailer}`,
      within,
    );
    const out = `${text}${held}${table.text}startxref\n${table.at}\n%%EOF\n`;
    return Buffer.concat([this.bytes, Buffer.from(out, 'latin1')]);
  }

  private crossReference(
    offsets: Readonly<Record<number, number>>,
    before: string,
    entries: string,
    within: Readonly<Record<string, readonly [holder: number, place: number]>> = {},
  ): { readonly text: string; readonly at: number } {
    const object = this.free + 31;
    const at = this.bytes.length + before.length;
    const rows = new Map<number, Buffer>();
    const row = (kind: number, second: number, third: number): Buffer => {
      const bytes = Buffer.alloc(7);
      bytes.writeUInt8(kind, 0);
      bytes.writeUInt32BE(second, 1);
      bytes.writeUInt16BE(third, 5);
      return bytes;
    };
    for (const [one, offset] of Object.entries({ ...offsets, [object]: at })) rows.set(Number(one), row(1, offset, 0));
    for (const [one, [holder, place]] of Object.entries(within)) rows.set(Number(one), row(2, holder, place));
    const numbers = [...rows.keys()].sort((a, b) => a - b);
    const data = Buffer.concat(numbers.map((one) => rows.get(one) ?? Buffer.alloc(0))).toString('latin1');
    const ranges = numbers.map((one) => `${one} 1`).join(' ');
    const text = `${object} 0 obj\n<< /Type /XRef /Size ${this.free + 40} /W [1 4 2] /Index [${ranges}]${entries} /Length ${data.length} >>\nstream\n${data}\nendstream\nendobj\n`;
    return { text, at };
  }

  private get lastXref(): number {
    return Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(this.bytes.toString('latin1'))?.[1]);
  }
}

import { SaxesParser, type SaxesTagNS } from 'saxes';
import { DomainError, messageOf } from '#kernel';
import { refusal } from './refusal.js';
import { XLIFF_NAMESPACE } from './write-xliff.js';
import { xmlText } from './xml-bytes.js';

const OLD_NAMESPACE = /^urn:oasis:names:tc:xliff:document:1\./;
const MOST_UNITS = 10_000;
const MOST_DEPTH = 60;
const MOST_CODES = 2_000;

type UnitState = 'initial' | 'translated' | 'reviewed' | 'final';
/** From the least finished one. */
const STATES: readonly UnitState[] = ['initial', 'translated', 'reviewed', 'final'];

/** A text and its translation, with inline codes as text again. */
export interface XliffUnit {
  readonly id: string;
  readonly name: string | null;
  readonly line: number;
  readonly source: string;
  /** Null if a segment has no target. */
  readonly target: string | null;
  /** That of the least finished segment. */
  readonly state: UnitState;
  readonly subState: string | null;
  /** Codes without original data, by their ids. */
  readonly unknownCodes: readonly string[];
}

export interface XliffDocument {
  readonly version: string;
  readonly sourceLocale: string;
  readonly locale: string | null;
  /** `original` of each file: names of campaigns. */
  readonly originals: readonly string[];
  readonly units: readonly XliffUnit[];
}

/**
 * Reads XLIFF 2.0 and 2.1: files that translation tools have re-ordered,
 * segmented and annotated, too. Document types and entities are refused.
 * @throws DomainError `xliff.unreadable` with `line`, `xliff.doctype`,
 *   `xliff.version`, `xliff.other-format`, `xliff.encoding`,
 *   `xliff.too-large`, `xliff.order`.
 */
export function readXliff(bytes: Uint8Array): XliffDocument {
  const text = xmlText(bytes);
  const parser = new SaxesParser({ xmlns: true, position: true });
  const reading = new Reading(() => parser.line);
  parser.on('doctype', () => {
    throw refusal(
      'doctype',
      'The file declares a document type. XLIFF has none: remove the line that begins with <!DOCTYPE.',
    );
  });
  parser.on('error', (error) => {
    throw refusal(
      'unreadable',
      `The file is not well-formed XML in line ${parser.line}: ${messageOf(error).replaceAll(/^\d+:\d+: |\.$/g, '')}. Export it again.`,
      {
        line: parser.line,
      },
    );
  });
  parser.on('opentag', (tag) => reading.open(tag));
  parser.on('closetag', () => reading.close());
  parser.on('text', (words) => reading.say(words));
  parser.on('cdata', (words) => reading.say(words));
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw refusal('unreadable', `The file cannot be read: ${messageOf(error)}. Export it again.`);
  }
  return reading.document();
}

interface OpenElement {
  readonly name: string;
  readonly tag: SaxesTagNS;
}

interface Piece {
  readonly kind: 'words' | 'code';
  /** Words, or the id of original data. */
  readonly text: string;
  /** Of a code: its id in the unit, and which of its two ends it is. */
  readonly code?: { readonly id: string; readonly end: 'only' | 'start' | 'end' };
}

interface Segment {
  readonly isIgnorable: boolean;
  readonly state: UnitState;
  readonly subState: string | null;
  source: Piece[];
  target: Piece[] | null;
  /** Place of the target among those of the unit, from 1; null: that of the segment. */
  order: string | null;
}

interface OpenUnit {
  readonly id: string;
  readonly name: string | null;
  readonly line: number;
  readonly data: Map<string, string>;
  readonly segments: Segment[];
  /** Codes of `<sc>` by id, for its `<ec>`. */
  readonly started: Map<string, string>;
}

class Reading {
  private readonly path: OpenElement[] = [];
  private readonly units: XliffUnit[] = [];
  private readonly originals: string[] = [];
  private head: Pick<XliffDocument, 'version' | 'sourceLocale' | 'locale'> | null = null;
  private unit: OpenUnit | null = null;
  private dataId: string | null = null;
  /** What `<source>` or `<target>` contains so far. */
  private pieces: Piece[] | null = null;
  /** Depth of an element of another module, whose words are no text. */
  private foreign = 0;

  constructor(private readonly line: () => number) {}

  document(): XliffDocument {
    if (this.head === null) throw otherFormat();
    return { ...this.head, originals: this.originals, units: this.units };
  }

  open(tag: SaxesTagNS): void {
    if (this.path.length >= MOST_DEPTH) throw tooLarge(`elements are nested more than ${MOST_DEPTH} deep`);
    const name = tag.uri === XLIFF_NAMESPACE ? tag.local : '';
    this.path.push({ name, tag });
    if (this.head === null) {
      this.openDocument(tag, name);
      return;
    }
    if (name === '' || this.foreign > 0) {
      this.foreign += 1;
      return;
    }
    if (name === 'file') this.originals.push(valueOf(tag, 'original') ?? '');
    if (name === 'unit') this.openUnit(tag);
    if (this.unit === null) return;
    if (name === 'data') this.dataId = valueOf(tag, 'id') ?? '';
    if (name === 'segment' || name === 'ignorable') this.openSegment(tag, name === 'ignorable');
    if (name === 'source' || name === 'target') this.pieces = [];
    if (this.pieces !== null) this.openInline(tag, name);
  }

  close(): void {
    const element = this.path.pop();
    if (element === undefined) return;
    if (this.foreign > 0) {
      this.foreign -= 1;
      return;
    }
    const { unit } = this;
    if (unit === null) return;
    if (element.name === 'data') this.dataId = null;
    if (element.name === 'pc') this.addCode(element.tag, 'end', valueOf(element.tag, 'dataRefEnd'));
    const segment = unit.segments.at(-1);
    if (element.name === 'source' && segment !== undefined) segment.source = this.pieces ?? [];
    if (element.name === 'target' && segment !== undefined) {
      segment.target = this.pieces ?? [];
      segment.order = valueOf(element.tag, 'order');
    }
    if (element.name === 'source' || element.name === 'target') this.pieces = null;
    if (element.name === 'unit') this.closeUnit(unit);
  }

  say(words: string): void {
    if (this.foreign > 0) return;
    if (this.dataId !== null) this.unit?.data.set(this.dataId, (this.unit.data.get(this.dataId) ?? '') + words);
    else this.pieces?.push({ kind: 'words', text: words });
  }

  private openDocument(tag: SaxesTagNS, name: string): void {
    if (tag.local === 'xliff' && OLD_NAMESPACE.test(tag.uri)) throw oldVersion(valueOf(tag, 'version') ?? '1.2');
    if (tag.local === 'xliff' && valueOf(tag, 'version')?.startsWith('1.') === true)
      throw oldVersion(valueOf(tag, 'version') ?? '1.2');
    if (name !== 'xliff') throw otherFormat();
    const version = valueOf(tag, 'version') ?? '';
    if (!version.startsWith('2.')) throw oldVersion(version);
    this.head = { version, sourceLocale: valueOf(tag, 'srcLang') ?? '', locale: valueOf(tag, 'trgLang') };
  }

  private openUnit(tag: SaxesTagNS): void {
    if (this.units.length >= MOST_UNITS) throw tooLarge(`it has more than ${MOST_UNITS} units`);
    this.unit = {
      id: valueOf(tag, 'id') ?? '',
      name: valueOf(tag, 'name'),
      line: this.line(),
      data: new Map(),
      segments: [],
      started: new Map(),
    };
  }

  private openSegment(tag: SaxesTagNS, isIgnorable: boolean): void {
    const said = valueOf(tag, 'state') ?? 'initial';
    const state = STATES.find((one) => one === said) ?? 'initial';
    this.unit?.segments.push({
      isIgnorable,
      state,
      subState: valueOf(tag, 'subState'),
      source: [],
      target: null,
      order: null,
    });
  }

  private openInline(tag: SaxesTagNS, name: string): void {
    if (name === 'ph') this.addCode(tag, 'only', valueOf(tag, 'dataRef'));
    if (name === 'pc') this.addCode(tag, 'start', valueOf(tag, 'dataRefStart'));
    if (name === 'sc') this.addCode(tag, 'start', valueOf(tag, 'dataRef'));
    if (name === 'ec') this.addCode(tag, 'end', valueOf(tag, 'dataRef'));
    if (name === 'cp') {
      const code = Number.parseInt(valueOf(tag, 'hex') ?? '', 16);
      this.pieces?.push({ kind: 'words', text: code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '' });
    }
  }

  private addCode(tag: SaxesTagNS, end: 'only' | 'start' | 'end', data: string | null): void {
    if ((this.pieces?.length ?? 0) > MOST_CODES) throw tooLarge(`a text has more than ${MOST_CODES} codes`);
    const id = valueOf(tag, 'startRef') ?? valueOf(tag, 'copyOf') ?? valueOf(tag, 'id') ?? '';
    this.pieces?.push({ kind: 'code', text: data ?? '', code: { id, end } });
  }

  private closeUnit(unit: OpenUnit): void {
    const segments = unit.segments.filter(({ isIgnorable }) => !isIgnorable);
    const unknown: string[] = [];
    const codes = codesIn(unit);
    const textOf = (pieces: readonly Piece[]): string =>
      pieces.map((piece) => (piece.kind === 'words' ? piece.text : resolved(piece, unit, codes, unknown))).join('');
    const isWhole = segments.length > 0 && segments.every(({ target }) => target !== null);
    const state = STATES.find((one) => segments.some((segment) => segment.state === one)) ?? 'initial';
    this.units.push({
      id: unit.id,
      name: unit.name,
      line: unit.line,
      source: unit.segments.map(({ source }) => textOf(source)).join(''),
      target: isWhole
        ? inTargetOrder(unit)
            // What is between segments is the same in both languages.
            .map(({ source, target }) => textOf(target ?? source))
            .join('')
        : null,
      state,
      subState: segments.find((segment) => segment.state === state)?.subState ?? null,
      unknownCodes: unknown,
    });
    this.unit = null;
  }
}

/** Segments in the order of their targets. A language may need another one than the source. */
function inTargetOrder({ segments, line, name, id }: OpenUnit): Segment[] {
  const ordered: Segment[] = [];
  for (const [index, segment] of segments.entries()) {
    const place = segment.order === null ? index + 1 : Number(segment.order);
    if (!Number.isInteger(place) || place < 1 || place > segments.length || ordered[place - 1] !== undefined)
      throw refusal(
        'order',
        `The unit "${name ?? id}" in line ${line} has segments whose order is not clear: each target needs its own place from 1 to ${segments.length}. Join the segments in your translation tool, and export the file again.`,
        { line, unit: name ?? id },
      );
    ordered[place - 1] = segment;
  }
  return ordered;
}

/** Ids of the original data of each code of a unit's sources: `3 start` → `d2`. */
function codesIn({ segments }: OpenUnit): Map<string, string> {
  const pieces = segments.flatMap(({ source }) => source);
  return new Map(
    pieces.flatMap(({ text, code }) => (code === undefined || text === '' ? [] : [[`${code.id} ${code.end}`, text]])),
  );
}

/** The text of a code: its original data, or that of the code of its id in the source. */
function resolved(
  { text, code }: Piece,
  { data }: OpenUnit,
  codes: ReadonlyMap<string, string>,
  unknown: string[],
): string {
  const id = text === '' ? codes.get(`${code?.id ?? ''} ${code?.end ?? ''}`) : text;
  const original = id === undefined ? undefined : data.get(id);
  if (original === undefined) unknown.push(code?.id ?? '');
  return original ?? '';
}

const valueOf = (tag: SaxesTagNS, name: string): string | null => tag.attributes[name]?.value ?? null;

const oldVersion = (version: string): DomainError =>
  refusal(
    'version',
    `The file is XLIFF ${version}. Export it as XLIFF 2.1 or 2.0 in your translation tool, and import it again.`,
    { version },
  );
const otherFormat = (): DomainError =>
  refusal(
    'other-format',
    'The file is not XLIFF: its first element is not <xliff> of version 2. Choose the .xlf file from your translator.',
  );
const tooLarge = (why: string): DomainError =>
  refusal('too-large', `The file cannot be imported: ${why}. Import the file that was exported here.`);

import { type PartKind, partKindOf } from './describe.js';
import { type Hole, isHole, isLock, isWhen, type Master, type Program, type WhenNode } from './master.js';

/** Elements whose text is not displayed, or that cannot contain elements. */
const OPAQUE = new Set(['head', 'title', 'style', 'script', 'textarea', 'select']);
const PICTURE_SLOT = /^slot\.[a-z0-9-]+\.picture$/;
const BLANK = /^(?:\s|&(?:nbsp|zwnj|#\d+);)*$/;
const TAG_NAME = /^<\/?([a-z][a-z0-9-]*)/i;

const COLOURS: Readonly<Record<PartKind, { readonly surface: string; readonly line: string }>> = {
  locked: { surface: '#dbe4ff', line: '#4263eb' },
  slot: { surface: '#fff3bf', line: '#e67700' },
  brand: { surface: '#c3fae8', line: '#099268' },
  recipient: { surface: '#f3d9fa', line: '#ae3ec9' },
};

const STYLE = `<style>${Object.entries(COLOURS)
  .map(
    ([kind, { surface, line }]) =>
      `[data-part=${kind}]{background:${surface}!important;color:#212529!important;outline:1px solid ${line}!important}img[data-part=${kind}]{outline-width:3px!important}`,
  )
  .join('')}</style>`;

/**
 * The master with coloured parts, by who fills them: for a screen, never for a
 * recipient.
 * Marks text and pictures in the tree. Comments, styles and attributes are
 * unchanged.
 */
export function markParts(master: Master): Master {
  return { ...master, html: new OverlayRenderer(master.holes, PARTS).render(master.html) };
}

/**
 * The master with each slot in a `span` with its name in `data-slot`, for
 * editing texts in place.
 */
export function markSlots(master: Master): Master {
  return { ...master, html: new OverlayRenderer(master.holes, SLOTS).render(master.html) };
}

/** Attributes for each kind of part. null marks nothing. */
interface PartAttributes {
  readonly text: string | null;
  readonly value: (hole: Hole) => string | null;
  /** @param slot by which partners exchange it; null: none. */
  readonly picture: (hole: Hole, slot: string | null) => string | null;
  readonly style: string;
}

const PARTS: PartAttributes = {
  text: 'data-part="locked"',
  value: (hole) => `data-part="${partKindOf(hole)}"`,
  picture: (hole) => `data-part="${partKindOf(hole)}"`,
  style: STYLE,
};
const SLOTS: PartAttributes = {
  text: null,
  value: ({ type, path }) => (type === 'slot' ? `data-slot="${path.slice('slot.'.length)}"` : null),
  picture: (_, slot) => (slot === null ? null : `data-slot="${slot}"`),
  style: '',
};

/** Markup before and after a marked part. */
const around = (attribute: string | null): readonly [string, string] =>
  attribute === null ? ['', ''] : [`<span ${attribute}>`, '</span>'];

/** Follows the well-formed bytes of a compiled master through text and tags. */
class OverlayRenderer {
  private place: 'text' | 'tag' | 'comment' = 'text';
  private quote: '"' | "'" | null = null;
  /** The current tag, including the holes in it. */
  private tag = '';
  /** The marker of the picture in this tag. */
  private picture: string | null = null;
  /** The slot of the picture that is here in two forms, the vendor's and the partner's. */
  private exchanged: string | null = null;
  /** The opaque element that is currently open. */
  private opaque: string | null = null;

  constructor(
    private readonly holes: readonly Hole[],
    private readonly palette: PartAttributes,
  ) {}

  render(program: Program): Program {
    return program.flatMap((node) => {
      if (typeof node === 'string') return [this.literal(node)];
      if (isHole(node)) return this.hole(node.hole);
      if (isLock(node)) return [{ ...node, body: this.render(node.body) }];
      if (isWhen(node)) return [this.when(node)];
      return [node];
    });
  }

  private when(node: WhenNode): WhenNode {
    const before = this.exchanged;
    const path = Object.keys(node.when).find((one) => PICTURE_SLOT.test(one));
    if (path !== undefined) this.exchanged = path.slice('slot.'.length);
    const rendered = { ...node, body: this.render(node.body), otherwise: this.render(node.otherwise) };
    this.exchanged = before;
    return rendered;
  }

  private hole(number: number): Program {
    const hole = this.holes[number];
    if (hole === undefined) return [{ hole: number }];
    if (this.place === 'tag' && hole.type === 'image' && this.tag.startsWith('<img'))
      this.picture = this.palette.picture(hole, this.exchanged);
    if (this.place !== 'text' || this.opaque !== null) return [{ hole: number }];
    const [before, after] = around(this.palette.value(hole));
    return [before, { hole: number }, after];
  }

  private literal(bytes: string): string {
    let out = '';
    for (let at = 0; at < bytes.length;) {
      const end = this.pieceEnd(bytes, at);
      const piece = bytes.slice(at, end);
      out += this.place === 'text' ? this.text(piece) : this.place === 'tag' ? this.inTag(piece) : this.comment(piece);
      at = end;
    }
    return out;
  }

  /** End of the text, comment or tag part that begins here. */
  private pieceEnd(bytes: string, at: number): number {
    const after = (mark: string): number => {
      const found = bytes.indexOf(mark, at);
      return found < 0 ? bytes.length : found + mark.length;
    };
    if (this.place === 'comment') return after('-->');
    if (this.place === 'tag') return at + 1;
    if (bytes[at] === '<') return at + (bytes.startsWith('<!--', at) ? 4 : 1);
    const next = bytes.indexOf('<', at);
    return next < 0 ? bytes.length : next;
  }

  private text(piece: string): string {
    if (piece === '<!--') this.place = 'comment';
    else if (piece === '<') [this.place, this.tag, this.picture] = ['tag', '<', null];
    else if (this.opaque === null && !BLANK.test(piece)) return around(this.palette.text).join(piece);
    return piece;
  }

  private comment(piece: string): string {
    if (piece.endsWith('-->')) this.place = 'text';
    return piece;
  }

  private inTag(character: string): string {
    this.tag += character;
    if (this.quote !== null) {
      if (character === this.quote) this.quote = null;
      return character;
    }
    if (character === '"' || character === "'") this.quote = character;
    if (character !== '>') return character;
    this.place = 'text';
    return `${this.picture === null ? '' : ` ${this.picture}`}>${this.leaveTag() === 'head' ? this.palette.style : ''}`;
  }

  /** @returns the opaque element that has ended. */
  private leaveTag(): string | null {
    const name = TAG_NAME.exec(this.tag)?.[1]?.toLowerCase() ?? '';
    const closes = this.tag.startsWith('</');
    if (this.opaque === null && OPAQUE.has(name) && !closes) this.opaque = name;
    if (!closes || name !== this.opaque) return null;
    this.opaque = null;
    return name;
  }
}

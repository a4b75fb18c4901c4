import { type Box, type DocumentProblem, type PlacedSlot, SlotRefusal, type Surface } from './document-slot.js';
import { decimal, textOperators } from './draw-text.js';
import { fitText } from './fit-text.js';
import { type DocumentPicture, documentPicture, pictureObjects } from './picture.js';
import { pictureName } from './picture-name.js';
import { type DocumentPlan, type PreparedParts, unpackDocument } from './prepared-document.js';
import { qrOperators } from './qr.js';
import { appendRevision, drawingObject, type RevisedObject } from './revision.js';
import { Shaper } from './shape.js';

export interface DocumentValues {
  /** The partner's logo for each surface, PNG. */
  readonly logos: { readonly light: Buffer; readonly dark: Buffer };
  /** Lines of the contact block. */
  readonly contact: readonly string[];
  /** Texts by slot of the campaign. */
  readonly texts: Readonly<Record<string, string>>;
  /** Addresses by link name. */
  readonly links: Readonly<Record<string, string>>;
  /** Addresses of QR codes where they differ from those of the links. */
  readonly codes?: Readonly<Record<string, string>>;
}

export type StampedDocument =
  | { readonly ok: true; readonly pdf: Buffer }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] };

/**
 * Bytes of all logos of a revision. The rest of 20 KB is for texts, QR codes
 * and links.
 */
const LOGO_BYTES = 11_000;
const INK = '#1f2638';

/**
 * Makes one partner's copy: the master's bytes and one revision that fills
 * every slot within its box. A text that does not fit at its minimum size, or
 * cannot be drawn, is refused by slot name. Returns all problems at once. The
 * same values give the same bytes.
 */
export async function stampDocument(prepared: Buffer, values: DocumentValues): Promise<StampedDocument> {
  const parts = unpackDocument(prepared);
  const stamping = new Stamping(parts.plan, shaperOf(parts), values);
  const objects = await stamping.run();
  return stamping.problems.length > 0
    ? { ok: false, problems: stamping.problems }
    : { ok: true, pdf: Buffer.concat([parts.master, appendRevision(parts.plan, objects)]) };
}

const shapers = new Map<string, Shaper>();

function shaperOf({ plan, fonts }: PreparedParts): Shaper {
  const known = shapers.get(plan.fontsHash);
  if (known !== undefined) return known;
  const shaper = new Shaper(fonts());
  shapers.set(plan.fontsHash, shaper);
  return shaper;
}

class Stamping {
  readonly problems: DocumentProblem[] = [];
  private readonly pictures = new Map<Surface, DocumentPicture>();

  constructor(
    private readonly plan: DocumentPlan,
    private readonly shaper: Shaper,
    private readonly values: DocumentValues,
  ) {}

  async run(): Promise<RevisedObject[]> {
    await this.readLogos();
    return this.plan.reserved.flatMap((reserved): RevisedObject[] => {
      switch (reserved.kind) {
        case 'drawing':
          return [drawingObject(reserved.object, this.drawing(reserved.page))];
        case 'link':
          return this.link(reserved.object, reserved.slot, reserved.box);
        case 'picture':
          return this.picture(reserved.object, reserved.surface);
        case 'mask':
          return [];
      }
    });
  }

  private async readLogos(): Promise<void> {
    const boxes = new Map<Surface, { width: number; height: number }>();
    for (const { rule, box, turn: turn } of this.plan.places) {
      if (rule.kind !== 'logo') continue;
      const { width, height } = shown(box, turn);
      const largest = boxes.get(rule.surface) ?? { width: 0, height: 0 };
      boxes.set(rule.surface, { width: Math.max(width, largest.width), height: Math.max(height, largest.height) });
    }
    for (const [surface, box] of boxes)
      this.pictures.set(surface, await documentPicture(this.values.logos[surface], box, LOGO_BYTES / boxes.size));
  }

  private picture(object: number, surface: Surface): RevisedObject[] {
    const picture = this.pictures.get(surface);
    const mask = this.plan.reserved.find((other) => other.kind === 'mask' && other.surface === surface);
    return picture === undefined || mask === undefined ? [] : pictureObjects(picture, object, mask.object);
  }

  /**
   * All drawings of one page. Each is clipped to its box and drawn from the
   * box's lower left, as the page is displayed.
   */
  private drawing(page: number): string {
    const blocks = this.plan.places
      .filter((place) => place.page === page)
      .map((place) => {
        const { x, y, width, height } = place.box;
        const operators = this.collect(() => this.operators(place));
        return `q\n${[x, y, width, height].map(decimal).join(' ')} re W n\n${frameOf(place)} cm\n${operators}\nQ\n`;
      });
    return blocks.join('');
  }

  private operators({ name, rule, box, turn: turn }: PlacedSlot): string {
    const room = shown(box, turn);
    switch (rule.kind) {
      case 'logo':
        return this.logo(rule.surface, room);
      case 'contact':
        return this.text(this.values.contact.join('\n'), { ...room, size: 10, minSize: 7 }, rule, name);
      case 'text':
        return this.text(
          this.values.texts[rule.slot] ?? '',
          { ...room, size: rule.size, minSize: rule.minSize },
          rule,
          rule.slot,
        );
      case 'qr':
        return qrOperators(addressOf(codesOf(this.values), rule.link), Math.min(room.width, room.height));
      case 'link':
        return '';
    }
  }

  private logo(surface: Surface, room: { width: number; height: number }): string {
    const picture = this.pictures.get(surface);
    if (picture === undefined) return '';
    const scale = Math.min(room.width / picture.width, room.height / picture.height);
    const [width, height] = [picture.width * scale, picture.height * scale];
    return `${decimal(width)} 0 0 ${decimal(height)} 0 ${decimal((room.height - height) / 2)} cm\n/${pictureName(surface)} Do`;
  }

  private text(
    text: string,
    room: { width: number; height: number; size: number; minSize: number },
    { color = INK, align = 'start' }: { color?: string | undefined; align?: 'start' | 'center' | 'end' | undefined },
    slot: string,
  ): string {
    if (text.trim() === '') return '';
    return textOperators(fitText(text, room, this.shaper, slot), room, { color, align }, this.plan.fontNames);
  }

  private link(object: number, slot: string, { x, y, width, height }: Box): RevisedObject[] {
    const rule = this.plan.places.find(({ name }) => name === slot)?.rule;
    if (rule?.kind !== 'link' && rule?.kind !== 'qr') return [];
    const values = rule.kind === 'qr' ? codesOf(this.values) : this.values;
    const address = this.collect(() => addressOf(values, rule.link));
    const corners = [x, y, x + width, y + height].map(decimal).join(' ');
    const action = `<< /S /URI /URI (${address.replace(/[\\()]/g, '\\$&')}) >>`;
    return [{ object, entries: `/Type /Annot /Subtype /Link /Rect [${corners}] /Border [0 0 0] /F 4 /A ${action}` }];
  }

  private collect(work: () => string): string {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof SlotRefusal)) throw error;
      if (!this.problems.some(({ code, path }) => code === error.problem.code && path === error.problem.path))
        this.problems.push(error.problem);
      return '';
    }
  }
}

/** Width and height of a box as displayed on a rotated page. */
const shown = ({ width, height }: Box, turn: PlacedSlot['turn']): { width: number; height: number } =>
  turn === 90 || turn === 270 ? { width: height, height: width } : { width, height };

/**
 * Matrix from the displayed box (origin at its lower left) to the page's user
 * space.
 */
function frameOf({ box: { x, y, width, height }, turn: turn }: PlacedSlot): string {
  const matrices = {
    0: [1, 0, 0, 1, x, y],
    90: [0, 1, -1, 0, x + width, y],
    180: [-1, 0, 0, -1, x + width, y + height],
    270: [0, -1, 1, 0, x, y + height],
  };
  return matrices[turn].map(decimal).join(' ');
}

const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;
const MAX_ADDRESS = 500;

/**
 * A link's address in ASCII.
 * @throws SlotRefusal if it is missing or not https (http is allowed for
 *   localhost).
 */
const codesOf = ({ links, codes = {} }: DocumentValues): Pick<DocumentValues, 'links'> => ({
  links: { ...links, ...codes },
});

function addressOf({ links }: Pick<DocumentValues, 'links'>, link: string): string {
  const given = links[link];
  const url = given !== undefined && URL.canParse(given) ? new URL(given) : null;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL.test(url.hostname));
  if (url !== null && safe && url.username === '' && url.password === '' && url.href.length <= MAX_ADDRESS)
    return url.href;
  throw new SlotRefusal({
    code: 'link-unusable',
    path: `links.${link}`,
    message: `The link “${link}” is missing, or does not begin with https://.`,
    remedy: 'Enter a complete address, for example https://www.your-company.example/offer.',
    named: { what: link },
  });
}

import { branched, slotPath } from './branches.js';
import type { Findings, RawSlot } from './findings.js';
import { inheritStyle, MjImage, type MjmlComponentClass, readWords } from './mjml-component.js';
import type { Tokens } from './tokens.js';

/** Width that a partner's picture needs unless the vendor says another: an e-mail is 600 pixels wide. */
const MIN_WIDTH = 600;
/** Longest address of a picture of ours, see `FIELDS`. */
const MAX_ADDRESS = 200;
/** Longest alt text: longer ones are hard to follow by ear. */
const MAX_ALT = 160;

const PICTURE_ATTRIBUTES = { label: 'string', help: 'string', ratio: 'string', 'min-width': 'integer' };
/** They belong to the vendor's picture, and to nothing of the partner's. */
const OF_VENDOR = ['srcset', 'sizes', 'title', 'usemap'];

/** A picture that partners may exchange, as two slots: the picture, and its alt text. */
export function pictureSlots(
  attribute: (name: string) => string | undefined,
  suggested: string | null,
): { readonly picture: RawSlot; readonly alt: RawSlot } {
  const name = attribute('name') ?? '';
  const shared = {
    label: attribute('label')?.trim() || name,
    help: attribute('help')?.trim() || null,
    links: 'none',
    maxLines: 1,
    required: false,
    content: '',
  } as const;
  return {
    picture: {
      ...shared,
      name: `${name}.picture`,
      format: 'picture',
      maxChars: MAX_ADDRESS,
      picture: { ratio: attribute('ratio') ?? null, minWidth: Number(attribute('min-width') ?? MIN_WIDTH), suggested },
    },
    alt: { ...shared, name: `${name}.alt`, format: 'alt', maxChars: MAX_ALT },
  };
}

/** Holes of a picture, by the name of its tag. */
export function pictureHoles(tokens: Tokens, name: string) {
  const path = slotPath(name);
  return {
    path: `${path}.picture` as const,
    src: tokens.hole(`${path}.picture`) ?? '',
    alt: tokens.hole(`${path}.alt`) ?? '',
  };
}

/** Path in the package of the vendor's picture; null: it has none. */
export function suggestedPicture(tokens: Tokens, src: string | undefined): string | null {
  const path = tokens.holes[tokens.holeNumber(src ?? '') ?? -1]?.path ?? '';
  return path.startsWith('asset.') ? path.slice('asset.'.length) : null;
}

/** `<tc-picture>` of an e-mail: an `mj-image` that is there twice, with the vendor's picture and the partner's. */
export function pictureComponent(tokens: Tokens, findings: Findings): MjmlComponentClass {
  return class TcPicture extends MjImage {
    static override readonly componentName = 'tc-picture';
    static override readonly allowedAttributes = { ...MjImage.allowedAttributes, ...PICTURE_ATTRIBUTES };
    private readonly slots: ReturnType<typeof pictureSlots>;
    private readonly slotName: string;

    constructor(data: unknown) {
      super(data);
      inheritStyle(this, data, 'mj-image', 'tc-picture');
      this.slotName = this.getAttribute('name') ?? '';
      const suggested = suggestedPicture(tokens, this.getAttribute('src'));
      this.slots = pictureSlots((name) => readWords(this.getAttribute(name)), suggested);
      // MJML writes the name of a picture as that of an anchor.
      delete this.attributes['name'];
    }

    override render(): string {
      findings.slots.push(this.slots.picture, this.slots.alt);
      const ofVendor = super.render();
      const { path, src, alt } = pictureHoles(tokens, this.slotName);
      const kept = Object.entries(this.attributes).filter(([attribute]) => !OF_VENDOR.includes(attribute));
      this.attributes = { ...Object.fromEntries(kept), src, alt };
      return branched(tokens, { [path]: [''] }, ofVendor, super.render());
    }
  };
}

import type { LogoId, VendorId } from '#kernel';
import { contrast, type MailLook, MIN_CONTRAST } from '#rendering';
import type { Named } from './brand-colours.js';
import { type Hex, nearestReadable, readableOn } from './contrast.js';
import type { KitDesign } from './kit-design.js';
import type { LogoReading } from './logo.js';

/** Colours of a vendor: one is chosen, the others follow from it. */
export interface KitColours {
  readonly primary: Hex;
  /** Of text on the primary colour. */
  readonly onPrimary: Hex;
  /** Of links on white: the primary colour, darkened where it is too pale. */
  readonly link: Hex;
}

/** A vendor's logo. An upload makes a new one, because sent mail keeps it. */
export interface KitLogo extends LogoReading {
  readonly id: LogoId;
  readonly vendorId: VendorId;
  /** On a white plate, as mails show it; size in CSS pixels. */
  readonly mailImage: { readonly hash: string; readonly width: number; readonly height: number };
  readonly createdAt: Date;
}

/**
 * A vendor's own brand: what mails in its name look like. Null where it has
 * chosen nothing: the product's look is used.
 */
export interface BrandKit {
  readonly vendorId: VendorId;
  /** 0 before the first change. */
  readonly version: number;
  readonly colours: KitColours | null;
  readonly logo: KitLogo | null;
  readonly design: KitDesign;
}

/** The colours of a kit, each readable where it is used. */
export const kitColours = (primary: Hex): KitColours => ({
  primary,
  onPrimary: readableOn(primary),
  link: nearestReadable(primary, '#ffffff'),
});

/** Of a logo in a mail, in CSS pixels. */
export const MAIL_LOGO = { width: 240, height: 60, border: 8 } as const;

/** The product's teal, for a vendor with a logo and no colour. */
const STANDARD: Hex = '#0f766e';

/** @returns null: nothing is chosen, and mails have the product's look. */
export function mailLookOf(primary: Hex | null, image: KitLogo['mailImage'] | null): MailLook | null {
  if (primary === null && image === null) return null;
  return {
    colours: kitColours(primary ?? STANDARD),
    logo: image === null ? null : { ...image, border: MAIL_LOGO.border },
  };
}

/** Advice about a colour that is used differently from how it was chosen. */
interface ColourAdvice {
  readonly code: 'kit-contrast-low';
  readonly field: 'colours.primary';
  readonly message: string;
  readonly remedy: string;
  readonly suggestion: Hex;
  readonly named: Named;
}

/** What the vendor should know of its colours. */
export function kitAdvice(colours: KitColours | null): ColourAdvice[] {
  if (colours === null || colours.link === colours.primary) return [];
  const { primary, link: suggestion } = colours;
  const ratio = Number(contrast(primary, '#ffffff').toFixed(1));
  return [
    {
      code: 'kit-contrast-low',
      field: 'colours.primary',
      message: `Your colour is hard to read as text on white: its contrast is ${ratio.toFixed(1)} : 1, and ${MIN_CONTRAST} : 1 is needed.`,
      remedy: `Links use ${suggestion} instead. Buttons have your colour.`,
      suggestion,
      named: { ratio, needed: MIN_CONTRAST, suggestion },
    },
  ];
}

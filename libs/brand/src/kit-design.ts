import type { Hex } from './contrast.js';

interface KitFont {
  readonly family: string;
  readonly fallback: 'sans' | 'serif' | 'mono';
}

/** A legal text of a country. A campaign uses it in its language. */
interface KitLegalText {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** BCP 47. */
  readonly language: string;
  readonly text: string;
}

/** How a vendor designs: what builders offer and new blocks have. */
export interface KitDesign {
  /** Colours besides the primary one, with the vendor's names for them. */
  readonly palette: readonly { readonly name: string; readonly value: Hex }[];
  /** Null: the font of the e-mail. */
  readonly fonts: { readonly heading: KitFont | null; readonly text: KitFont | null };
  /** Sizes in pixels. Null: as the e-mail's styles say. */
  readonly button: {
    readonly radius: number;
    readonly paddingX: number;
    readonly paddingY: number;
    readonly isBold: boolean;
  } | null;
  /** Saved blocks of the library that builders offer first. */
  readonly defaultBlockIds: readonly string[];
  readonly legalTexts: readonly KitLegalText[];
}

export const NO_DESIGN: KitDesign = {
  palette: [],
  fonts: { heading: null, text: null },
  button: null,
  defaultBlockIds: [],
  legalTexts: [],
};

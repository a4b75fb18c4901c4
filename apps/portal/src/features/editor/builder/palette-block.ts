import type { Starter } from './starter-texts';

/** @returns the reference to a new text of the catalogues. */
export type NewText = (starter: Starter) => string;

/** What the campaign has for a new block. */
export interface Offered {
  /** A picture of the package; null: there is none. */
  readonly picture: string | null;
  /** A link of the campaign. */
  readonly link: string;
}

/** A block that an author can insert. */
export interface PaletteBlock {
  readonly level: 'section' | 'content';
  /** Its lines are indented as if it stood at the left margin. */
  readonly markup: (text: NewText, offered: Offered) => string;
}

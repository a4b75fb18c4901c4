/**
 * A rectangle in a page's user space: points (1/72 inch) from the page's lower
 * left.
 */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A box that campaign.yaml declares, for documents without form fields. */
interface DeclaredBox extends Box {
  /** Counted from 1. */
  readonly page: number;
}

interface WithBox {
  readonly box?: DeclaredBox | undefined;
}
interface WithTextStyle extends WithBox {
  /** `#rrggbb`; dark grey when not given. */
  readonly color?: string | undefined;
  readonly align?: 'start' | 'center' | 'end' | undefined;
}

/** What a partner must supply for a document, by slot. Sizes are in points. */
export type DocumentSlotRule =
  | ({ readonly kind: 'logo'; readonly surface: 'light' | 'dark' } & WithBox)
  | ({ readonly kind: 'contact' } & WithTextStyle)
  | ({ readonly kind: 'text'; readonly slot: string; readonly size: number; readonly minSize: number } & WithTextStyle)
  | ({ readonly kind: 'qr'; readonly link: string } & WithBox)
  | ({ readonly kind: 'link'; readonly link: string } & WithBox);

export type Surface = 'light' | 'dark';

/** Clockwise rotation of a page when it is displayed, in degrees. */
export type PageRotation = 0 | 90 | 180 | 270;

/** Position of one slot. */
export interface PlacedSlot {
  readonly name: string;
  readonly rule: DocumentSlotRule;
  /** Counted from 0. */
  readonly page: number;
  readonly box: Box;
  readonly turn: PageRotation;
}

/** A value that was refused, by the slot's name. */
export interface DocumentProblem {
  readonly code: string;
  /** `slot.offer`, `links.page`, `logo.light`. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
  /** Values in the message, for translated messages. */
  readonly named: Readonly<Record<string, string | number>>;
}

/**
 * Ends the filling of one slot. The caller collects these, so that all problems
 * are returned at once.
 */
export class SlotRefusal extends Error {
  constructor(readonly problem: DocumentProblem) {
    super(problem.message);
  }
}

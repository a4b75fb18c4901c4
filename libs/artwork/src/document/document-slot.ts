/** A rectangle in a page's user space: points (1/72 inch) from the page's lower left. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A slot that campaign.yaml places itself, where nobody can put a form field into the document. */
interface DeclaredBox extends Box {
  /** Counted from 1, as people do. */
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

/** What a vendor's document asks of a partner, by slot. Sizes are in points. */
export type DocumentSlotRule =
  | ({ readonly kind: 'logo'; readonly surface: 'light' | 'dark' } & WithBox)
  | ({ readonly kind: 'contact' } & WithTextStyle)
  | ({ readonly kind: 'text'; readonly slot: string; readonly size: number; readonly minSize: number } & WithTextStyle)
  | ({ readonly kind: 'qr'; readonly link: string } & WithBox)
  | ({ readonly kind: 'link'; readonly link: string } & WithBox);

export type Surface = 'light' | 'dark';

/** How far a page is turned when it is shown, clockwise. */
export type PageRotation = 0 | 90 | 180 | 270;

/** Where one slot stands. */
export interface PlacedSlot {
  readonly name: string;
  readonly rule: DocumentSlotRule;
  /** Counted from 0. */
  readonly page: number;
  readonly box: Box;
  readonly turn: PageRotation;
}

/** A refusal of one partner's value, by the slot's name. */
export interface DocumentProblem {
  readonly code: string;
  /** `slot.offer`, `links.page`, `logo.light`. */
  readonly path: string;
  readonly message: string;
  readonly wayOut: string;
  /** What the sentence names, for a sentence in another language. */
  readonly named: Readonly<Record<string, string | number>>;
}

/** Stops the filling of one place; collected, so that all problems come back at once. */
export class SlotRefusal extends Error {
  constructor(readonly problem: DocumentProblem) {
    super(problem.message);
  }
}

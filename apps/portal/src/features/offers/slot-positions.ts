/** Position of a slot in a document, in its CSS pixels. */
export interface SlotPosition {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Minimum size.
 * An empty slot has no size, and a single word is hard to click.
 */
const LEAST = { width: 32, height: 28 };
const MARGIN = 4;

/**
 * The root element. Read through the prototype, because an element named
 * `documentElement` would shadow the property.
 */
export const rootOf = (document: Document): HTMLElement =>
  Reflect.get<Document, 'documentElement'>(Document.prototype, 'documentElement', document);

/** Visible slots of a preview requested with `places`, from top to bottom. */
export function findSlots(document: Document): SlotPosition[] {
  const root = rootOf(document);
  const origin = root.getBoundingClientRect();
  return [...root.querySelectorAll<HTMLElement>('[data-slot]')].flatMap((mark) => {
    // Hidden slots, such as the preheader, have no rectangles.
    if (mark.getClientRects().length === 0) return [];
    const { left, top, width, height } = mark.getBoundingClientRect();
    return [
      {
        name: mark.dataset['slot'] ?? '',
        left: left - origin.left - MARGIN,
        top: top - origin.top - MARGIN,
        width: Math.max(LEAST.width, width + 2 * MARGIN),
        height: Math.max(LEAST.height, height + 2 * MARGIN),
      },
    ];
  });
}

/**
 * Height of a document in its CSS pixels.
 * A document that fills its frame has the height of the frame.
 */
export function documentHeight(document: Document): number {
  const root = rootOf(document);
  return Math.ceil(
    Math.max(root.getBoundingClientRect().height, root.querySelector<HTMLElement>(':scope > body')?.scrollHeight ?? 0),
  );
}

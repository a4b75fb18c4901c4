/** Where a slot stands in a document, in its CSS pixels. */
export interface SlotPosition {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** An empty slot has no size of its own, and one that is one word is hard to hit. */
const LEAST = { width: 32, height: 28 };
const MARGIN = 4;

/** The outermost element: asked for past the document's own names, for a picture that is called so stands before what every document has. */
export const rootOf = (document: Document): HTMLElement =>
  Reflect.get<Document, 'documentElement'>(Document.prototype, 'documentElement', document);

/** The slots that can be seen in a preview that was asked for with its `places`, from above to below. */
export function findSlots(document: Document): SlotPosition[] {
  const root = rootOf(document);
  const sheet = root.getBoundingClientRect();
  return [...root.querySelectorAll<HTMLElement>('[data-slot]')].flatMap((mark) => {
    // What is hidden, as the line that an inbox shows beside the subject, has none.
    if (mark.getClientRects().length === 0) return [];
    const { left, top, width, height } = mark.getBoundingClientRect();
    return [
      {
        name: mark.dataset['slot'] ?? '',
        left: left - sheet.left - MARGIN,
        top: top - sheet.top - MARGIN,
        width: Math.max(LEAST.width, width + 2 * MARGIN),
        height: Math.max(LEAST.height, height + 2 * MARGIN),
      },
    ];
  });
}

/** How tall a document is, in its CSS pixels; one that fills its frame says as much as the frame is. */
export function documentHeight(document: Document): number {
  const root = rootOf(document);
  return Math.ceil(
    Math.max(root.getBoundingClientRect().height, root.querySelector<HTMLElement>(':scope > body')?.scrollHeight ?? 0),
  );
}

/** Room above and below what is scrolled to, in CSS pixels. */
const MARGIN_PX = 24;

/** Scrolls an element into the view of the pane around it. The page stays where it is. */
export function scrollWithin(pane: Element | null | undefined, element: Element | null | undefined): void {
  if (pane == null || element == null) return;
  const around = pane.getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  if (top >= around.top && bottom <= around.bottom) return;
  const isAbove = top < around.top || bottom - top > around.height;
  pane.scrollTop += isAbove ? top - around.top - MARGIN_PX : bottom - around.bottom + MARGIN_PX;
}

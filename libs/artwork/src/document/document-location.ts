import type { Box } from './document-slot.js';

/** A location in a PDF, described for its author: a PDF has no lines. */
export interface DocumentLocation {
  /** From 0. */
  readonly page: number;
  /** "field tc.offer", "link to https://…". */
  readonly mark: string;
  /** In points from the page's lower left. */
  readonly box: Box | null;
}

/** "Page 2, field tc.offer (x 72, y 700, 140 × 26 points): " */
export function locationPrefix({ page, mark, box }: DocumentLocation): string {
  const size =
    box === null ? '' : ` (x ${whole(box.x)}, y ${whole(box.y)}, ${whole(box.width)} × ${whole(box.height)} points)`;
  return `Page ${page + 1}, ${mark}${size}: `;
}

const whole = (points: number): number => Math.round(points);

export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

/** Where a partner's copy of a library file shows the partner. */
export interface LibraryBranding {
  readonly logo: Corner | null;
  /** For documents only. */
  readonly contact: Corner | null;
  /** The page of a document. */
  readonly page: 'first' | 'last';
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * A box in a corner of a sheet, within a margin. The origin is the lower left,
 * as on a page of a PDF; all values have the unit of the sheet.
 */
export function cornerBox(sheet: Size, corner: Corner, { width, height }: Size, margin: number) {
  return {
    x: corner.endsWith('left') ? margin : sheet.width - margin - width,
    y: corner.startsWith('bottom') ? margin : sheet.height - margin - height,
    width,
    height,
  };
}

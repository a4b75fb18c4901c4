/** What a mail program shows that does not have a font. */
export const FONT_FALLBACKS = {
  sans: 'Arial, Helvetica, sans-serif',
  serif: 'Georgia, Times, serif',
  mono: 'Courier New, monospace',
} as const;

/** The CSS of a font, with what is shown where it is missing. */
export const fontStack = ({
  family,
  fallback,
}: {
  readonly family: string;
  readonly fallback: keyof typeof FONT_FALLBACKS;
}): string => `${family}, ${FONT_FALLBACKS[fallback]}`;

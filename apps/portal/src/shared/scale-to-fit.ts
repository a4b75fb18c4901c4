/** Style of the container that content is scaled to. */
export const fitContainer = { containerType: 'inline-size' } as const;

/**
 * CSS scale and width that fit content into its container. Pure CSS: a
 * measurement could be taken at the wrong moment, such as before the first
 * layout or during a resize.
 * @param layoutWidth width of the content in CSS pixels; it is never enlarged.
 */
export const scaleToFit = (layoutWidth: number): { readonly scale: string; readonly width: string } => ({
  // CSS cannot divide a length by a length, but `atan2` accepts two lengths and
  // `tan` returns their ratio.
  scale: `min(1, tan(atan2(100cqw, ${layoutWidth}px)))`,
  width: `min(${layoutWidth}px, 100cqw)`,
});

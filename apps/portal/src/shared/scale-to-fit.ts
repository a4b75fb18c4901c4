/** The style of what something else is scaled to the width of. */
export const fitContainer = { containerType: 'inline-size' } as const;

/**
 * How much something is scaled to fit into the `room` around it, and how wide it is then, in CSS. Nothing is measured, so that nothing can
 * be measured at the wrong moment: before the first layout, or in a window that is being resized.
 * @param layoutWidth its own width in CSS pixels; it is never made larger.
 */
export const scaleToFit = (layoutWidth: number): { readonly scale: string; readonly width: string } => ({
  // One length by another is a number by way of an angle only: CSS divides lengths by numbers.
  scale: `min(1, tan(atan2(100cqw, ${layoutWidth}px)))`,
  width: `min(${layoutWidth}px, 100cqw)`,
});

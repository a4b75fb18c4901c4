import { type PixelBox, unpackPicture } from './picture-plan.js';
import { type Pixels, vendorPixels } from './pixels.js';

/**
 * What a verifier needs of a prepared picture: its pixels, and the boxes in
 * which a partner's copy may differ.
 */
export async function socialProof(
  prepared: Buffer,
): Promise<{ readonly pixels: Pixels; readonly boxes: readonly PixelBox[] }> {
  const { plan, png } = unpackPicture(prepared);
  const places = plan.logo === null ? plan.texts : [plan.logo, ...plan.texts];
  const boxes = places.map(({ x, y, width, height }) => ({ x, y, width, height }));
  return { pixels: await vendorPixels(plan, png), boxes };
}

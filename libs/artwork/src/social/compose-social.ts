import { sharp } from '../sharp.js';
import { logoLayers, type SocialLogos } from './logo-layer.js';
import { type PicturePlan, unpackPicture } from './picture-plan.js';
import { drawOver, type Layer, type Pixels, sameOutside, vendorPixels } from './pixels.js';
import { checkText, type SocialProblem, textLayer } from './text-layer.js';

export interface SocialValues {
  readonly logos: SocialLogos;
  /** By slot. A slot without text stays empty. */
  readonly texts: Readonly<Record<string, string>>;
}

export type ComposedSocial =
  | {
      readonly ok: true;
      readonly jpeg: Buffer;
      /** The pixels before encoding, for a verifier: JPEG keeps no pixel exactly. */
      readonly pixels: Pixels;
    }
  | { readonly ok: false; readonly problems: readonly SocialProblem[] };

/**
 * Composes one partner's picture: logo and texts in their boxes.
 * All other pixels are compared with the vendor's before encoding.
 * The same input gives the same bytes.
 */
export async function composeSocial(prepared: Buffer, values: SocialValues): Promise<ComposedSocial> {
  const { plan, png } = unpackPicture(prepared);
  const texts = await textLayers(plan, values.texts);
  if (texts.problems.length > 0) return { ok: false, problems: texts.problems };
  const vendor = await vendorPixels(plan, png);
  const picture = { ...vendor, data: Buffer.from(vendor.data) };
  const logo = plan.logo === null ? [] : await logoLayers(plan.logo, values.logos, vendor);
  for (const layer of [...logo, ...texts.layers]) drawOver(picture, layer);
  const places = [...(plan.logo === null ? [] : [plan.logo]), ...plan.texts];
  if (!sameOutside(vendor, picture, places)) throw new Error('A value was drawn outside its place on the picture.');
  const { width, height } = plan;
  const jpeg = await sharp(picture.data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 85, mozjpeg: false, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return { ok: true, jpeg, pixels: picture };
}

async function textLayers(
  { texts }: PicturePlan,
  values: Readonly<Record<string, string>>,
): Promise<{ layers: Layer[]; problems: SocialProblem[] }> {
  const [layers, problems]: [Layer[], SocialProblem[]] = [[], []];
  for (const place of texts) {
    const text = values[place.name]?.normalize('NFC').trim() ?? '';
    if (text === '') continue;
    const drawn = checkText(place, text) ?? (await textLayer(place, text));
    if ('code' in drawn) problems.push(drawn);
    else layers.push(drawn);
  }
  return { layers, problems };
}

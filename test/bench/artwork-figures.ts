import { composeSocial, documentProof, type DocumentValues, stampDocument } from '#artwork';
import { bareComposite, stampWithPdfLib } from './artwork-references.js';
import { documentValues, partnerLogo, preparedBrochure, preparedPost } from './artwork-stage.js';
import { interleaved } from './interleaved.js';
import type { SocialValues } from '../../libs/artwork/src/social/compose-social.js';

/** CPU milliseconds per document or picture. */
export interface ArtworkFigures {
  readonly pdfLib: number;
  /**
   * A copy of an activation in two locales.
   * The first has a logo that is new to this process, the second has it cached.
   */
  readonly pdf: number;
  /** The first of them alone. */
  readonly firstPdf: number;
  /** The largest revision. */
  readonly appendedBytes: number;
  /** A picture of an activation in two locales, in the same way. */
  readonly social: number;
  readonly bareComposite: number;
}

/** More than the caches of the process hold, so that each is new. */
const LOGOS = 100;

/** A partner that is new to this process. */
interface Newcomer {
  readonly document: DocumentValues;
  readonly post: SocialValues;
}

export async function measureArtwork(): Promise<ArtworkFigures> {
  const [brochure, post] = [await preparedBrochure(), await preparedPost()];
  // The prepared picture ends with the vendor's pixels as PNG.
  const bare = await bareComposite(post.subarray(post.indexOf('\x89PNG', 0, 'latin1')));
  const logos = await Promise.all(Array.from({ length: LOGOS }, (_, number) => partnerLogo(number)));
  const masterBytes = documentProof(brochure).byteLength;
  let appendedBytes = 0;
  // Each partner is new, so that no cache of the process helps.
  let partners = 0;
  const newcomer = (): Newcomer => {
    const logo = logos[partners % LOGOS] ?? Buffer.alloc(0);
    partners += 1;
    return {
      document: documentValues(partners, logo),
      post: { logos: { light: logo, dark: logo }, texts: headline(partners) },
    };
  };
  const stamp = async ({ document }: Newcomer): Promise<void> => {
    const stamped = await stampDocument(brochure, document);
    if (!stamped.ok) throw new Error(JSON.stringify(stamped.problems));
    appendedBytes = Math.max(appendedBytes, stamped.pdf.length - masterBytes);
  };
  const compose = async ({ post: values }: Newcomer): Promise<void> => {
    const composed = await composeSocial(post, values);
    if (!composed.ok) throw new Error(JSON.stringify(composed.problems));
  };
  const twice = async (work: (partner: Newcomer) => Promise<void>): Promise<void> => {
    const partner = newcomer();
    await work(partner);
    await work(partner);
  };
  const found = await interleaved({
    pdfLib: () => stampWithPdfLib(newcomer().document),
    firstPdf: () => stamp(newcomer()),
    pdfs: () => twice(stamp),
    socials: () => twice(compose),
    bareComposite: bare,
  });
  const { pdfs, socials, ...rest } = found;
  return { ...rest, pdf: pdfs / 2, social: socials / 2, appendedBytes };
}

const headline = (turn: number): Record<string, string> => ({
  'announce-headline': `See every connection in ${turn % 90} days`,
});

import { composeSocial, documentProof, stampDocument } from '#artwork';
import { bareComposite, stampWithPdfLib } from './artwork-references.js';
import { documentValues, partnerLogo, preparedBrochure, preparedPost } from './artwork-stage.js';
import { interleaved } from './interleaved.js';

/** CPU milliseconds per document or picture. */
export interface ArtworkFigures {
  readonly pdfLib: number;
  /** A copy of an activation in two locales: the first meets a logo that this process has not seen, the second knows it. */
  readonly pdf: number;
  /** The first of them alone. */
  readonly firstPdf: number;
  /** The largest revision of all. */
  readonly appendedBytes: number;
  /** A picture of an activation in two locales, likewise. */
  readonly social: number;
  readonly bareComposite: number;
}

/** More than the process remembers, so that each comes as new. */
const PARTNERS = 100;

export async function measureArtwork(): Promise<ArtworkFigures> {
  const [brochure, post] = [await preparedBrochure(), await preparedPost()];
  // The prepared picture ends with the vendor's pixels as PNG.
  const bare = await bareComposite(post.subarray(post.indexOf('\x89PNG', 0, 'latin1')));
  const logos = await Promise.all(Array.from({ length: PARTNERS }, (_, number) => partnerLogo(number)));
  const logo = (turn: number): Buffer => logos[turn % PARTNERS] ?? Buffer.alloc(0);
  const masterBytes = documentProof(brochure).byteLength;
  let appendedBytes = 0;
  const stamp = async (turn: number, partner: number): Promise<void> => {
    const stamped = await stampDocument(brochure, documentValues(turn, logo(partner)));
    if (!stamped.ok) throw new Error(JSON.stringify(stamped.problems));
    appendedBytes = Math.max(appendedBytes, stamped.pdf.length - masterBytes);
  };
  const compose = async (turn: number): Promise<void> => {
    const values = { logos: { light: logo(turn), dark: logo(turn) }, texts: headline(turn) };
    const composed = await composeSocial(post, values);
    if (!composed.ok) throw new Error(JSON.stringify(composed.problems));
  };
  const found = await interleaved({
    pdfLib: (turn) => stampWithPdfLib(documentValues(turn, logo(turn))),
    firstPdf: (turn) => stamp(turn, turn),
    pdfs: async (turn) => {
      await stamp(turn, turn + PARTNERS / 2);
      await stamp(turn, turn + PARTNERS / 2);
    },
    socials: async (turn) => {
      await compose(turn);
      await compose(turn);
    },
    bareComposite: bare,
  });
  const { pdfs, socials, ...rest } = found;
  return { ...rest, pdf: pdfs / 2, social: socials / 2, appendedBytes };
}

const headline = (turn: number): Record<string, string> => ({
  'announce-headline': `Know who talks to whom, in ${turn % 90} days`,
});

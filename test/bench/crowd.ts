import { stampDocument } from '#artwork';
import { prepareMime } from '#rendering';
import { documentValues, partnerLogo, preparedBrochure } from './artwork-stage.js';
import { mime } from './message-figures.js';
import { bakeFor, openRenderStage, recipient } from './render-stage.js';

/**
 * CPU time of one process for a crowd: every partner's copy and document, every
 * contact's message.
 */
export async function servePartners(
  partners: number,
  recipients: number,
): Promise<{ bytes: number; peakRssMb: number }> {
  const stage = await openRenderStage();
  const brochure = await preparedBrochure();
  const logo = await partnerLogo(1);
  let bytes = 0;
  for (let partner = 0; partner < partners; partner += 1) {
    const prepared = prepareMime(bakeFor(stage.master, partner));
    const stamped = await stampDocument(brochure, documentValues(partner, logo));
    if (!stamped.ok) throw new Error(JSON.stringify(stamped.problems));
    bytes += stamped.pdf.length;
    for (let one = partner; one < recipients; one += partners) bytes += mime({ prepared }, recipient(one)).raw.length;
  }
  // Kilobytes, but bytes on macOS.
  const { maxRSS } = process.resourceUsage();
  return { bytes, peakRssMb: maxRSS / (process.platform === 'darwin' ? 1024 * 1024 : 1024) };
}

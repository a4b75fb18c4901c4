import type { Hole, Master } from './master.js';
import { RecipientFiller, type RecipientValues } from './personalise.js';
import { encodeValue } from './values.js';

const RECIPIENT = 'recipient.';
/** Texts about a contact are not URLs. */
const NO_ADDRESSES = { publicOrigin: '', partnerHosts: [] };

/**
 * Fields that a recipient lacks for a message of a master, before a launch.
 * @returns paths of values that are missing or not acceptable and have no
 *   fallback, in the parts that this recipient sees. Empty if the message can
 *   be built.
 */
export function missingFields(master: Master, recipient: RecipientValues): readonly string[] {
  // Holes for other values count as filled.
  const holes = master.holes.map((hole) => (hole.path.startsWith(RECIPIENT) ? hole : { ...hole, fallback: '' }));
  if (holes.every(({ fallback }) => fallback !== null)) return [];
  const filler = new RecipientFiller(holes, recipient, NO_ADDRESSES);
  for (const program of [master.subject, master.preheader, master.html, master.text]) filler.fill(program, 'text');
  return filler.problems.map(({ path }) => path);
}

/** Whether a recipient has an acceptable value for a hole. */
export function isFilled(hole: Hole, recipient: RecipientValues): boolean {
  return encodeValue(hole, recipient[hole.path.slice(RECIPIENT.length) as 'company'], NO_ADDRESSES).ok;
}

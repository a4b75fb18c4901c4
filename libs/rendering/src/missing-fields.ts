import type { Hole, Master } from './master.js';
import { RecipientFiller, type RecipientValues } from './personalise.js';
import { encodeValue } from './values.js';

const RECIPIENT = 'recipient.';
/** No text about a person is an address. */
const NO_ADDRESSES = { publicOrigin: '', partnerHosts: [] };

/**
 * What a recipient would have to have for a message of a master, before anybody has launched it: the paths of values that are missing or
 * not acceptable and have no fallback, in the parts that this recipient is shown. Empty when the message can be made.
 */
export function missingFields(master: Master, recipient: RecipientValues): readonly string[] {
  // Whatever is not about the recipient is filled by others.
  const holes = master.holes.map((hole) => (hole.path.startsWith(RECIPIENT) ? hole : { ...hole, fallback: '' }));
  if (holes.every(({ fallback }) => fallback !== null)) return [];
  const filler = new RecipientFiller(holes, recipient, NO_ADDRESSES);
  for (const program of [master.subject, master.preheader, master.html, master.text]) filler.fill(program, 'text');
  return filler.problems.map(({ path }) => path);
}

/** Whether a recipient has an acceptable value for a hole about it. */
export function isFilled(hole: Hole, recipient: RecipientValues): boolean {
  return encodeValue(hole, recipient[hole.path.slice(RECIPIENT.length) as 'company'], NO_ADDRESSES).ok;
}

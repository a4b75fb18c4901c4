import { createHmac } from 'node:crypto';
import type { PartnerId, VendorId } from '#kernel';

/**
 * Whether a partner gets no reminders of a vendor, so that their effect can be measured. A
 * keyed hash of both decides: the same answer each time, in no relation to the partner's
 * name or age, and nobody without the key can foresee it. A partner that is held out at a
 * share is also held out at each larger one.
 * @param percent 0 to 50.
 */
export function isHeldOut(key: Buffer, vendorId: VendorId, partnerId: PartnerId, percent: number): boolean {
  const digest = createHmac('sha256', key).update(`${vendorId}\n${partnerId}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32 < percent / 100;
}

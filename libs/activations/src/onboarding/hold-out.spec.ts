import { newId, type PartnerId, type VendorId } from '#kernel';
import { isHeldOut } from './hold-out.js';

const KEY = Buffer.alloc(32, 7);
const vendorId = '018f0000-0000-7000-8000-000000000001' as VendorId;
const partners = Array.from({ length: 4_000 }, () => newId<PartnerId>());
const heldOut = (percent: number, of: VendorId = vendorId, key = KEY): Set<PartnerId> =>
  new Set(partners.filter((partnerId) => isHeldOut(key, of, partnerId, percent)));

describe('the partners that are held out', () => {
  it('are the share that the vendor has set', () => {
    expect(heldOut(0).size).toBe(0);
    // Six standard deviations of 4,000 draws.
    expect(Math.abs(heldOut(20).size - 800)).toBeLessThan(6 * Math.sqrt(4_000 * 0.2 * 0.8));
  });

  it('are the same each time, and among those of each larger share', () => {
    const [some, more] = [heldOut(10), heldOut(20)];
    expect(heldOut(10)).toEqual(some);
    expect([...some].every((one) => more.has(one))).toBe(true);
  });

  it('are others for another vendor and for another key', () => {
    const other = '018f0000-0000-7000-8000-000000000002' as VendorId;
    expect(heldOut(20, other)).not.toEqual(heldOut(20));
    expect(heldOut(20, vendorId, Buffer.alloc(32, 8))).not.toEqual(heldOut(20));
  });
});

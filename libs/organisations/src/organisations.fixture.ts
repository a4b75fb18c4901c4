import { type ProgrammeId, systemActor, type VendorActor, type VendorId } from '#kernel';
import type { Organisations } from './organisations.service.js';

export const SYSTEM = systemActor('test');
export const PLACE = { countryCode: 'GB', timeZone: 'Europe/London' };
/** A person of any organisation. */
export const PERSON = { role: 'owner', userId: null, apiKeyId: null } as const;

/** A vendor with a programme. */
export async function aVendor(
  organisations: Organisations,
): Promise<{ readonly vendor: VendorActor; readonly programmeId: ProgrammeId }> {
  const vendorId = (await organisations.create(SYSTEM, { kind: 'vendor', name: 'Northwind', ...PLACE })) as VendorId;
  const programmeId = await organisations.createProgramme(SYSTEM, vendorId, 'Programme');
  return { vendor: { kind: 'vendor', vendorId, name: 'Maya', ...PERSON }, programmeId };
}

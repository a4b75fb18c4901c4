import { z } from 'zod';
import type { VendorId } from '#kernel';
import { idSchema } from './id.js';
import { EndPartnership, PartnershipEnd } from './partner.contract.js';
import { VendorTermsState } from './programme-terms.contract.js';
import { CountedDealsChoice, TotalsChoice } from './shared-totals.contract.js';

const Host = z.string().trim().toLowerCase().min(1).max(253);

/** A server of a vendor that sees a partner's contacts. */
export const VendorHost = z.object({
  purpose: z
    .enum(['relay', 'returns'])
    .describe('relay: it sends the mail. returns: it receives what is sent to your address at the vendor’s domain'),
  host: Host.describe('its name, such as mail.example.com; the domain for `returns`'),
});

export const VendorServerView = z.object({
  ...VendorHost.shape,
  hasMoved: z
    .boolean()
    .describe('you agreed to it, but its address has left the networks of then: agree again, or not'),
  consent: z
    .object({ givenBy: z.string(), givenAt: z.iso.datetime() })
    .nullable()
    .describe('null: your organisation has not agreed; nothing is sent for this vendor'),
});
export type VendorServerView = z.infer<typeof VendorServerView>;

/** A vendor of a partner, also one whose programme the partner has left. */
export const PartnerVendorView = z.object({
  vendorId: z.uuid(),
  name: z.string(),
  isMember: z.boolean().describe('false: you have left its programme'),
  end: PartnershipEnd.nullable().describe('null: no end is announced'),
  terms: VendorTermsState.nullable().describe('its newest programme terms; null: it has none, or you have left'),
  manager: z
    .object({ name: z.string(), email: z.string() })
    .nullable()
    .describe('the person of the vendor who looks after you; null: nobody in particular'),
  distributor: z.string().nullable().describe('the partner that looks after you for this vendor; null: none'),
  totals: TotalsChoice,
  countedDeals: CountedDealsChoice,
  servers: z.array(VendorServerView).describe('empty: mail goes through the servers of the platform'),
});
export type PartnerVendorView = z.infer<typeof PartnerVendorView>;
export const PartnerVendors = z.object({ items: z.array(PartnerVendorView) });

export const GiveRelayConsent = z.strictObject({
  vendorId: idSchema<VendorId>(),
  servers: z.array(z.strictObject(VendorHost.shape)).min(1).max(20).describe('each server by its name'),
});
export const RevokeRelayConsent = z.strictObject({ vendorId: idSchema<VendorId>(), ...VendorHost.shape });

/** Ends the partnership with a vendor, as `EndPartnership` does for the vendor. */
export const LeaveVendor = EndPartnership.extend({ vendorId: idSchema<VendorId>() });
export const StayWithVendor = z.strictObject({ vendorId: idSchema<VendorId>() });

import type { PartnerRole, VendorRole } from '#kernel';

export type RoleName = `vendor ${VendorRole}` | `partner ${PartnerRole}`;

/** Those who see all of a vendor's partners. */
const PROGRAMME: readonly RoleName[] = ['vendor owner', 'vendor marketer', 'vendor approver', 'vendor analyst'];
export const VENDOR: readonly RoleName[] = [...PROGRAMME, 'vendor channel-manager'];
export const PARTNER: readonly RoleName[] = ['partner owner', 'partner marketer', 'partner viewer'];
const VENDOR_EDITORS: readonly RoleName[] = ['vendor owner', 'vendor marketer'];
const PARTNER_MANAGERS: readonly RoleName[] = [...VENDOR_EDITORS, 'vendor channel-manager'];
const PARTNER_EDITORS: readonly RoleName[] = ['partner owner', 'partner marketer'];
const OWNERS: readonly RoleName[] = ['vendor owner', 'partner owner'];

/**
 * Who may, written down a second time: the product's own table must come to the
 * same.
 */
export const RIGHTS = {
  'campaigns.read': VENDOR,
  'campaigns.edit': VENDOR_EDITORS,
  'campaigns.submit': VENDOR_EDITORS,
  'campaigns.comment': ['vendor owner', 'vendor marketer', 'vendor approver'],
  'campaigns.test': ['vendor owner', 'vendor marketer', 'vendor approver'],
  'campaigns.approve': ['vendor owner', 'vendor approver'],
  'campaigns.publish': VENDOR_EDITORS,
  'campaigns.retire': VENDOR_EDITORS,
  'signing-keys.edit': ['vendor owner'],
  'provider-sources.edit': ['vendor owner'],
  'partners.read': VENDOR,
  'partners.manage': PARTNER_MANAGERS,
  'partners.edit': VENDOR_EDITORS,
  'channel-managers.edit': ['vendor owner'],
  'programme.read': PROGRAMME,
  'vendor-activations.read': VENDOR,
  'vendor-activations.control': PARTNER_MANAGERS,
  'vendor-insight.read': PROGRAMME,
  'brand-kit.read': VENDOR,
  'brand-kit.edit': VENDOR_EDITORS,
  'assets.read': VENDOR,
  'assets.edit': VENDOR_EDITORS,
  'library.read': PARTNER,
  'brand.read': PARTNER,
  'brand.edit': PARTNER_EDITORS,
  'contacts.read': PARTNER,
  'contacts.edit': PARTNER_EDITORS,
  'offers.read': PARTNER,
  'activations.read': PARTNER,
  'activations.launch': PARTNER_EDITORS,
  'activations.control': PARTNER_EDITORS,
  'disclosures.read': PARTNER_MANAGERS,
  'disclosures.edit': PARTNER_MANAGERS,
  'disclosure-recipient.edit': ['vendor owner'],
  'leads.read': PARTNER,
  'leads.edit': PARTNER_EDITORS,
  'lead-mail.edit': ['partner owner'],
  'membership.end': ['partner owner'],
  'terms.accept': ['partner owner'],
  'distribution.edit': PARTNER_EDITORS,
  'team.read': [...VENDOR, ...PARTNER],
  'team.edit': OWNERS,
  'partner-team.read': PARTNER,
  'partner-team.edit': ['partner owner'],
  'keys.edit': OWNERS,
  'webhooks.edit': OWNERS,
  'relays.edit': ['vendor owner'],
  'set-up.edit': ['vendor owner'],
  'terms.edit': ['vendor owner'],
  'experiment-power.read': [...VENDOR, ...PARTNER],
  'costs.read': [...PROGRAMME, ...PARTNER],
  'costs.edit': [...VENDOR_EDITORS, ...PARTNER_EDITORS],
  'partner-costs.read': PARTNER,
  'audit.read': [...OWNERS, 'vendor approver', 'vendor analyst'],
  /** Any person who is signed in. An API key is no person. */
  person: [],
  /** Needs no session and no key. */
  public: [],
} as const satisfies Record<string, readonly RoleName[]>;
export type Right = keyof typeof RIGHTS;

/** Rights that are a permission of another name on each side. A key may be narrowed to one of these. */
export const OF_TWO_SIDES: Partial<Record<Right, readonly Right[]>> = {
  'experiment-power.read': ['campaigns.read', 'activations.read'],
};

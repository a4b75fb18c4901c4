import { sendingKeys } from './api';

/**
 * A partner's or a vendor's sending domain: its route, cache keys, texts and
 * permission.
 */
export const DOMAIN_OF = {
  partner: { query: sendingKeys.settings, words: 'sending', permission: 'brand.edit' },
  vendor: {
    query: sendingKeys.vendorSettings,
    words: 'vendorSending',
    permission: 'relays.edit',
  },
} as const;
export type DomainKind = keyof typeof DOMAIN_OF;

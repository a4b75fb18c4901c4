/** Whose a sending domain is: where it is asked for, what is read again after a change, by which words it is spoken of, and who may. */
export const DOMAIN_OF = {
  partner: { query: ['sending'], words: 'sending', permission: 'brand.edit' },
  vendor: {
    query: ['vendor-sending'],
    words: 'vendorSending',
    permission: 'relays.edit',
  },
} as const;
export type DomainKind = keyof typeof DOMAIN_OF;

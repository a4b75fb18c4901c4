/** Screen of a subject by its kind; `:id` is the id of the subject. */
const OF_BOTH: Readonly<Record<string, string>> = {
  user: '/team',
  invitation: '/team',
  'api-key': '/api-keys',
  'webhook-endpoint': '/webhooks/:id',
};
const OF_PARTNER: Readonly<Record<string, string>> = {
  ...OF_BOTH,
  activation: '/activations/:id',
  contact: '/contacts/:id/file',
  'contact-list': '/contacts',
  'contact-import': '/contacts/import/:id',
  lead: '/leads?lead=:id',
  'brand-profile': '/brand',
  logo: '/brand',
  'sending-domain': '/sending',
  'host-claim': '/brand',
  suppression: '/suppressions',
  membership: '/vendors',
  'programme-terms': '/vendors',
  'colleague-suggestion': '/team',
};
const OF_VENDOR: Readonly<Record<string, string>> = {
  ...OF_BOTH,
  asset: '/asset-library?asset=:id',
  'brand-kit': '/brand-kit',
  campaign: '/campaigns/:id',
  'partner-group': '/partner-groups',
  'partner-attribute': '/partner-attributes',
  membership: '/partners',
  application: '/partner-applications',
  'application-form': '/partner-applications',
  'programme-terms': '/programme-terms',
  'onboarding-reminders': '/onboarding-reminders',
  partner: '/partners/:id',
  relay: '/relays',
  'provider-source': '/mail-providers',
  'signing-key': '/signing-keys',
  disclosure: '/shared-leads?lead=:id',
};
/** Screens that depend on the action, not on the kind of subject. */
const BY_DEED: Readonly<Record<string, string>> = {
  'calendar.changed': '/calendar',
  'disclosure-recipient.changed': '/shared-leads',
  'lead-mail.changed': '/leads',
  'retention.changed': '/privacy',
  'retention.ran': '/privacy',
  'consent-rule.changed': '/privacy',
  'signing-key.rotated': '/signing-keys',
};

interface Deed {
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
}

/** After these actions the subject no longer exists. */
const ENDS = ['removed', 'deleted', 'erased', 'revoked', 'withdrawn'];

/** Screen that shows the subject of an entry; undefined if there is none. */
export function subjectLink(side: 'vendor' | 'partner', { action, subjectKind, subjectId }: Deed): string | undefined {
  const path = BY_DEED[action] ?? (side === 'vendor' ? OF_VENDOR : OF_PARTNER)[subjectKind];
  if (path === undefined || !path.includes(':id')) return path;
  return ENDS.includes(action.split('.')[1] ?? '') ? undefined : path.replace(':id', encodeURIComponent(subjectId));
}

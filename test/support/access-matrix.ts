import type supertest from 'supertest';
import { newId, type PartnerRole, type VendorRole } from '#kernel';
import { type AccessWorld, type HouseName, type Noun, secretOf, type Thing } from './access-world.js';
import { BRAND_PROFILE, launchKey, smallCampaign } from './campaigns.js';

type RoleName = `vendor ${VendorRole}` | `partner ${PartnerRole}`;

/** Those who see all of a vendor's partners. */
const PROGRAMME: readonly RoleName[] = ['vendor owner', 'vendor marketer', 'vendor approver', 'vendor analyst'];
const VENDOR: readonly RoleName[] = [...PROGRAMME, 'vendor channel-manager'];
const PARTNER: readonly RoleName[] = ['partner owner', 'partner marketer', 'partner viewer'];
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
type Right = keyof typeof RIGHTS;

/** Rights that are a permission of another name on each side. A key may be narrowed to one of these. */
export const OF_TWO_SIDES: Partial<Record<Right, readonly Right[]>> = {
  'experiment-power.read': ['campaigns.read', 'activations.read'],
};

/** Who asks. */
export interface CallerPlan {
  readonly name: string;
  readonly kind: 'nobody' | 'person' | 'key';
  /** The organisation for which it speaks. */
  readonly home: HouseName | null;
  readonly role: RoleName | null;
  /** What a key was narrowed to. */
  readonly narrowedTo?: Right;
  /** Another organisation of the same person. */
  readonly alsoOf?: HouseName;
}

const people: readonly CallerPlan[] = [...VENDOR, ...PARTNER].map((role) => ({
  name: role,
  kind: 'person',
  home: role.startsWith('vendor') ? 'northwind' : 'brightwater',
  role,
}));
const key = (home: HouseName, role: RoleName, narrowedTo?: Right): CallerPlan => ({
  name: `key of a ${role}${narrowedTo === undefined ? '' : `, for ${narrowedTo} only`}`,
  kind: 'key',
  home,
  role,
  ...(narrowedTo === undefined ? {} : { narrowedTo }),
});

export const CALLERS: readonly CallerPlan[] = [
  { name: 'nobody', kind: 'nobody', home: null, role: null },
  { name: 'a made-up cookie', kind: 'nobody', home: null, role: null },
  { name: 'a made-up key', kind: 'nobody', home: null, role: null },
  ...people,
  key('northwind', 'vendor owner'),
  key('northwind', 'vendor owner', 'campaigns.read'),
  key('northwind', 'vendor channel-manager'),
  key('brightwater', 'partner owner'),
  key('brightwater', 'partner owner', 'contacts.read'),
  {
    name: 'owner of Northwind and of its partner Brightwater, at Northwind',
    kind: 'person',
    home: 'northwind',
    role: 'vendor owner',
    alsoOf: 'brightwater',
  },
  {
    name: 'owner of Brightwater and of Kessler, at Brightwater',
    kind: 'person',
    home: 'brightwater',
    role: 'partner owner',
    alsoOf: 'kessler',
  },
  { name: 'a person of no organisation', kind: 'person', home: null, role: null },
];

/** What a request is made for. */
interface At {
  readonly world: AccessWorld;
  /**
   * The organisation of the caller, or an unrelated one if the caller is not
   * signed in.
   */
  readonly home: HouseName;
  readonly thing: Thing;
}

export interface Row {
  /**
   * As the running application has registered it: `GET /api/v1/contacts/:id`.
   */
  readonly route: string;
  readonly right: Right;
  /** What the path names; null where it names nothing. */
  readonly of: Noun | null;
  /** Answer to who may, for a thing of its own. */
  readonly status: number;
  /** Further path parameters. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: (at: At) => string;
  /** Puts the body on the request. */
  readonly dress: (test: supertest.Test, at: At) => void | Promise<void>;
  /**
   * A key is refused for things of its own; of others' it learns no more than
   * anybody.
   */
  readonly personOnly: boolean;
  /** The request ends the caller's session. */
  readonly endsSession: boolean;
  /** Answer to a made-up token. */
  readonly forged: number;
}

type Options = Partial<Omit<Row, 'route' | 'right'>>;

const row = (route: string, right: Right, options: Options = {}): Row => ({
  route,
  right,
  of: null,
  status: 200,
  path: {},
  query: () => '',
  dress: () => undefined,
  personOnly: false,
  endsSession: false,
  forged: 404,
  ...options,
});

const json =
  (body: (at: At) => object): Row['dress'] =>
  (test, at) =>
    void test.send(body(at));
const upload =
  (field: string, name: string, bytes: (at: At) => Promise<Buffer> | Buffer, fields: Record<string, string> = {}) =>
  async (test: supertest.Test, at: At): Promise<void> => {
    const file = await bytes(at);
    for (const [key, value] of Object.entries(fields)) void test.field(key, value);
    void test.attach(field, file, name);
  };
const newEmail = ({ world, home }: At): string => `new${world.number}@${secretOf(home)}.example`;
const csv = (at: At): Buffer => Buffer.from(`email\n${newEmail(at)}\n`);
const LOGO = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30" fill="#0b5cad"/></svg>',
);
const PASSWORD = { name: 'Somebody', password: 'a long enough password' };

const UNKNOWN_ID = newId();
const MADE_UP_PASSKEY = {
  id: 'bWFkZS11cA',
  rawId: 'bWFkZS11cA',
  type: 'public-key',
  clientExtensionResults: {},
  response: { clientDataJSON: 'e30', authenticatorData: 'AA', attestationObject: 'AA', signature: 'AA' },
};

/** An open form, and what a company enters there. */
const applicationForm = (): object => ({
  isOpen: true,
  introduction: { en: 'Sell with us.' },
  questions: [],
  rules: {
    accept: { countries: [], domains: [] },
    refuse: { countries: [], domains: [] },
    tier: '',
    region: '',
    refusal: '',
  },
});
const APPLICATION = {
  company: 'Newcomer',
  countryCode: 'GB',
  person: 'Ada',
  email: 'ada@newcomer.example',
  language: 'en',
  answers: {},
};

const FIRST_RUN = {
  ...PASSWORD,
  token: 'made-up',
  vendorName: 'Contoso',
  countryCode: 'GB',
  timeZone: 'Europe/London',
  languages: ['en'],
  email: 'owner@contoso.example',
  language: 'en',
};

const SESSION: readonly Row[] = [
  row('POST /api/v1/session', 'public', {
    dress: async (test, { world }) => {
      const { email } = await world.person([['brightwater', 'viewer']]);
      void test.send({ email, password: PASSWORD.password });
    },
  }),
  row('GET /api/v1/session', 'person'),
  row('DELETE /api/v1/session', 'person', { status: 204, endsSession: true }),
  row('POST /api/v1/session/organisation', 'person', {
    of: 'organisation',
    endsSession: true,
    dress: json(({ thing }) => thing),
  }),
  row('POST /api/v1/session/passkey/challenge', 'public'),
  // No passkey of the made-up answer is known. `security.api` signs in by one.
  row('POST /api/v1/session/passkey', 'public', { status: 401, dress: json(() => MADE_UP_PASSKEY) }),
  row('GET /api/v1/notifications', 'person'),
  row('POST /api/v1/notifications/read', 'person', { dress: json(() => ({})) }),
  row('GET /api/v1/saved-views', 'person'),
  row('GET /api/v1/saved-views/:id', 'person', { status: 404, path: { id: UNKNOWN_ID } }),
  row('POST /api/v1/saved-views', 'person', { status: 422, dress: json(() => ({})) }),
  row('PATCH /api/v1/saved-views/:id', 'person', { status: 404, path: { id: UNKNOWN_ID }, dress: json(() => ({})) }),
  row('DELETE /api/v1/saved-views/:id', 'person', { status: 404, path: { id: UNKNOWN_ID } }),
  row('PUT /api/v1/saved-views/:id/mail', 'person', {
    status: 404,
    path: { id: UNKNOWN_ID },
    dress: json(() => ({ rhythm: 'weekly', day: 1, hour: 8, format: 'csv' })),
  }),
  row('DELETE /api/v1/saved-views/:id/mail', 'person', { status: 404, path: { id: UNKNOWN_ID } }),
  row('GET /api/v1/saved-views/:id/file', 'person', {
    status: 404,
    path: { id: UNKNOWN_ID },
    query: () => '?format=csv',
  }),
  row('GET /api/v1/search', 'person', { query: () => '?q=a' }),
  row('GET /api/v1/sessions', 'person'),
  row('DELETE /api/v1/sessions', 'person', { status: 204, endsSession: true }),
  row('DELETE /api/v1/sessions/:id', 'person', { status: 404, path: { id: UNKNOWN_ID } }),
  row('POST /api/v1/session/confirmation/challenge', 'person'),
  row('POST /api/v1/session/confirmation', 'person', {
    status: 204,
    dress: json(() => ({ password: PASSWORD.password })),
  }),
  row('GET /api/v1/account/profile', 'person'),
  row('PATCH /api/v1/account/profile', 'person', { dress: json(() => ({ region: 'GB', weekStartsOn: 1 })) }),
  row('GET /api/v1/account/notifications', 'person'),
  row('PATCH /api/v1/account/notifications', 'person', { status: 422, dress: json(() => ({ items: [] })) }),
  row('DELETE /api/v1/account/organisations/:id', 'person', { status: 404, path: { id: UNKNOWN_ID } }),
  row('GET /api/v1/account/security', 'person'),
  row('PUT /api/v1/account/password', 'person', { status: 422, dress: json(() => ({ password: 'too short' })) }),
  row('POST /api/v1/account/email', 'person', { status: 202, dress: json((at) => ({ email: newEmail(at) })) }),
  row('POST /api/v1/email-changes/:token', 'public', { status: 410, path: { token: 'made-up' } }),
  row('POST /api/v1/account/passkeys/challenge', 'person'),
  row('POST /api/v1/account/passkeys', 'person', {
    status: 422,
    dress: json(() => ({ name: 'Key', response: MADE_UP_PASSKEY })),
  }),
  row('PATCH /api/v1/account/passkeys/:id', 'person', {
    status: 404,
    path: { id: UNKNOWN_ID },
    dress: json(() => ({ name: 'Key' })),
  }),
  row('DELETE /api/v1/account/passkeys/:id', 'person', { status: 404, path: { id: UNKNOWN_ID } }),
  row('POST /api/v1/account/totp', 'person'),
  row('POST /api/v1/account/totp/confirmation', 'person', { status: 422, dress: json(() => ({ code: 'none' })) }),
  row('DELETE /api/v1/account/totp', 'person', { status: 404 }),
  row('POST /api/v1/account/recovery-codes', 'person', { status: 404 }),
  row('GET /api/v1/invitations/:token', 'public', { of: 'invitation', forged: 410 }),
  row('POST /api/v1/invitations/:token/accept', 'public', {
    of: 'invitation',
    forged: 410,
    dress: json(() => PASSWORD),
  }),
  row('GET /api/v1/invitations/:token/companies', 'person', { status: 410, path: { token: 'made-up' } }),
  row('POST /api/v1/invitations/:token/join', 'person', {
    status: 410,
    path: { token: 'made-up' },
    dress: json(() => ({ organisationId: null })),
  }),
  // Every installation here has a vendor; first-run.api.spec.ts founds the first one.
  row('GET /api/v1/first-run', 'public', { status: 410 }),
  row('POST /api/v1/first-run', 'public', { status: 410, dress: json(() => FIRST_RUN) }),
  row('GET /api/v1/set-up', 'set-up.edit'),
  row('POST /api/v1/set-up/test-mail', 'set-up.edit', { status: 202, personOnly: true }),
  row('POST /api/v1/set-up/hidden', 'set-up.edit', { status: 204 }),
  row('POST /api/v1/password-resets', 'public', {
    status: 202,
    dress: json(() => ({ email: 'somebody@example.com' })),
  }),
  row('POST /api/v1/password-resets/:token', 'public', {
    of: 'password reset',
    status: 204,
    forged: 410,
    dress: json(() => ({ password: PASSWORD.password })),
  }),
];

const TEAM: readonly Row[] = [
  row('GET /api/v1/organisation/exports', 'team.edit'),
  row('POST /api/v1/organisation/exports', 'team.edit', { status: 202 }),
  row('GET /api/v1/organisation/exports/:id', 'team.edit', { status: 404, path: { id: UNKNOWN_ID } }),
  row('GET /api/v1/organisation/exports/:id/file', 'team.edit', { status: 404, path: { id: UNKNOWN_ID } }),
  row('GET /api/v1/organisation/deletion', 'team.edit'),
  // No export of these companies was downloaded, and nobody has asked for it.
  row('POST /api/v1/organisation/deletion', 'team.edit', {
    status: 422,
    dress: json(() => ({ name: 'x', reason: 'We close.' })),
  }),
  row('DELETE /api/v1/organisation/deletion', 'team.edit', { status: 409 }),
  row('GET /api/v1/sign-in-policy', 'team.read'),
  row('PUT /api/v1/sign-in-policy', 'team.edit', { dress: json(() => ({ isSecondFactorRequired: false })) }),
  row('GET /api/v1/team', 'team.read'),
  row('POST /api/v1/team/invitations', 'team.edit', {
    status: 202,
    dress: json((at) => ({ email: newEmail(at), role: 'marketer' })),
  }),
  row('GET /api/v1/team/invitations', 'team.read'),
  row('POST /api/v1/team/invitations/:id/resend', 'team.edit', { of: 'team invitation', status: 202 }),
  row('DELETE /api/v1/team/invitations/:id', 'team.edit', { of: 'team invitation', status: 204 }),
  row('GET /api/v1/team/suggestions', 'partner-team.read'),
  row('POST /api/v1/team/suggestions/:id/invite', 'partner-team.edit', {
    of: 'suggested colleague',
    status: 202,
    dress: json(() => ({ role: 'marketer' })),
  }),
  row('POST /api/v1/team/suggestions/:id/decline', 'partner-team.edit', { of: 'suggested colleague', status: 204 }),
  row('PATCH /api/v1/team/:userId', 'team.edit', {
    of: 'member',
    status: 204,
    dress: json(() => ({ role: 'marketer' })),
  }),
  row('DELETE /api/v1/team/:userId', 'team.edit', { of: 'member', status: 204 }),
  row('GET /api/v1/api-keys', 'keys.edit'),
  row('POST /api/v1/api-keys', 'keys.edit', {
    status: 201,
    dress: json(({ home }) => ({ name: secretOf(home), role: 'marketer' })),
  }),
  row('DELETE /api/v1/api-keys/:id', 'keys.edit', { of: 'api key', status: 204 }),
  row('POST /api/v1/signing-keys', 'signing-keys.edit', { status: 201 }),
  row('GET /api/v1/audit-entries', 'audit.read', { query: () => '?limit=200' }),
  row('GET /api/v1/audit-entries.csv', 'audit.read'),
];

// No server listens there: a check says so at once.
const relayOf = (at: At) => ({
  name: secretOf(at.home),
  host: '127.0.0.1',
  port: 25,
  tls: 'required',
  username: 'anna',
  password: 'p',
  priority: 10,
  connections: 2,
  enabled: false,
});
/** The same of a vendor's sub-domain. */
async function withVendorDomain({ world, home }: At): Promise<void> {
  await world.owner(home).put('/api/v1/vendor-sending/domain', aVendorDomain(home));
}
const aVendorDomain = (home: HouseName) => ({ domain: `partners.${secretOf(home)}.example` });
const RELAYS: readonly Row[] = [
  row('GET /api/v1/vendor-sending', 'relays.edit'),
  row('GET /api/v1/vendor-sending/frequency-cap', 'relays.edit'),
  row('PUT /api/v1/vendor-sending/frequency-cap', 'relays.edit', { dress: json(() => ({ cap: 3 })) }),
  row('PUT /api/v1/vendor-sending/domain', 'relays.edit', { dress: json(({ home }) => aVendorDomain(home)) }),
  row('POST /api/v1/vendor-sending/domain/check', 'relays.edit', { dress: (_, at) => withVendorDomain(at) }),
  row('DELETE /api/v1/vendor-sending/domain', 'relays.edit', {
    status: 204,
    dress: (_, at) => withVendorDomain(at),
  }),
  row('GET /api/v1/relays', 'relays.edit'),
  row('POST /api/v1/relays', 'relays.edit', { status: 201, dress: json(relayOf) }),
  row('PUT /api/v1/relays/:id', 'relays.edit', { of: 'relay', dress: json(relayOf) }),
  row('DELETE /api/v1/relays/:id', 'relays.edit', { of: 'relay', status: 204 }),
  row('POST /api/v1/relays/:id/check', 'relays.edit', { of: 'relay' }),
  row('GET /api/v1/unknown-policy', 'relays.edit'),
  row('PUT /api/v1/unknown-policy', 'relays.edit', {
    dress: json(() => ({ onUnknown: 'close', repeatAfterHours: 24 })),
  }),
  row('GET /api/v1/unknown-messages', 'relays.edit'),
  row('POST /api/v1/unknown-messages/decide', 'relays.edit', {
    dress: json(() => ({ ids: [newId()], decision: 'close' })),
  }),
];

const vendorIdOf = ({ world, home }: At): string => world.vendorIdOf(home);
const VENDORS: readonly Row[] = [
  row('GET /api/v1/vendors', 'offers.read'),
  row('POST /api/v1/vendors/leave', 'membership.end', {
    dress: json((at) => ({ vendorId: vendorIdOf(at), reason: 'We sell others.', lastDay: at.world.day(300) })),
  }),
  row('POST /api/v1/vendors/stay', 'membership.end', {
    dress: async (test, at) => {
      const end = { vendorId: vendorIdOf(at), reason: 'We sell others.', lastDay: at.world.day(300) };
      await at.world.owner(at.home).post('/api/v1/vendors/leave', end);
      test.send({ vendorId: vendorIdOf(at) });
    },
  }),
  row('GET /api/v1/onboarding', 'offers.read'),
  row('POST /api/v1/onboarding/hidden', 'activations.launch', { status: 204 }),
  row('GET /api/v1/vendor-terms', 'offers.read'),
  // The vendor has no terms: programme-terms.api.spec.ts accepts some.
  row('POST /api/v1/vendor-terms/accept', 'terms.accept', {
    status: 404,
    dress: json((at) => ({ vendorId: vendorIdOf(at), number: 1, language: 'en' })),
  }),
  // The vendor has no server: a caller with the right gets this conflict.
  row('POST /api/v1/relay-consents', 'activations.launch', {
    status: 409,
    dress: json((at) => ({ vendorId: vendorIdOf(at), servers: [{ purpose: 'relay', host: 'mail.example.com' }] })),
  }),
  row('POST /api/v1/relay-consents/revoke', 'activations.launch', {
    status: 409,
    dress: json((at) => ({ vendorId: vendorIdOf(at), purpose: 'relay', host: 'mail.example.com' })),
  }),
  row('GET /api/v1/vendor-tiers', 'offers.read'),
  row('GET /api/v1/vendor-attributes', 'offers.read'),
  row('PATCH /api/v1/vendor-attributes', 'brand.edit', {
    dress: json((at) => ({ vendorId: vendorIdOf(at), values: {} })),
  }),
];

const TOTALS: readonly Row[] = [
  row('GET /api/v1/shared-totals', 'activations.read'),
  row('PUT /api/v1/shared-totals', 'activations.launch', {
    dress: json((at) => ({ vendorId: vendorIdOf(at), isShared: true })),
  }),
  row('PUT /api/v1/counted-deals', 'activations.launch', {
    dress: json((at) => ({ vendorId: vendorIdOf(at), isCounted: false })),
  }),
  row('GET /api/v1/vendor-insight/deal-sums', 'vendor-insight.read'),
  row('GET /api/v1/vendor-insight/deal-sums.csv', 'vendor-insight.read'),
  row('GET /api/v1/vendor-insight/partners', 'vendor-activations.read'),
  row('GET /api/v1/vendor-insight/partners.csv', 'vendor-activations.read'),
  row('GET /api/v1/partner-terms', 'partners.read'),
  row('PUT /api/v1/partner-terms', 'partners.edit', { dress: json(() => ({ requiresTotals: false })) }),
];

const PROVIDERS: readonly Row[] = [
  row('GET /api/v1/provider-sources', 'provider-sources.edit'),
  row('POST /api/v1/provider-sources', 'provider-sources.edit', {
    status: 201,
    dress: json(({ home }) => ({ provider: 'postmark', name: secretOf(home) })),
  }),
  row('POST /api/v1/provider-sources/:id/secrets', 'provider-sources.edit', {
    of: 'provider source',
    status: 201,
    dress: json(() => ({})),
  }),
  row('PATCH /api/v1/provider-sources/:id', 'provider-sources.edit', {
    of: 'provider source',
    dress: json(() => ({ paused: true })),
  }),
  row('GET /api/v1/inbound-mailbox', 'provider-sources.edit'),
  row('DELETE /api/v1/provider-sources/:id', 'provider-sources.edit', { of: 'provider source', status: 204 }),
  row('POST /api/v1/provider-events/:provider/:sourceId', 'public', {
    of: 'telling provider',
    path: { provider: 'postmark' },
    forged: 401,
    dress: (test, { thing }) =>
      void test.auth('postmark', thing.password!).send({ RecordType: 'Open', MessageID: 'access' }),
  }),
];

const ENDPOINT = { url: 'https://hooks.example/throughline', eventTypes: ['lead.disclosed'] };
const WEBHOOKS: readonly Row[] = [
  row('GET /api/v1/webhook-event-types', 'webhooks.edit'),
  row('GET /api/v1/webhook-endpoints', 'webhooks.edit'),
  row('POST /api/v1/webhook-endpoints', 'webhooks.edit', {
    status: 201,
    dress: json(({ home }) => ({ ...ENDPOINT, description: secretOf(home) })),
  }),
  row('GET /api/v1/webhook-endpoints/:id', 'webhooks.edit', { of: 'webhook endpoint' }),
  row('PUT /api/v1/webhook-endpoints/:id', 'webhooks.edit', {
    of: 'webhook endpoint',
    dress: json(({ home }) => ({ ...ENDPOINT, description: secretOf(home), enabled: true })),
  }),
  row('DELETE /api/v1/webhook-endpoints/:id', 'webhooks.edit', { of: 'webhook endpoint', status: 204 }),
  row('POST /api/v1/webhook-endpoints/:id/secrets', 'webhooks.edit', {
    of: 'webhook endpoint',
    status: 201,
    dress: json(() => ({})),
  }),
  row('POST /api/v1/webhook-endpoints/:id/tests', 'webhooks.edit', { of: 'webhook endpoint', status: 201 }),
  row('GET /api/v1/webhook-endpoints/:id/deliveries', 'webhooks.edit', { of: 'webhook endpoint' }),
  row('GET /api/v1/webhook-endpoints/:id/deliveries/:deliveryId', 'webhooks.edit', { of: 'webhook delivery' }),
  row('POST /api/v1/webhook-endpoints/:id/deliveries/:deliveryId/replay', 'webhooks.edit', {
    of: 'webhook delivery',
    status: 201,
  }),
  row('POST /api/v1/webhook-endpoints/:id/replays', 'webhooks.edit', {
    of: 'webhook endpoint',
    status: 201,
    dress: json(() => ({ from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' })),
  }),
];

const CAMPAIGNS: readonly Row[] = [
  row('POST /api/v1/campaigns', 'campaigns.edit', {
    status: 201,
    dress: upload('package', 'package.zip', ({ world, home }) => smallCampaign(`new-${world.number}`, secretOf(home))),
  }),
  row('POST /api/v1/campaigns/:id/versions', 'campaigns.edit', {
    of: 'campaign draft',
    status: 201,
    dress: upload('package', 'package.zip', async ({ world, home, thing }) => {
      const shelf = await world.owner(home).get(`/api/v1/campaigns/${thing['id']}`);
      const { name = 'a-campaign-of-others' } = shelf.body as { name?: string };
      return smallCampaign(name, secretOf(home));
    }),
  }),
  row('GET /api/v1/campaigns', 'campaigns.read', { query: () => '?limit=200' }),
  row('GET /api/v1/campaigns/:id', 'campaigns.read', { of: 'campaign' }),
  row('POST /api/v1/campaigns/:id/retire', 'campaigns.retire', { of: 'published campaign' }),
  row('POST /api/v1/campaigns/:id/recall', 'campaigns.retire', {
    of: 'published campaign',
    dress: json(() => ({ reason: 'It has a mistake.' })),
  }),
  row('POST /api/v1/campaigns/:id/recall/preview', 'campaigns.retire', {
    of: 'published campaign',
    dress: json(() => ({})),
  }),
  row('GET /api/v1/campaigns/:id/recalls', 'vendor-activations.read', { of: 'recalled campaign' }),
  row('GET /api/v1/campaigns/:id/recalls/:recallId', 'vendor-activations.read', { of: 'recalled campaign' }),
  row('GET /api/v1/campaigns/:id/recalls/:recallId/rows', 'vendor-activations.read', { of: 'recalled campaign' }),
  row('GET /api/v1/campaigns/:id/recalls/:recallId/report.csv', 'vendor-activations.read', { of: 'recalled campaign' }),
  row('GET /api/v1/campaigns/:id/recalls/:recallId/report.json', 'programme.read', {
    of: 'recalled campaign',
  }),
  row('POST /api/v1/campaigns/:id/recalls/:recallId/reverse', 'campaigns.retire', {
    of: 'recalled campaign',
    dress: json(() => ({ reason: 'It was right.' })),
  }),
  row('POST /api/v1/campaigns/:id/stop-launches', 'campaigns.retire', { of: 'published campaign' }),
  row('POST /api/v1/campaigns/:id/allow-launches', 'campaigns.retire', { of: 'published campaign' }),
  row('POST /api/v1/campaigns/:id/archive', 'campaigns.edit', { of: 'retired campaign' }),
  row('POST /api/v1/campaigns/:id/restore', 'campaigns.edit', { of: 'retired campaign' }),
  row('DELETE /api/v1/campaigns/:id/versions/:number', 'campaigns.edit', { of: 'campaign draft', status: 204 }),
  row('GET /api/v1/campaigns/:id/lifetime', 'campaigns.read', { of: 'campaign' }),
  row('PUT /api/v1/campaigns/:id/lifetime', 'campaigns.retire', {
    of: 'published campaign',
    dress: json(() => ({ reviewOn: null, expiresOn: null, pagesAfterEnd: 'notice' })),
  }),
  // Its version tests nothing: who may is told so.
  row('PUT /api/v1/campaigns/:id/versions/:number/test-winner', 'campaigns.publish', {
    of: 'published campaign',
    path: { number: '1' },
    status: 409,
    dress: json(() => ({ arm: null })),
  }),
  row('GET /api/v1/old-contents', 'campaigns.read'),
  row('GET /api/v1/campaigns/:id/activations', 'vendor-activations.read', { of: 'campaign' }),
  row('POST /api/v1/campaigns/:id/activations/:activationId/hold', 'vendor-activations.control', {
    of: 'run campaign',
    dress: json(() => ({ reason: 'A claim is wrong.' })),
  }),
  row('POST /api/v1/campaigns/:id/activations/:activationId/release', 'vendor-activations.control', {
    of: 'paused campaign',
  }),
  row('POST /api/v1/campaigns/:id/activations/:activationId/stop', 'vendor-activations.control', {
    of: 'run campaign',
    dress: json(() => ({ reason: 'A claim is wrong.' })),
  }),
  row('GET /api/v1/campaigns/:id/versions/:number', 'campaigns.read', { of: 'campaign' }),
  row('GET /api/v1/campaigns/:id/versions/:number/package.zip', 'campaigns.read', { of: 'campaign' }),
  row('GET /api/v1/authoring-language', 'campaigns.read'),
  row('GET /api/v1/campaigns/:id/versions/:number/files', 'campaigns.read', { of: 'campaign' }),
  row('POST /api/v1/campaigns/:id/versions/:number/files/check', 'campaigns.edit', {
    of: 'campaign draft',
    dress: json(() => ({ changes: {}, show: null })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/files/canvas', 'campaigns.edit', {
    of: 'campaign draft',
    dress: json(() => ({ changes: {}, show: { key: 'welcome', locale: null, partnerId: null } })),
  }),
  row('GET /api/v1/campaigns/:id/versions/:number/files/bytes', 'campaigns.read', {
    of: 'campaign',
    query: () => '?path=campaign.yaml',
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/files/artwork', 'campaigns.edit', {
    of: 'campaign',
    dress: json(() => ({
      changes: {},
      show: { kind: 'document', key: 'brochure', locale: null, partnerId: null },
    })),
  }),
  row('PATCH /api/v1/campaigns/:id/versions/:number/files', 'campaigns.edit', {
    of: 'campaign draft',
    dress: async (test, { world, home, thing }) => {
      const { body } = await world.owner(home).get(`/api/v1/campaigns/${thing['id']}/versions/1/files`);
      const { packageHash = '0'.repeat(64) } = body as { packageHash?: string };
      void test.send({ basedOn: packageHash, changes: { 'notes.md': secretOf(home) } });
    },
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/test-mails', 'campaigns.test', {
    of: 'campaign',
    status: 202,
    personOnly: true,
    dress: json(() => ({ key: 'welcome', locale: null, partnerId: null })),
  }),
  row('GET /api/v1/campaigns/:id/draft-files', 'campaigns.read', { of: 'draft file' }),
  row('GET /api/v1/campaigns/:id/draft-files/bytes', 'campaigns.read', {
    of: 'draft file',
    query: () => '?path=images/dot.png',
  }),
  row('PUT /api/v1/campaigns/:id/draft-files', 'campaigns.edit', {
    of: 'campaign draft',
    dress: async (test, { world, home, thing }) => {
      const { body } = await world.owner(home).get(`/api/v1/campaigns/${thing['id']}/versions/1/files`);
      const { packageHash = '0'.repeat(64) } = body as { packageHash?: string };
      const file = { path: 'notes.md', kind: 'text', text: secretOf(home), revision: null };
      void test.send({ basedOn: packageHash, files: [file] });
    },
  }),
  row('POST /api/v1/campaigns/:id/draft-files/uploads', 'campaigns.edit', {
    of: 'campaign draft',
    query: () => '?path=images/logo.svg',
    dress: upload('file', 'logo.svg', () => LOGO),
  }),
  row('POST /api/v1/campaigns/:id/draft-files/save', 'campaigns.edit', { of: 'draft file' }),
  row('DELETE /api/v1/campaigns/:id/draft-files', 'campaigns.edit', { of: 'draft file', status: 204 }),
  row('GET /api/v1/campaigns/:id/translations', 'campaigns.read', { of: 'campaign draft' }),
  row('GET /api/v1/campaigns/:id/translations/all.zip', 'campaigns.read', { of: 'campaign draft' }),
  row('GET /api/v1/campaigns/:id/translations/:locale/xliff', 'campaigns.read', {
    of: 'campaign draft',
    path: { locale: 'en' },
  }),
  row('POST /api/v1/campaigns/:id/translations/:locale', 'campaigns.edit', {
    of: 'campaign draft',
    path: { locale: 'de' },
    dress: json(({ home }) => ({ texts: [{ key: 'welcome.subject', source: 'Read', text: secretOf(home) }] })),
  }),
  row('POST /api/v1/campaigns/:id/translations/:locale/reviews', 'campaigns.comment', {
    of: 'campaign draft',
    path: { locale: 'de' },
    personOnly: true,
    dress: json(({ home }) => ({ texts: [{ key: 'welcome.subject', source: 'Read', text: secretOf(home) }] })),
  }),
  row('POST /api/v1/campaigns/:id/translations/:locale/reopened', 'campaigns.comment', {
    of: 'campaign draft',
    path: { locale: 'de' },
    dress: json(() => ({ keys: ['welcome.subject'] })),
  }),
  row('POST /api/v1/campaigns/:id/translations/:locale/requests', 'campaigns.comment', {
    of: 'campaign draft',
    path: { locale: 'de' },
    personOnly: true,
    status: 204,
    dress: json(() => ({ kind: 'rework' })),
  }),
  row('POST /api/v1/campaigns/:id/translations/:locale/xliff-checks', 'campaigns.edit', {
    of: 'campaign draft',
    path: { locale: 'en' },
    dress: async (test, { world, home, thing }) => {
      const { body } = await world
        .owner(home)
        .get(`/api/v1/campaigns/${thing['id']}/translations/en/xliff`)
        .responseType('blob');
      void test.attach('file', body as Buffer, 'texts.xlf');
    },
  }),
  row('GET /api/v1/translation-rule', 'campaigns.read'),
  row('PATCH /api/v1/translation-rule', 'campaigns.approve', { dress: json(() => ({ unreviewed: 'warn' })) }),
  row('PUT /api/v1/translation-rule/reviewers/:locale', 'campaigns.approve', {
    path: { locale: 'de' },
    dress: json(() => ({ userId: null })),
  }),
  row('GET /api/v1/campaigns/:id/versions/:number/manifest', 'campaigns.read', { of: 'campaign' }),
  row('POST /api/v1/campaigns/:id/versions/:number/dry-run', 'campaigns.read', {
    of: 'campaign',
    dress: json(() => ({ samples: [{ name: 'Robin', timeZone: 'Europe/London' }] })),
  }),
  row('GET /api/v1/campaigns/:id/versions/:number/programme-dry-run', 'campaigns.read', { of: 'campaign' }),
  // These vendors have too few partners for a forecast; that comes after the rights.
  row('POST /api/v1/campaigns/:id/versions/:number/programme-dry-run', 'campaigns.submit', {
    of: 'campaign',
    status: 409,
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/submit', 'campaigns.submit', { of: 'campaign draft' }),
  row('POST /api/v1/campaigns/:id/versions/:number/withdraw', 'campaigns.submit', { of: 'submitted version' }),
  row('GET /api/v1/campaign-reviewers', 'campaigns.read'),
  row('GET /api/v1/waiting-work', 'campaigns.read'),
  row('GET /api/v1/vendor-home', 'campaigns.read'),
  row('GET /api/v1/campaign-plan', 'campaigns.read', { query: () => '?from=2026-01-01&to=2026-12-31' }),
  row('POST /api/v1/campaigns/:id/versions/:number/confirmations', 'campaigns.submit', {
    of: 'campaign draft',
    dress: json(() => ({ problems: [{ code: 'text-untranslated', file: 'locales/de.yaml', message: 'None.' }] })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/check-links', 'campaigns.submit', { of: 'campaign draft' }),
  row('POST /api/v1/campaigns/:id/versions/:number/approve', 'campaigns.approve', {
    of: 'submitted version',
    personOnly: true,
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/return', 'campaigns.approve', {
    of: 'submitted version',
    dress: json(() => ({ comment: 'Name a source for the claim.' })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/comments', 'campaigns.comment', {
    of: 'submitted version',
    status: 201,
    dress: json(({ home }) => ({ text: secretOf(home), about: { kind: 'email', key: 'welcome' } })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/comments/:comment/answers', 'campaigns.comment', {
    of: 'review comment',
    status: 201,
    dress: json(({ home }) => ({ text: secretOf(home) })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/comments/:comment/resolve', 'campaigns.comment', {
    of: 'review comment',
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/comments/:comment/reopen', 'campaigns.comment', {
    of: 'review comment',
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/publish', 'campaigns.publish', {
    of: 'approved version',
    dress: json(({ world, home }) => ({
      partnerGroupIds: [world.vendor(home === 'contoso' ? 'contoso' : 'northwind').nobody],
      opensOn: world.day(0),
      closesOn: world.day(30),
    })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/extend', 'campaigns.publish', {
    of: 'published campaign',
    dress: json(({ world, home }) => ({
      partnerGroupIds: [world.vendor(home === 'contoso' ? 'contoso' : 'northwind').nobody],
      closesOn: world.day(60),
    })),
  }),
  row('GET /api/v1/newsletters', 'programme.read'),
  row('POST /api/v1/newsletters', 'campaigns.edit', {
    status: 201,
    dress: json(({ world }) => ({ title: `Newsletter ${world.number}`, languages: ['en'] })),
  }),
  row('POST /api/v1/newsletters/audience', 'programme.read', { dress: json(() => ({ groupIds: [], roles: [] })) }),
  row('GET /api/v1/newsletters/:id', 'programme.read', { of: 'newsletter' }),
  row('PUT /api/v1/newsletters/:id', 'campaigns.edit', {
    of: 'newsletter',
    dress: json(() => ({ groupIds: [], roles: ['owner'], senderAddress: '1 High Street, London' })),
  }),
  row('DELETE /api/v1/newsletters/:id', 'campaigns.edit', { of: 'newsletter', status: 204 }),
  row('POST /api/v1/newsletters/:id/preview', 'campaigns.edit', { of: 'newsletter', dress: json(() => ({})) }),
  row('POST /api/v1/newsletters/:id/test', 'campaigns.edit', {
    of: 'newsletter',
    status: 202,
    personOnly: true,
    dress: json(() => ({})),
  }),
  row('POST /api/v1/newsletters/:id/send', 'campaigns.publish', {
    of: 'newsletter that can be sent',
    dress: json(({ world }) => ({ at: new Date(world.api.clock.now().getTime() + 86_400_000).toISOString() })),
  }),
  row('POST /api/v1/newsletters/:id/cancel', 'campaigns.publish', { of: 'scheduled newsletter' }),
  row('GET /api/v1/campaigns/:id/versions/:number/waves', 'programme.read', { of: 'campaign' }),
  row('POST /api/v1/campaigns/:id/versions/:number/waves', 'campaigns.publish', {
    of: 'published campaign',
    dress: json(({ world }) => ({ opensOn: world.day(20), sharePercent: 10 })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/waves/pause', 'campaigns.publish', {
    of: 'published campaign',
    dress: json(() => ({ isPaused: true })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/waves/:waveId/open', 'campaigns.publish', { of: 'wave' }),
  row('POST /api/v1/campaigns/:id/versions/:number/waves/:waveId/plan', 'campaigns.publish', {
    of: 'wave',
    dress: json(({ world }) => ({ opensOn: world.day(20) })),
  }),
  row('DELETE /api/v1/campaigns/:id/versions/:number/waves/:waveId', 'campaigns.publish', { of: 'wave' }),
  row('GET /api/v1/campaigns/:id/versions/:number/update', 'programme.read', { of: 'campaign' }),
  row('POST /api/v1/campaigns/:id/versions/:number/update', 'campaigns.publish', {
    of: 'published campaign',
    dress: json(() => ({ choice: 'finish' })),
  }),
  // As above: too few partners.
  row('POST /api/v1/campaigns/:id/versions/:number/update/contacts', 'campaigns.publish', {
    of: 'published campaign',
    status: 409,
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/update/:updateId/roll-back', 'campaigns.publish', {
    of: 'version update',
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/update/:updateId/continue', 'campaigns.publish', {
    of: 'version update',
  }),
  row('GET /api/v1/campaigns/:id/versions/:number/preview/emails/:key', 'campaigns.read', {
    of: 'campaign',
    path: { key: 'welcome' },
  }),
  row('GET /api/v1/campaigns/:id/versions/:number/preview/pages/:key', 'campaigns.read', {
    of: 'campaign',
    path: { key: 'landing' },
  }),
  row('GET /api/v1/campaigns/:id/versions/:number/preview/documents/:key.pdf', 'campaigns.read', {
    of: 'campaign',
    path: { key: 'brochure' },
  }),
  row('GET /api/v1/campaigns/:id/versions/:number/preview/social/:key/:format.jpg', 'campaigns.read', {
    of: 'campaign',
    path: { key: 'announce', format: 'square' },
  }),
  row('GET /api/v1/campaign-templates', 'campaigns.read'),
  row('GET /api/v1/campaign-templates/:name/preview', 'campaigns.read', { path: { name: 'zero-trust-edge' } }),
  row('GET /api/v1/campaign-layouts', 'campaigns.read'),
  row('GET /api/v1/campaign-layouts/:name', 'campaigns.read', { path: { name: 'reminder' } }),
  row('GET /api/v1/campaign-layouts/:name/preview', 'campaigns.read', { path: { name: 'reminder' } }),
  row('GET /api/v1/campaign-tags', 'campaigns.read'),
  row('PATCH /api/v1/campaigns/:id/tags', 'campaigns.edit', {
    of: 'campaign',
    dress: json(({ home }) => ({ add: [secretOf(home)] })),
  }),
  row('POST /api/v1/campaign-copies', 'campaigns.edit', {
    of: 'campaign draft',
    status: 201,
    dress: json(({ world, thing }) => ({
      from: { campaignId: thing['id'], number: 1 },
      title: `Copy ${world.number}`,
    })),
  }),
];

const costsCsv = () => Buffer.from('reference,amount\nR-1,nothing\n');
const dealsCsv = () => Buffer.from('external id,email\nCRM-1,nobody@nowhere.example\n');
const partnersCsv = () => Buffer.from('company,tier\nNo Such Partner,gold\n');
const AN_ATTRIBUTE = { kind: 'text', owner: 'vendor' };

const REMINDERS = { isOn: false, firstAfterDays: 7, againAfterDays: 14, holdOutPercent: 10, dailyLimit: 100 };

const PARTNERS: readonly Row[] = [
  row('GET /api/v1/application-form', 'programme.read'),
  row('PUT /api/v1/application-form', 'partners.edit', { dress: json(applicationForm) }),
  row('GET /api/v1/applications', 'programme.read'),
  row('POST /api/v1/applications/:id/accept', 'partners.edit', {
    of: 'application',
    dress: json(() => ({ tier: 'gold', region: 'emea' })),
  }),
  row('POST /api/v1/applications/:id/refuse', 'partners.edit', { of: 'application', dress: json(() => ({})) }),
  // partner-applications.api.spec.ts uses an open form.
  row('GET /api/v1/applications/forms/:slug', 'public', { status: 410, path: { slug: 'made-up' } }),
  row('POST /api/v1/applications/forms/:slug', 'public', {
    status: 410,
    path: { slug: 'made-up' },
    dress: json(() => APPLICATION),
  }),
  row('POST /api/v1/applications/confirmations/:token', 'public', { status: 410, path: { token: 'made-up' } }),
  row('GET /api/v1/onboarding-reminders', 'programme.read'),
  row('PUT /api/v1/onboarding-reminders', 'partners.edit', { dress: json(() => REMINDERS) }),
  row('GET /api/v1/onboarding-reminders/partners', 'partners.read'),
  row('GET /api/v1/programme-terms', 'partners.read'),
  row('POST /api/v1/programme-terms', 'terms.edit', {
    // The number of a version is its own only once: a caller with the right gets this conflict.
    status: 409,
    dress: json((at) => ({
      number: 9000,
      texts: { en: 'Sell fairly.' },
      effectiveOn: at.world.day(300),
      acceptBy: at.world.day(300),
      isRequired: true,
    })),
  }),
  row('GET /api/v1/programme-terms/partners', 'partners.read'),
  row('GET /api/v1/partners', 'partners.read'),
  row('GET /api/v1/channel-managers', 'partners.read'),
  row('GET /api/v1/distributors', 'partners.read'),
  row('PUT /api/v1/partners/:id/distribution', 'partners.edit', {
    of: 'joined partner',
    dress: json(() => ({ terms: null, distributorId: null })),
  }),
  row('GET /api/v1/distribution', 'activations.read'),
  row('POST /api/v1/distribution/proposals', 'distribution.edit', {
    dress: json((at) => ({
      vendorId: at.world.vendorIdOf(at.home),
      company: 'Newcomer',
      person: 'Ada',
      email: newEmail(at),
      countryCode: 'GB',
      language: 'en',
    })),
  }),
  row('POST /api/v1/channel-managers/assignments', 'channel-managers.edit', {
    dress: json(({ world, home }) => ({
      managerId: null,
      partnerIds: [world.idOf(home === 'contoso' ? 'dunesoft' : 'kessler')],
    })),
  }),
  row('GET /api/v1/partners/:id', 'partners.read', { of: 'partner' }),
  row('GET /api/v1/partners/:id/overview', 'partners.read', { of: 'partner' }),
  row('GET /api/v1/partners/:id/activity', 'partners.read', { of: 'partner' }),
  row('PATCH /api/v1/partners/:id', 'partners.manage', { of: 'partner', dress: json(() => ({ region: 'emea' })) }),
  row('POST /api/v1/partners/invitations', 'partners.edit', {
    status: 201,
    dress: json((at) => ({
      organisationName: 'Newcomer',
      email: newEmail(at),
      countryCode: 'GB',
      tier: 'bronze',
      region: 'emea',
    })),
  }),
  row('POST /api/v1/partners/duplicates', 'partners.edit', {
    dress: json(() => ({ organisationName: secretOf('kessler'), email: `owner@${secretOf('kessler')}.example` })),
  }),
  row('POST /api/v1/partners/:id/colleagues', 'partners.manage', {
    of: 'joined partner',
    status: 202,
    dress: json((at) => ({ email: newEmail(at) })),
  }),
  row('GET /api/v1/partners/progress', 'partners.read'),
  row('GET /api/v1/partners/traits', 'partners.read'),
  row('GET /api/v1/partners/list.csv', 'partners.read'),
  row('POST /api/v1/partners/reminders', 'partners.manage', {
    dress: json(({ world, home }) => ({
      partnerIds: [world.idOf(home === 'contoso' ? 'dunesoft' : 'brightwater')],
    })),
  }),
  row('POST /api/v1/partners/:id/invitation', 'partners.manage', {
    of: 'invited partner',
    status: 202,
    dress: json(() => ({})),
  }),
  row('DELETE /api/v1/partners/:id/invitation', 'partners.edit', { of: 'invited partner', status: 204 }),
  row('POST /api/v1/partners/:id/end', 'partners.edit', {
    of: 'joined partner',
    dress: json(() => ({ reason: 'The contract is over.' })),
  }),
  row('POST /api/v1/partners/:id/reinstate', 'partners.edit', { of: 'former partner' }),
  row('GET /api/v1/partner-groups', 'programme.read'),
  row('POST /api/v1/partner-groups', 'partners.edit', {
    status: 201,
    dress: json(({ world, home }) => ({ name: `${secretOf(home)} new ${world.number}`, rule: { tiers: ['gold'] } })),
  }),
  row('POST /api/v1/partner-groups/size', 'programme.read', { dress: json(() => ({ rule: { tiers: ['gold'] } })) }),
  row('PUT /api/v1/partner-groups/:id', 'partners.edit', {
    of: 'partner group',
    dress: json(({ world, home }) => ({ name: `${secretOf(home)} changed ${world.number}`, rule: {} })),
  }),
  row('GET /api/v1/partner-groups/:id/members', 'programme.read', { of: 'partner group' }),
  row('POST /api/v1/partner-groups/:id/archive', 'partners.edit', { of: 'partner group' }),
  row('POST /api/v1/partner-groups/:id/restore', 'partners.edit', { of: 'partner group' }),
  row('DELETE /api/v1/partner-groups/:id', 'partners.edit', { of: 'partner group', status: 204 }),
  row('POST /api/v1/partners/import/preview', 'partners.edit', { dress: upload('file', 'partners.csv', partnersCsv) }),
  row('POST /api/v1/partners/import', 'partners.edit', { dress: upload('file', 'partners.csv', partnersCsv) }),
  row('POST /api/v1/partners/upsert', 'partners.edit', {
    dress: json((at) => ({
      partners: [
        { organisationName: 'Newcomer', email: newEmail(at), countryCode: 'GB', tier: 'bronze', region: 'emea' },
      ],
    })),
  }),
  row('GET /api/v1/partner-attributes', 'partners.read'),
  row('POST /api/v1/partner-attributes', 'partners.edit', {
    status: 201,
    dress: json(({ world, home }) => ({ ...AN_ATTRIBUTE, name: `${secretOf(home)} new ${world.number}` })),
  }),
  row('PUT /api/v1/partner-attributes/:id', 'partners.edit', {
    of: 'partner attribute',
    dress: json(({ world, home }) => ({ ...AN_ATTRIBUTE, name: `${secretOf(home)} changed ${world.number}` })),
  }),
  row('DELETE /api/v1/partner-attributes/:id', 'partners.edit', { of: 'partner attribute', status: 204 }),
  row('GET /api/v1/tier-rules', 'partners.read'),
  row('PUT /api/v1/tier-rules', 'partners.edit', { dress: json(() => TIER_RULES) }),
  row('POST /api/v1/tier-rules/preview', 'programme.read', { dress: json(() => TIER_RULES) }),
  row('GET /api/v1/tier-drops', 'partners.read'),
  row('GET /api/v1/tier-changes', 'partners.read'),
  row('GET /api/v1/partners/:id/tier', 'partners.read', { of: 'partner' }),
  // No rules are on: a caller with the right gets this conflict.
  row('POST /api/v1/partners/:id/tier', 'partners.manage', {
    of: 'partner',
    status: 409,
    dress: json(() => ({ tier: 'Gold', reason: 'A strategic account.' })),
  }),
  row('DELETE /api/v1/partners/:id/tier', 'partners.manage', { of: 'partner' }),
  row('GET /api/v1/partners/:id/attributes', 'partners.read', { of: 'partner' }),
  row('PATCH /api/v1/partners/:id/attributes', 'partners.manage', {
    of: 'partner',
    dress: json(() => ({ values: {} })),
  }),
];

/** Switched on, they would keep other rows of this table from changing tiers by hand. */
const TIER_RULES = {
  isOn: false,
  graceDays: 30,
  tiers: [
    { name: 'Gold', rule: { period: { unit: 'months', count: 3 }, facts: [{ fact: 'launches', atLeast: 1 }] } },
    { name: 'Bronze', rule: { period: { unit: 'months', count: 3 } } },
  ],
};

const EDITED_ASSET = {
  folder: '',
  tags: [],
  alt: {},
  content: {},
  focal: null,
  crop: null,
  branding: null,
  reviewOn: null,
  expiresOn: null,
};

const ASSETS: readonly Row[] = [
  row('GET /api/v1/assets', 'assets.read'),
  row('POST /api/v1/assets', 'assets.edit', {
    status: 201,
    dress: json(({ world, home }) => ({ kind: 'text', title: `${secretOf(home)} ${world.number}`, content: {} })),
  }),
  row('POST /api/v1/assets/uploads', 'assets.edit', {
    status: 201,
    query: ({ home }) => `?name=${secretOf(home)}.svg`,
    dress: upload('file', 'logo.svg', () => LOGO),
  }),
  row('GET /api/v1/assets/:id', 'assets.read', { of: 'library picture' }),
  row('PUT /api/v1/assets/:id', 'assets.edit', {
    of: 'library picture',
    dress: (test, { world, home }) =>
      void test.set('If-Match', '*').send({ ...EDITED_ASSET, title: `${secretOf(home)} ${world.number}` }),
  }),
  row('PUT /api/v1/assets/:id/file', 'assets.edit', {
    of: 'library picture',
    query: ({ home }) => `?name=${secretOf(home)}.svg`,
    dress: upload('file', 'logo.svg', () => LOGO),
  }),
  row('DELETE /api/v1/assets/:id', 'assets.edit', { of: 'library picture', status: 204 }),
  row('GET /api/v1/assets/:id/file', 'assets.read', { of: 'library picture' }),
  row('GET /api/v1/assets/:id/preview', 'assets.read', { of: 'library picture' }),
  row('GET /api/v1/assets/:id/downloads', 'assets.read', { of: 'library picture' }),
  row('GET /api/v1/assets/:id/uses', 'campaigns.read', { of: 'library picture' }),
  row('POST /api/v1/assets/:id/replacements', 'campaigns.edit', {
    of: 'library picture',
    dress: async (test, { world, home }) => {
      const { id } = await world.one('campaign draft', home === 'contoso' ? 'contoso' : 'northwind');
      void test.send({ campaignIds: [id] });
    },
  }),
  row('PUT /api/v1/assets/:id/share', 'assets.edit', {
    of: 'library picture',
    dress: json(({ world, home }) => ({
      as: 'picture',
      partnerGroupIds: [world.vendor(home === 'contoso' ? 'contoso' : 'northwind').nobody],
      opensOn: world.day(0),
      closesOn: world.day(9),
    })),
  }),
  row('POST /api/v1/assets/:id/withdrawal', 'assets.edit', {
    of: 'shared picture',
    dress: json(() => ({ reason: 'It is old.' })),
  }),
  row('POST /api/v1/assets/:id/recall', 'campaigns.retire', {
    of: 'shared picture',
    dress: json(() => ({ reason: 'Its price is wrong.' })),
  }),
  row('POST /api/v1/campaigns/:id/draft-files/library-pictures', 'campaigns.edit', {
    of: 'campaign draft',
    status: 201,
    dress: async (test, { world, home }) => {
      const house = home === 'contoso' ? 'contoso' : 'northwind';
      const { id } = await world.one('library picture', house);
      void test.send({ assetId: id, fileNumber: 1, crop: null });
    },
  }),
  row('GET /api/v1/campaigns/:id/draft-files/picture-origin', 'campaigns.read', {
    of: 'campaign',
    query: () => '?path=images/hero.jpg',
  }),
  row('GET /api/v1/pictures', 'offers.read'),
  row('POST /api/v1/pictures', 'activations.launch', {
    status: 201,
    query: ({ home }) => `?name=${secretOf(home)}.svg`,
    dress: upload('file', 'logo.svg', () => LOGO),
  }),
  row('GET /api/v1/pictures/:id/preview', 'offers.read', { of: 'own picture' }),
  row('POST /api/v1/pictures/:id/cuts', 'activations.launch', {
    of: 'own picture',
    status: 201,
    dress: json(() => ({ crop: null })),
  }),
  row('DELETE /api/v1/pictures/:id', 'activations.launch', { of: 'own picture', status: 204 }),
  row('GET /api/v1/library', 'library.read'),
  row('GET /api/v1/library/:id/preview', 'library.read', { of: 'picture for a partner' }),
  row('GET /api/v1/library/:id/file', 'library.read', { of: 'picture for a partner' }),
  row('GET /api/v1/library/:id/captions/:locale.vtt', 'library.read', {
    of: 'video for a partner',
    path: { locale: 'en' },
  }),
  row('GET /api/v1/library/:id/signature', 'library.read', { of: 'signature for a partner' }),
];

const BRAND: readonly Row[] = [
  row('GET /api/v1/brand-kit', 'brand-kit.read'),
  row('PUT /api/v1/brand-kit', 'brand-kit.edit', { dress: json(() => ({ colours: { primary: '#0b5cad' } })) }),
  row('PUT /api/v1/brand-kit/logo', 'brand-kit.edit', { dress: upload('file', 'logo.svg', () => LOGO) }),
  row('DELETE /api/v1/brand-kit/logo', 'brand-kit.edit', { status: 204 }),
  row('GET /api/v1/brand-kit/logos/:surface.png', 'brand-kit.read', {
    path: { surface: 'light' },
    dress: async (_, { world, home }) => {
      await world.owner(home).put('/api/v1/brand-kit/logo').attach('file', LOGO, 'logo.svg');
    },
  }),
  row('GET /api/v1/brand-kit/mail-preview', 'brand-kit.read'),
  row('GET /api/v1/brand-profile', 'brand.read'),
  row('PUT /api/v1/brand-profile', 'brand.edit', {
    dress: async (test, { world, home }) => {
      const { headers } = await world.owner(home).get('/api/v1/brand-profile');
      void test.set('If-Match', headers['etag'] ?? '"0"').send(BRAND_PROFILE);
    },
  }),
  row('PUT /api/v1/brand-profile/logo', 'brand.edit', { dress: upload('file', 'logo.svg', () => LOGO) }),
  row('GET /api/v1/brand-profile/logo', 'brand.read'),
  row('PUT /api/v1/brand-profile/logo/:surface', 'brand.edit', {
    path: { surface: 'dark' },
    dress: upload('file', 'logo.svg', () => LOGO),
  }),
  row('PUT /api/v1/brand-profile/logo/:surface/source', 'brand.edit', {
    path: { surface: 'dark' },
    dress: json(() => ({ source: 'original' })),
  }),
  row('GET /api/v1/brand-profile/logos/:surface.png', 'brand.read', { path: { surface: 'light' } }),
];

/** A domain is there to be checked, or to be taken away. */
async function withDomain({ world, home }: At): Promise<void> {
  await world.owner(home).put('/api/v1/sending/domain', aDomain(home));
}
const aDomain = (home: HouseName) => ({ domain: `news.${secretOf(home)}.example`, fromLocal: 'news' });

const HOSTS: readonly Row[] = [
  row('GET /api/v1/verified-hosts', 'brand.read'),
  row('POST /api/v1/verified-hosts', 'brand.edit', {
    dress: json(({ home }) => ({ host: `${secretOf(home)}.example` })),
  }),
  row('POST /api/v1/verified-hosts/:host/check', 'brand.edit', { of: 'host claim' }),
  row('DELETE /api/v1/verified-hosts/:host', 'brand.edit', { of: 'host claim', status: 204 }),
];

const SENDING: readonly Row[] = [
  row('GET /api/v1/sending', 'brand.read'),
  row('PUT /api/v1/sending/domain', 'brand.edit', {
    dress: json(({ home }) => aDomain(home)),
  }),
  row('GET /api/v1/sending/launch-delay', 'brand.read'),
  row('PUT /api/v1/sending/launch-delay', 'brand.edit', { dress: json(() => ({ minutes: 0 })) }),
  row('GET /api/v1/sending/frequency-cap', 'brand.read'),
  row('PUT /api/v1/sending/frequency-cap', 'brand.edit', { dress: json(() => ({ cap: 3 })) }),
  row('GET /api/v1/sending/preferences', 'brand.read'),
  row('PATCH /api/v1/sending/preferences', 'brand.edit', { dress: json(() => ({ emailsPerDay: 2 })) }),
  row('POST /api/v1/sending/domain/check', 'brand.edit', { dress: (_, at) => withDomain(at) }),
  row('DELETE /api/v1/sending/domain', 'brand.edit', { status: 204, dress: (_, at) => withDomain(at) }),
  // No partner is halted here: an authorised caller learns that there is
  // nothing to lift.
  row('POST /api/v1/sending/resume', 'brand.edit', { status: 409 }),
  row('GET /api/v1/partner-sending', 'partners.read'),
];

const CONTACTS: readonly Row[] = [
  row('GET /api/v1/contacts', 'contacts.read', { query: () => '?limit=200' }),
  row('POST /api/v1/contacts', 'contacts.edit', { status: 201, dress: json((at) => ({ email: newEmail(at) })) }),
  row('GET /api/v1/contacts/count', 'contacts.read'),
  row('POST /api/v1/contacts/consent', 'contacts.edit', {
    status: 409,
    dress: json(() => ({
      filter: { q: 'nobody is called so', consent: 'unknown' },
      expected: 1,
      consent: { basis: 'customer' },
    })),
  }),
  row('GET /api/v1/contacts/:id', 'contacts.read', { of: 'contact' }),
  row('PATCH /api/v1/contacts/:id', 'contacts.edit', { of: 'contact', dress: json(() => ({ company: 'Engines' })) }),
  row('DELETE /api/v1/contacts/:id', 'contacts.edit', { of: 'contact', status: 204 }),
  row('POST /api/v1/contacts/:id/erase', 'contacts.edit', { of: 'contact', status: 204 }),
  row('POST /api/v1/contacts/:id/events', 'contacts.edit', {
    of: 'contact',
    dress: json(() => ({ name: 'trial-started' })),
  }),
  row('GET /api/v1/contacts/:id/campaigns', 'contacts.read', { of: 'contact' }),
  row('POST /api/v1/contacts/:id/campaigns/answered', 'contacts.edit', { of: 'contact', dress: json(() => ({})) }),
  row('POST /api/v1/contacts/:id/campaigns/take-out', 'contacts.edit', { of: 'contact' }),
  row('POST /api/v1/contacts/:id/campaigns/readmit', 'contacts.edit', { of: 'contact' }),
  row('GET /api/v1/contacts/:id/history', 'contacts.read', { of: 'contact' }),
  row('GET /api/v1/contacts/:id/data-export', 'contacts.edit', { of: 'contact' }),
  row('GET /api/v1/calendar', 'activations.read'),
  row('GET /api/v1/calendar/public-holidays', 'activations.read', { query: () => '?country=DE&year=2026' }),
  row('POST /api/v1/calendar/outlook', 'activations.read', { dress: json(() => ({ blackouts: [], holidays: {} })) }),
  row('PUT /api/v1/calendar', 'activations.control', { dress: json(() => ({ blackouts: [], holidays: {} })) }),
  row('GET /api/v1/contacts/:id/data-export.csv', 'contacts.edit', { of: 'contact' }),
  row('GET /api/v1/consent-rule', 'contacts.read'),
  row('PUT /api/v1/consent-rule', 'contacts.edit', { dress: json(() => ({ doubleOptIn: false })) }),
  row('GET /api/v1/retention', 'contacts.read'),
  row('GET /api/v1/retention/outlook', 'contacts.read'),
  row('PUT /api/v1/retention', 'contacts.edit', {
    dress: json(() => ({ inactiveContactMonths: 24, importReportDays: 30 })),
  }),
  row('GET /api/v1/contact-lists', 'contacts.read'),
  row('POST /api/v1/contact-lists', 'contacts.edit', {
    status: 201,
    dress: json(({ world, home }) => ({ name: `${secretOf(home)} new ${world.number}` })),
  }),
  row('POST /api/v1/contact-lists/segment-count', 'contacts.read', {
    dress: json(() => ({ rule: { match: 'all', conditions: [{ on: 'field-known', field: 'company' }] } })),
  }),
  row('GET /api/v1/contact-lists/:id', 'contacts.read', { of: 'contact list' }),
  row('PATCH /api/v1/contact-lists/:id', 'contacts.edit', {
    of: 'contact list',
    dress: json(({ world, home }) => ({ name: `${secretOf(home)} renamed ${world.number}` })),
  }),
  row('DELETE /api/v1/contact-lists/:id', 'contacts.edit', { of: 'contact list', status: 204 }),
  row('GET /api/v1/contact-lists/:id/contacts.csv', 'contacts.read', { of: 'contact list' }),
  row('POST /api/v1/contact-imports', 'contacts.edit', {
    status: 202,
    dress: upload('file', 'people.csv', csv, { consentBasis: 'customer' }),
  }),
  row('POST /api/v1/contact-imports/preview', 'contacts.edit', { dress: upload('file', 'people.csv', csv) }),
  row('GET /api/v1/contact-imports', 'contacts.read'),
  row('GET /api/v1/contact-imports/:id', 'contacts.read', { of: 'contact import' }),
  row('GET /api/v1/contact-imports/:id/problems.csv', 'contacts.read', { of: 'contact import' }),
  row('POST /api/v1/contact-imports/:id/cancel', 'contacts.edit', { of: 'contact import' }),
  row('GET /api/v1/suppressions', 'contacts.read', { query: () => '?limit=200' }),
  row('POST /api/v1/suppressions/import/preview', 'contacts.edit', { dress: upload('file', 'people.csv', csv) }),
  row('POST /api/v1/vendor-suppressions/import/preview', 'partners.edit', { dress: upload('file', 'people.csv', csv) }),
  row('POST /api/v1/suppressions/import', 'contacts.edit', { dress: upload('file', 'people.csv', csv) }),
  row('POST /api/v1/vendor-suppressions/import', 'partners.edit', { dress: upload('file', 'people.csv', csv) }),
  row('POST /api/v1/suppressions', 'contacts.edit', { status: 201, dress: json((at) => ({ email: newEmail(at) })) }),
  row('DELETE /api/v1/suppressions/:id', 'contacts.edit', { of: 'suppression', status: 204, personOnly: true }),
];

const ACTIVATIONS: readonly Row[] = [
  row('GET /api/v1/website-reporting', 'brand.read'),
  row('PUT /api/v1/website-reporting', 'brand.edit', { dress: json(() => ({ isOn: false })) }),
  row('GET /api/v1/activations/:id/embeds', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/received-newsletters/:id', 'offers.read', { of: 'received newsletter', personOnly: true }),
  row('POST /api/v1/received-newsletters/:id/opening', 'offers.read', {
    of: 'received newsletter',
    status: 204,
    personOnly: true,
  }),
  row('GET /api/v1/offers', 'offers.read'),
  row('GET /api/v1/offers/:versionId', 'offers.read', { of: 'offer' }),
  row('GET /api/v1/offers/:versionId/audience', 'contacts.read', {
    of: 'offer',
    query: ({ world, home }) => `?listId=${world.listOf(home)}`,
  }),
  row('POST /api/v1/offers/:versionId/dry-run', 'contacts.read', {
    of: 'offer',
    dress: json(({ world, home }) => ({ listId: world.listOf(home) })),
  }),
  row('POST /api/v1/offers/:versionId/dry-run/people', 'contacts.read', {
    of: 'offer',
    dress: json(({ world, home }) => ({ listId: world.listOf(home) })),
  }),
  row('GET /api/v1/offers/:versionId/texts', 'offers.read', { of: 'offer' }),
  row('PUT /api/v1/offers/:versionId/texts/:locale', 'activations.launch', {
    of: 'offer',
    path: { locale: 'en' },
    dress: json(() => ({ texts: {} })),
  }),
  row('GET /api/v1/offers/:versionId/places', 'offers.read', { of: 'offer' }),
  row('POST /api/v1/offers/:versionId/dates', 'offers.read', { of: 'offer', dress: json(() => ({})) }),
  row('GET /api/v1/offers/:versionId/preview/emails/:file', 'offers.read', {
    of: 'offer',
    path: { file: 'welcome.html' },
  }),
  row('POST /api/v1/offers/:versionId/preview/emails/:key', 'offers.read', {
    of: 'offer',
    path: { key: 'welcome' },
    dress: json(() => ({ slots: {} })),
  }),
  row('POST /api/v1/offers/:versionId/preview/emails/:key/test', 'activations.launch', {
    of: 'offer',
    status: 202,
    personOnly: true,
    path: { key: 'welcome' },
    dress: json(() => ({ slots: {} })),
  }),
  row('GET /api/v1/offers/:versionId/preview/pages/:file', 'offers.read', {
    of: 'offer',
    path: { file: 'landing.html' },
  }),
  row('GET /api/v1/offers/:versionId/preview/documents/:file', 'offers.read', {
    of: 'offer',
    path: { file: 'brochure.pdf' },
  }),
  row('GET /api/v1/offers/:versionId/preview/social/:key/:file', 'offers.read', {
    of: 'offer',
    path: { key: 'announce', file: 'square.jpg' },
  }),
  row('POST /api/v1/offers/:versionId/preview/pages/:key', 'offers.read', {
    of: 'offer',
    path: { key: 'landing' },
    dress: json(() => ({ slots: {} })),
  }),
  row('POST /api/v1/offers/:versionId/preview/documents/:key', 'offers.read', {
    of: 'offer',
    path: { key: 'brochure' },
    dress: json(() => ({ slots: {} })),
  }),
  row('POST /api/v1/offers/:versionId/preview/social/:key/:format', 'offers.read', {
    of: 'offer',
    path: { key: 'announce', format: 'square' },
    dress: json(() => ({ slots: {} })),
  }),
  row('POST /api/v1/activations', 'activations.launch', {
    of: 'offer',
    status: 201,
    dress: async (test, { world, home, thing }) => {
      const listId = await world.aListOfSomebody(home);
      void test.set('Idempotency-Key', launchKey()).send({ ...thing, listId, startAt: world.tomorrow });
    },
  }),
  row('GET /api/v1/activations', 'activations.read'),
  row('GET /api/v1/activations/:id', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/lead-rule', 'activations.read', { of: 'activation' }),
  row('PUT /api/v1/activations/:id/lead-rule', 'activations.control', { of: 'activation', dress: json(() => ({})) }),
  row('POST /api/v1/activations/:id/hold', 'activations.control', { of: 'activation' }),
  row('POST /api/v1/activations/:id/postponements/outlook', 'activations.read', {
    of: 'enrolled activation',
    dress: json(() => ({ days: 3 })),
  }),
  row('POST /api/v1/activations/:id/postponements', 'activations.control', {
    of: 'enrolled activation',
    dress: json(() => ({ days: 3, number: 1 })),
  }),
  row('GET /api/v1/ready-posts', 'activations.read'),
  row('GET /api/v1/ready-posts/waiting', 'activations.read'),
  row('PUT /api/v1/activations/:id/ready-posts/:postKey', 'activations.control', {
    of: 'ready post',
    dress: json(() => ({ posted: true })),
  }),
  row('GET /api/v1/activations/:id/late', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/dates', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/experiments', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/experiments.csv', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/newer-version', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/recalls', 'activations.read', { of: 'recalled activation' }),
  row('GET /api/v1/activations/:id/recalls/:recallId/report.json', 'activations.read', { of: 'recalled activation' }),
  row('GET /api/v1/activations/:id/update', 'activations.read', { of: 'activation' }),
  row('POST /api/v1/activations/:id/update/emails/:key', 'activations.read', {
    of: 'asked activation',
    path: { key: 'welcome' },
    dress: json(() => ({ answers: {} })),
  }),
  row('POST /api/v1/activations/:id/update/answers', 'activations.launch', {
    of: 'asked activation',
    dress: json(() => ({ answers: {} })),
  }),
  row('POST /api/v1/activations/:id/resume', 'activations.control', { of: 'held activation' }),
  row('POST /api/v1/activations/:id/stop', 'activations.control', { of: 'activation' }),
  row('GET /api/v1/activations/:id/messages', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/people', 'contacts.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/manifest', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/seal', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/assets/:id/receipt', 'activations.read', { of: 'asset' }),
  row('GET /api/v1/messages/:id/receipt', 'activations.read', { of: 'sent message' }),
  row('GET /api/v1/activations/:id/page-code.svg', 'activations.read', { of: 'running activation' }),
  row('GET /api/v1/activations/:id/assets', 'activations.read', { of: 'running activation' }),
  row('GET /api/v1/activations/:id/assets/:assetId', 'activations.read', { of: 'running activation' }),
  row('GET /api/v1/leads', 'leads.read'),
  row('GET /api/v1/leads/waiting', 'leads.read'),
  row('GET /api/v1/leads/:id', 'leads.read', { of: 'lead' }),
  row('GET /api/v1/lead-mail-setting', 'leads.read'),
  row('PUT /api/v1/lead-mail-setting', 'lead-mail.edit', { dress: json(() => ({ details: 'person' })) }),
  row('GET /api/v1/leads/:id/history', 'leads.read', { of: 'lead' }),
  row('GET /api/v1/leads/:id/disclosures', 'leads.read', { of: 'lead' }),
  row('POST /api/v1/leads/:id/disclosures', 'leads.edit', {
    of: 'shareable lead',
    status: 201,
    dress: json(() => ({ fields: ['company'], purpose: 'For a quote' })),
  }),
  row('POST /api/v1/disclosures/:id/revoke', 'leads.edit', { of: 'disclosure' }),
  row('GET /api/v1/disclosed-leads', 'disclosures.read'),
  row('GET /api/v1/disclosed-leads/:id', 'disclosures.read', { of: 'disclosed lead' }),
  row('POST /api/v1/disclosed-leads/:id/answers', 'disclosures.edit', {
    of: 'disclosed lead',
    dress: json(() => ({ status: 'accepted', note: 'We call on Monday' })),
  }),
  row('GET /api/v1/disclosure-recipient', 'disclosures.read'),
  row('PUT /api/v1/disclosure-recipient', 'disclosure-recipient.edit', { dress: json(() => ({ userId: null })) }),
  row('POST /api/v1/leads/:id/follow-ups', 'leads.edit', {
    of: 'accepted lead',
    dress: json(() => ({ note: 'They decide in spring' })),
  }),
  row('PUT /api/v1/leads/:id/amount', 'leads.edit', {
    of: 'won lead',
    dress: json(() => ({ amount: { minorUnits: 1_240_050, currency: 'EUR' } })),
  }),
  row('GET /api/v1/deals', 'leads.read'),
  row('GET /api/v1/deals/list.csv', 'leads.read'),
  row('GET /api/v1/deals/overdue', 'leads.read'),
  row('GET /api/v1/deals/:id', 'leads.read', { of: 'won deal' }),
  row('GET /api/v1/deals/:id/history', 'leads.read', { of: 'won deal' }),
  row('GET /api/v1/deals/:id/attribution', 'leads.read', { of: 'won deal' }),
  row('GET /api/v1/deals/:id/shares', 'leads.read', { of: 'won deal' }),
  row('POST /api/v1/deals/:id/shares', 'leads.edit', {
    of: 'won deal',
    status: 201,
    dress: json(() => ({ with: 'vendor', name: 'Branch routers' })),
  }),
  row('POST /api/v1/deal-shares/:id/revoke', 'leads.edit', { of: 'deal share', status: 204 }),
  row('POST /api/v1/deal-invitations/accept', 'leads.edit', {
    status: 404,
    dress: json(() => ({ invitation: 'an invitation that nobody made' })),
  }),
  row('GET /api/v1/shared-deals', 'leads.read'),
  row('GET /api/v1/shared-deals/list.csv', 'leads.read'),
  row('GET /api/v1/disclosed-deals', 'disclosures.read'),
  row('GET /api/v1/disclosed-deals/list.csv', 'disclosures.read'),
  row('PATCH /api/v1/deals/:id', 'leads.edit', { of: 'won deal', dress: json(() => ({ products: ['Router'] })) }),
  row('POST /api/v1/deals/:id/refunds', 'leads.edit', { of: 'won deal', dress: json(() => ({ minorUnits: 100 })) }),
  row('PATCH /api/v1/leads/:id/deal', 'leads.edit', {
    of: 'accepted lead',
    dress: json(() => ({ stage: 'proposal' })),
  }),
  row('POST /api/v1/deals/import/preview', 'leads.edit', { dress: upload('file', 'deals.csv', dealsCsv) }),
  row('POST /api/v1/deals/import', 'leads.edit', { dress: upload('file', 'deals.csv', dealsCsv) }),
  row('POST /api/v1/deals/upsert', 'leads.edit', {
    dress: json(() => ({ deals: [{ externalId: 'CRM-1', email: 'nobody@nowhere.example' }] })),
  }),
  row('PATCH /api/v1/leads/:id', 'leads.edit', { of: 'lead', dress: json(() => ({ status: 'accepted' })) }),
];

const A_COST = { description: 'Fair', amount: { minorUnits: 100, currency: 'EUR' }, from: '2026-01-01' };
const INSIGHT: readonly Row[] = [
  row('GET /api/v1/costs', 'costs.read'),
  row('GET /api/v1/costs/costs.csv', 'costs.read'),
  row('GET /api/v1/costs/choices', 'costs.read'),
  row('GET /api/v1/costs/:id', 'costs.read', { of: 'cost' }),
  row('POST /api/v1/costs', 'costs.edit', { status: 201, dress: json(() => A_COST) }),
  row('PATCH /api/v1/costs/:id', 'costs.edit', { of: 'cost', dress: json(() => ({ tactic: 'page' })) }),
  row('DELETE /api/v1/costs/:id', 'costs.edit', { of: 'cost', status: 204 }),
  row('POST /api/v1/costs/import/preview', 'costs.edit', { dress: upload('file', 'costs.csv', costsCsv) }),
  row('POST /api/v1/costs/import', 'costs.edit', { dress: upload('file', 'costs.csv', costsCsv) }),
  row('GET /api/v1/insight/returns', 'partner-costs.read'),
  row('GET /api/v1/insight/returns.csv', 'partner-costs.read'),
  row('GET /api/v1/insight/tactic-returns.csv', 'partner-costs.read'),
  row('GET /api/v1/insight/first-results', 'activations.read'),
  row('GET /api/v1/insight/first-results.csv', 'activations.read'),
  row('GET /api/v1/vendor-insight/returns', 'vendor-insight.read'),
  row('GET /api/v1/vendor-insight/returns.csv', 'vendor-insight.read'),
  row('GET /api/v1/vendor-insight/first-results', 'vendor-insight.read'),
  row('GET /api/v1/vendor-insight/first-results.csv', 'vendor-insight.read'),
  row('GET /api/v1/insight', 'activations.read'),
  row('GET /api/v1/insight/marks', 'activations.read', { query: () => '?from=2026-01-01&to=2026-12-31' }),
  row('GET /api/v1/insight/numbers.csv', 'activations.read'),
  row('GET /api/v1/experiment-power', 'experiment-power.read', {
    query: () => '?people=1000&percent=10&basePercent=3',
  }),
  row('GET /api/v1/insight/attribution', 'activations.read'),
  row('GET /api/v1/insight/attribution.csv', 'activations.read'),
  row('GET /api/v1/insight/attribution-reports', 'activations.read'),
  row('GET /api/v1/insight/attribution-reports/:id', 'activations.read', { of: 'attribution report' }),
  row('GET /api/v1/insight/attribution-reports/:id/table.csv', 'activations.read', { of: 'attribution report' }),
  row('POST /api/v1/insight/attribution-reports', 'leads.edit', {
    status: 201,
    dress: json(() => ({ from: '2026-01-01', to: '2026-02-01' })),
  }),
  row('GET /api/v1/insight/comparison.csv', 'activations.read'),
  row('GET /api/v1/insight/goals.csv', 'activations.read'),
  row('GET /api/v1/insight/campaigns/:id', 'activations.read', { of: 'launched campaign' }),
  row('GET /api/v1/insight/activations/:id', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/programme-activity', 'vendor-activations.read'),
  row('GET /api/v1/programme-activity/partners', 'vendor-activations.read'),
  row('GET /api/v1/programme-activity/partners/:id', 'vendor-activations.read', { of: 'partner' }),
  row('GET /api/v1/programme-activity/partners.csv', 'vendor-activations.read'),
  row('GET /api/v1/programme-activity/participation.csv', 'vendor-activations.read'),
  row('GET /api/v1/programme-activity/funnel.csv', 'vendor-activations.read'),
  row('GET /api/v1/vendor-insight', 'vendor-insight.read'),
  row('GET /api/v1/vendor-insight/marks', 'vendor-insight.read', { query: () => '?from=2026-01-01&to=2026-12-31' }),
  row('GET /api/v1/vendor-insight/numbers.csv', 'vendor-insight.read'),
  row('GET /api/v1/vendor-insight/variants.csv', 'vendor-insight.read'),
  row('GET /api/v1/vendor-insight/funnel.csv', 'vendor-insight.read'),
  row('GET /api/v1/vendor-insight/campaigns.csv', 'vendor-insight.read'),
  row('GET /api/v1/vendor-insight/use', 'vendor-insight.read'),
  row('GET /api/v1/vendor-insight/use.csv', 'vendor-insight.read'),
  row('GET /api/v1/vendor-insight/campaigns/:id', 'vendor-insight.read', { of: 'published campaign' }),
  row('GET /api/v1/campaigns/:id/experiments', 'vendor-insight.read', { of: 'published campaign' }),
  row('GET /api/v1/campaigns/:id/experiments.csv', 'vendor-insight.read', { of: 'published campaign' }),
];

const FORM = { email: 'visitor@example.com', consent: 'yes' };

const PUBLIC: readonly Row[] = [
  row('GET /api/v1/vendors/:vendorId/signing-keys', 'public', { of: 'signing vendor' }),
  row('GET /api/v1/sample-logos/:file', 'public', { path: { file: 'light-180x60.svg' } }),
  row('GET /l/:token', 'public', { of: 'link', status: 302 }),
  row('HEAD /l/:token', 'public', { of: 'link', status: 302 }),
  row('GET /p/:slug/confirm/:token', 'public', { of: 'opt-in' }),
  row('POST /p/:slug/confirm/:token', 'public', { of: 'opt-in' }),
  // Nobody has the key of the links: `notifications.api` opens real ones.
  row('GET /n/:token', 'public', { status: 404, path: { token: 'made-up' } }),
  row('POST /n/:token', 'public', { status: 404, path: { token: 'made-up' } }),
  row('GET /n/l/:token', 'public', { status: 404, path: { token: 'made-up' } }),
  row('GET /n/pictures/:token', 'public', { status: 404, path: { token: 'made-up' } }),
  row('GET /u/:token', 'public', { of: 'unsubscribe link' }),
  row('POST /u/:token', 'public', { of: 'unsubscribe link' }),
  row('GET /u/:token/preferences', 'public', { of: 'unsubscribe link' }),
  row('POST /u/:token/preferences', 'public', { of: 'unsubscribe link' }),
  row('GET /v/:token', 'public', { of: 'view in browser' }),
  row('GET /b/:file', 'public', { of: 'picture' }),
  row('GET /p/:slug', 'public', { of: 'running activation' }),
  row('GET /p/:slug/privacy', 'public', { of: 'running activation', status: 302 }),
  row('GET /p/:slug/imprint', 'public', { of: 'running activation' }),
  row('GET /p/:slug/links/:name', 'public', { of: 'running activation', path: { name: 'demo' }, status: 302 }),
  row('GET /p/:slug/embed', 'public', { of: 'running activation' }),
  row('GET /p/:slug/embed/state', 'public', { of: 'running activation' }),
  row('POST /p/:slug/embed/form', 'public', {
    of: 'running activation',
    dress: (test) => void test.type('form').send(FORM),
  }),
  row('POST /p/:slug/form-start', 'public', { of: 'running activation', status: 204 }),
  row('GET /p/:slug/card', 'public', { of: 'running activation' }),
  row('GET /p/:slug/component', 'public', { of: 'running activation' }),
  row('GET /p/:slug/component/preview', 'public', { of: 'running activation' }),
  row('GET /api/v1/copies/:sha256', 'public', { path: { sha256: 'a'.repeat(64) } }),
  row('GET /oembed', 'public', { query: () => '?url=x', status: 404 }),
  row('GET /embed/:version/:file', 'public', { path: { version: '1', file: 'campaign.js' } }),
  row('POST /visits/:token', 'public', {
    of: 'website',
    dress: (test) => void test.set('Origin', 'https://evil.example').type('form').send({ name: 'page-home' }),
    status: 403,
  }),
  row('GET /feeds/:token/feed.json', 'public', { of: 'feed' }),
  row('GET /feeds/:token/feed.xml', 'public', { of: 'feed' }),
  row('GET /feeds/:token/:campaignId', 'public', { of: 'feed', path: { campaignId: UNKNOWN_ID }, status: 404 }),
  row('GET /p/:slug/:locale', 'public', { of: 'running activation', path: { locale: 'en' } }),
  row('POST /p/:slug/form', 'public', { of: 'running activation', dress: (test) => void test.type('form').send(FORM) }),
  row('GET /p/:slug/documents/:file', 'public', { of: 'running activation', path: { file: 'brochure.pdf' } }),
  row('GET /api/openapi.json', 'public'),
  row('GET /api/docs', 'public'),
  row('GET /api/docs/', 'public'),
  row('GET /api/docs/index.html', 'public'),
  row('GET /api/docs/LICENSE', 'public', { status: 404 }),
  row('GET /api/docs/swagger-ui-init.js', 'public'),
  row('GET /api/docs/docs/swagger-ui-init.js', 'public'),
  row('GET /api/docs-yaml', 'public'),
];

/** A row for every endpoint. An endpoint without one fails the test. */
export const ROWS: readonly Row[] = [
  ...SESSION,
  ...TEAM,
  ...RELAYS,
  ...VENDORS,
  ...TOTALS,
  ...WEBHOOKS,
  ...PROVIDERS,
  ...CAMPAIGNS,
  ...PARTNERS,
  ...ASSETS,
  ...BRAND,
  ...SENDING,
  ...HOSTS,
  ...CONTACTS,
  ...ACTIVATIONS,
  ...INSIGHT,
  ...PUBLIC,
];

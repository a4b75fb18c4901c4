import type { Browser } from '../support/api.js';
import { BRAND_PROFILE } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

/** Two people, two different fields, the same moment. */
interface Pair {
  readonly by: Browser;
  readonly path: string;
  readonly one: Readonly<Record<string, unknown>>;
  readonly other: Readonly<Record<string, unknown>>;
}

/** A thing of several fields that a PUT replaces, and two edits of it. */
interface Replacement {
  readonly side: 'vendor' | 'partner';
  readonly path: string;
  /** Where its version is read, if not there. */
  readonly read?: string;
  readonly one: object;
  readonly other: object;
}

/** A PATCH that changes one field: two people cannot change two of them. */
const ONE_FIELD = [
  'PATCH /api/v1/account/passkeys/{id}',
  'PATCH /api/v1/provider-sources/{id}',
  'PATCH /api/v1/team/{userId}',
];
/** A status with its amount; the row is locked and moves along a table. */
const STATE_MACHINES = ['PATCH /api/v1/leads/{id}'];
/** What is named changes; the same field is refused by the version that was edited. Tested with deals. */
const COMPARED_BY_FIELD = ['PATCH /api/v1/deals/{id}', 'PATCH /api/v1/leads/{id}/deal'];
/** Adds and removes; tested with campaigns. */
const CHANGES_OF_A_LIST = ['PATCH /api/v1/campaigns/{id}/tags'];
/** Each value is a row of its own; tested with attributes of partners. */
const VALUES_BY_ID = ['PATCH /api/v1/partners/{id}/attributes', 'PATCH /api/v1/vendor-attributes'];
/**
 * Refused by the hash of the package, or the revision of each file; tested with
 * suites of their own.
 */
const VERSIONED = ['PATCH /api/v1/campaigns/{id}/versions/{number}/files', 'PUT /api/v1/campaigns/{id}/draft-files'];
/**
 * One value, chosen anew: it overwrites nothing that another person changed
 * beside it, and the audit log has each choice.
 */
const ONE_VALUE = [
  // A person's own.
  'PUT /api/v1/account/password',
  'PATCH /api/v1/account/notifications',
  'PUT /api/v1/saved-views/{id}/mail',
  // A person, or what mails say.
  'PUT /api/v1/disclosure-recipient',
  'PUT /api/v1/lead-mail-setting',
  'PUT /api/v1/translation-rule/reviewers/{locale}',
  // Yes or no. Two people who change it from the same state want the same.
  'PUT /api/v1/activations/{id}/ready-posts/{postKey}',
  'PUT /api/v1/partner-terms',
  'PUT /api/v1/shared-totals',
  'PUT /api/v1/counted-deals',
  'PUT /api/v1/sign-in-policy',
  'PUT /api/v1/website-reporting',
  // One amount, with a history of all.
  'PUT /api/v1/leads/{id}/amount',
  'PUT /api/v1/sending/launch-delay',
  // Texts of a launch that a person is writing, saved at each pause. The launch
  // shows them before it begins.
  'PUT /api/v1/offers/{versionId}/texts/{locale}',
  // One file. Colours that a person chose stay as they are.
  'PUT /api/v1/brand-profile/logo',
  'PUT /api/v1/brand-profile/logo/{surface}',
  'PUT /api/v1/brand-profile/logo/{surface}/source',
  'PUT /api/v1/brand-kit/logo',
  'PUT /api/v1/assets/{id}/file',
  // Groups and dates of one asset, chosen together; the audit log has each choice.
  'PUT /api/v1/assets/{id}/share',
  // The days of one campaign, and whom one partner may bring; the same.
  'PUT /api/v1/campaigns/{id}/lifetime',
  'PUT /api/v1/partners/{id}/distribution',
  // One e-mail of a test, chosen by a person; the audit log has each choice.
  'PUT /api/v1/campaigns/{id}/versions/{number}/test-winner',
];

describe('two edits of different fields at once', () => {
  let stage: TestProduct;
  let vendorOwner: Browser;
  const ROUNDS = 8;

  beforeAll(async () => {
    stage = await openTestProduct();
    vendorOwner = await stage.api.signIn(stage.vendor.vendorId, 'owner');
  });
  afterAll(() => stage.close());

  /** How each PATCH of several fields is sent twice; `round` makes values new. */
  const PAIRS: Readonly<Record<string, (round: number) => Promise<Pair>>> = {
    'PATCH /api/v1/account/profile': (round) =>
      Promise.resolve({
        by: stage.partner.owner,
        path: '/api/v1/account/profile',
        one: { name: `Olivia ${round}` },
        other: { language: round % 2 === 0 ? 'de' : 'en' },
      }),
    'PATCH /api/v1/contacts/{id}': async (round) => {
      const by = stage.partner.owner;
      const { body } = await by.post('/api/v1/contacts', { email: `pair${round}@customer.example` }).expect(201);
      const path = `/api/v1/contacts/${body.id}`;
      return { by, path, one: { company: `Company ${round}` }, other: { lastName: `Name ${round}` } };
    },
    'PATCH /api/v1/costs/{id}': async (round) => {
      const by = stage.partner.owner;
      const cost = { description: 'Fair', amount: { minorUnits: 100, currency: 'EUR' }, from: '2026-03-01' };
      const { body } = await by.post('/api/v1/costs', cost).expect(201);
      return { by, path: `/api/v1/costs/${body.id}`, one: { description: `Fair ${round}` }, other: { tactic: 'page' } };
    },
    'PATCH /api/v1/contact-lists/{id}': async (round) => {
      const by = stage.partner.owner;
      await by.post('/api/v1/contact-lists', { name: `First ${round}` }).expect(201);
      const { body } = await by.post('/api/v1/contact-lists', { name: `Second ${round}` }).expect(201);
      const path = `/api/v1/contact-lists/${body.id}`;
      return { by, path, one: { name: `Renamed ${round}` }, other: { isDefault: true } };
    },
    'PATCH /api/v1/partners/{id}': (round) =>
      Promise.resolve({
        by: stage.vendor.editor,
        path: `/api/v1/partners/${stage.partner.id}`,
        one: { tier: round % 2 === 0 ? 'silver' : 'gold' },
        other: { region: round % 2 === 0 ? 'apac' : 'emea' },
      }),
    'PATCH /api/v1/translation-rule': (round) =>
      Promise.resolve({
        by: vendorOwner,
        path: '/api/v1/translation-rule',
        one: { unreviewed: round % 2 === 0 ? 'warn' : 'hold' },
        other: { ownReview: round % 2 === 0 ? 'refused' : 'allowed' },
      }),
    'PATCH /api/v1/saved-views/{id}': async (round) => {
      const by = stage.partner.owner;
      const view = { name: `Results ${round}`, screen: '/results', query: 'period=year', isShared: round % 2 === 0 };
      const { body } = await by.post('/api/v1/saved-views', view).expect(200);
      const { id } = body.items.find(({ name }: { name: string }) => name === view.name);
      const path = `/api/v1/saved-views/${id}`;
      return { by, path, one: { name: `Renamed ${round}` }, other: { isShared: !view.isShared } };
    },
    'PATCH /api/v1/sending/preferences': (round) =>
      Promise.resolve({
        by: stage.partner.owner,
        path: '/api/v1/sending/preferences',
        one: { repliesTo: 'mailbox' },
        other: { emailsPerDay: 2 + (round % 2) },
      }),
  };

  /** What each PUT replaces, and two edits of it. */
  const REPLACED: Readonly<Record<string, () => Promise<Replacement>>> = {
    'PUT /api/v1/activations/{id}/lead-rule': async () => {
      const running = await stage.running(stage.partner.owner);
      const path = `${running.path}/lead-rule`;
      return { side: 'partner', path, one: { remindAfterHours: 2 }, other: { remindAfterHours: 1 } };
    },
    'PUT /api/v1/brand-profile': () => {
      const legal = { legalName: 'Brightwater Ltd' };
      return same(
        'partner',
        'brand-profile',
        { ...BRAND_PROFILE, ...legal },
        { ...BRAND_PROFILE, name: 'Brightwater' },
      );
    },
    'PUT /api/v1/assets/{id}': async () => {
      const asset = { kind: 'text', title: 'Claim', content: { texts: { en: 'Safe.' } } };
      const { body } = await stage.vendor.editor.post('/api/v1/assets', asset).expect(201);
      const details = { folder: '', tags: [], alt: {}, content: asset.content, focal: null, crop: null };
      const whole = { ...details, branding: null, reviewOn: null, expiresOn: null };
      return same('vendor', `assets/${body.id}`, { ...whole, title: 'One' }, { ...whole, title: 'Other' });
    },
    'PUT /api/v1/application-form': () => {
      const nobody = { countries: [], domains: [] };
      const rules = { accept: nobody, refuse: nobody, tier: '', region: '', refusal: '' };
      const form = { isOpen: false, introduction: { en: 'Sell with us.' }, questions: [], rules };
      return same('vendor', 'application-form', { ...form, isOpen: true }, form);
    },
    'PUT /api/v1/onboarding-reminders': () => {
      const off = { isOn: false, firstAfterDays: 7, againAfterDays: 14, holdOutPercent: 10, dailyLimit: 100 };
      return same('vendor', 'onboarding-reminders', { ...off, dailyLimit: 50 }, { ...off, againAfterDays: 30 });
    },
    'PUT /api/v1/brand-kit': () =>
      same('vendor', 'brand-kit', { colours: { primary: '#005f73' } }, { colours: { primary: '#9b2226' } }),
    'PUT /api/v1/calendar': () => {
      const closed = (day: string) => ({ blackouts: [{ from: day, to: day }], holidays: {} });
      return same('partner', 'calendar', closed('2030-01-02'), closed('2030-01-03'));
    },
    'PUT /api/v1/consent-rule': () =>
      same('partner', 'consent-rule', { doubleOptIn: true, countries: ['DE'] }, { doubleOptIn: true }),
    'PUT /api/v1/partner-groups/{id}': async () => {
      const { body } = await stage.vendor.editor
        .post('/api/v1/partner-groups', { name: 'Two editors', rule: {} })
        .expect(201);
      const path = `/api/v1/partner-groups/${body.id}`;
      const [one, other] = [
        { name: 'One', rule: {} },
        { name: 'Two editors', rule: { tiers: ['gold'] } },
      ];
      return { side: 'vendor', path, read: '/api/v1/partner-groups', one, other };
    },
    'PUT /api/v1/newsletters/{id}': async () => {
      const { body } = await stage.vendor.editor.post('/api/v1/newsletters', { title: 'Two editors' }).expect(201);
      const audience = { groupIds: [], roles: [], senderAddress: '1 High Street' };
      const [one, other] = [
        { ...audience, roles: ['owner'] },
        { ...audience, senderAddress: '2 High Street' },
      ];
      return { side: 'vendor', path: `/api/v1/newsletters/${body.id}`, one, other };
    },
    'PUT /api/v1/partner-attributes/{id}': async () => {
      const attribute = { name: 'Two editors', kind: 'text', owner: 'vendor' };
      const { body } = await stage.vendor.editor.post('/api/v1/partner-attributes', attribute).expect(201);
      const path = `/api/v1/partner-attributes/${body.id}`;
      const [one, other] = [
        { ...attribute, name: 'One' },
        { ...attribute, help: 'Help' },
      ];
      return { side: 'vendor', path, read: '/api/v1/partner-attributes', one, other };
    },
    'PUT /api/v1/tier-rules': () => {
      const lowest = { name: 'Registered', rule: { period: { unit: 'months', count: 3 } } };
      const rules = (graceDays: number) => ({ isOn: false, graceDays, tiers: [lowest] });
      return same('vendor', 'tier-rules', rules(30), rules(60));
    },
    'PUT /api/v1/relays/{id}': async () => {
      const relay = { name: 'R', host: '192.0.2.1', port: 587, tls: 'required', username: null, priority: 10 };
      const settings = { ...relay, connections: 2, enabled: false };
      const { body } = await vendorOwner.post('/api/v1/relays', settings).expect(201);
      const path = `/api/v1/relays/${body.id}`;
      const [one, other] = [
        { ...settings, name: 'Mine' },
        { ...settings, priority: 20 },
      ];
      return { side: 'vendor', path, read: '/api/v1/relays', one, other };
    },
    'PUT /api/v1/retention': () =>
      same(
        'partner',
        'retention',
        { inactiveContactMonths: 12, importReportDays: 90 },
        { inactiveContactMonths: 36, importReportDays: 7 },
      ),
    'PUT /api/v1/sending/domain': () => {
      const [one, other] = ['mia', 'news'].map((fromLocal) => ({ domain: 'news.brightwater.example', fromLocal }));
      return same('partner', 'sending/domain', one!, other!, '/api/v1/sending');
    },
    'PUT /api/v1/sending/frequency-cap': () =>
      same('partner', 'sending/frequency-cap', { cap: 2, days: 7 }, { cap: 3, days: 14 }),
    'PUT /api/v1/unknown-policy': () =>
      same(
        'vendor',
        'unknown-policy',
        { onUnknown: 'repeat', repeatAfterHours: 24 },
        { onUnknown: 'close', repeatAfterHours: 48 },
      ),
    'PUT /api/v1/vendor-sending/domain': () => {
      const [one, other] = ['partners', 'channel'].map((name) => ({ domain: `${name}.northwind.example` }));
      return same('vendor', 'vendor-sending/domain', one!, other!, '/api/v1/vendor-sending');
    },
    'PUT /api/v1/vendor-sending/frequency-cap': () =>
      same('vendor', 'vendor-sending/frequency-cap', { cap: 2, days: 7 }, { cap: 3, days: 14 }),
    'PUT /api/v1/webhook-endpoints/{id}': async () => {
      const endpoint = { url: 'https://hooks.example/x', description: '', eventTypes: ['lead.created'] };
      const { body } = await stage.partner.owner.post('/api/v1/webhook-endpoints', endpoint).expect(201);
      const path = `/api/v1/webhook-endpoints/${body.endpoint.id}`;
      const [one, other] = [
        { ...endpoint, enabled: false },
        { ...endpoint, description: 'CRM', enabled: true },
      ];
      return { side: 'partner', path, one, other };
    },
  };
  const same = (
    side: Replacement['side'],
    name: string,
    one: object,
    other: object,
    read = `/api/v1/${name}`,
  ): Promise<Replacement> => Promise.resolve({ side, path: `/api/v1/${name}`, read, one, other });

  /** The version that an editor sees: in the thing, its list or its settings. */
  const versionSeen = async (by: Browser, { path, read = path }: Replacement): Promise<string> => {
    const { body } = await by.get(read).expect(200);
    const id = path.split('/').at(-1);
    const seen = body.items?.find((item: { id: string }) => item.id === id) ?? body;
    return `"${seen.domainVersion ?? seen.version}"`;
  };

  it('are looked at for every PATCH and PUT of the interface', async () => {
    const { body } = await stage.api.http.get('/api/openapi.json').expect(200);
    const paths = Object.entries((body as { paths: Record<string, object> }).paths);
    const found = paths.flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => ['patch', 'put'].includes(method))
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    const known = [
      ONE_FIELD,
      STATE_MACHINES,
      COMPARED_BY_FIELD,
      CHANGES_OF_A_LIST,
      VALUES_BY_ID,
      VERSIONED,
      ONE_VALUE,
      Object.keys(REPLACED),
      Object.keys(PAIRS),
    ].flat();
    expect(found.sort()).toEqual(known.sort());
  });

  it.each(Object.keys(PAIRS))('%s: both stay', async (name) => {
    for (let round = 0; round < ROUNDS; round++) {
      const { by, path, one, other } = await PAIRS[name]!(round);
      await Promise.all([by.patch(path, one).expect(200), by.patch(path, other).expect(200)]);
      expect((await by.get(path).expect(200)).body).toMatchObject({ ...one, ...other });
    }
  });

  it.each(Object.keys(REPLACED))('%s: the second of two that began with the same is refused', async (name) => {
    const replaced = await REPLACED[name]!();
    const by = replaced.side === 'partner' ? stage.partner.owner : vendorOwner;
    const put = (body: object, version: string) => by.put(replaced.path, body).set('If-Match', version);
    const version = await versionSeen(by, replaced);
    const both = await Promise.all([put(replaced.one, version), put(replaced.other, version)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const refused = both.find(({ status }) => status === 412)!;
    expect(refused.body.code).toMatch(/^(edit|asset|brand-profile|brand-kit|calendar)\.stale$/);
    expect(refused.body.details.version).toBeDefined();

    const again = both[0].status === 200 ? replaced.other : replaced.one;
    const current = await versionSeen(by, replaced);
    expect(current).not.toBe(version);
    await put(again, version).expect(412);
    await put(again, current).expect(200);
    await put(again, '*').expect(200);
    expect((await put(again, 'no version').expect(422)).body.code).toBe('edit.version-missing');
  });
});

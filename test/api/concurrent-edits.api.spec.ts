import type { Browser } from '../support/api.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

/** Two people, two different fields, the same moment. */
interface Pair {
  readonly by: Browser;
  readonly path: string;
  readonly one: Readonly<Record<string, unknown>>;
  readonly other: Readonly<Record<string, unknown>>;
}

/** A PATCH that changes one field: two people cannot change two of them. */
const ONE_FIELD = [
  'PATCH /api/v1/account/passkeys/{id}',
  'PATCH /api/v1/provider-sources/{id}',
  'PATCH /api/v1/team/{userId}',
];
/** A status with its amount; the row is locked and moves along a table. */
const STATE_MACHINES = ['PATCH /api/v1/leads/{id}'];
/** Refused by a version: 409 or 412, tested with their own suites. */
const VERSIONED = ['PATCH /api/v1/campaigns/{id}/versions/{number}/files', 'PUT /api/v1/brand-profile'];
/**
 * Takes the whole thing and has no version: of two, the later one counts. A new
 * one here needs a reason; a version is better.
 */
const REPLACED_AS_A_WHOLE = [
  'PUT /api/v1/account/password',
  'PUT /api/v1/activations/{id}/lead-rule',
  'PUT /api/v1/activations/{id}/ready-posts/{postKey}',
  'PUT /api/v1/brand-profile/logo',
  'PUT /api/v1/calendar',
  'PUT /api/v1/consent-rule',
  'PUT /api/v1/partner-groups/{id}',
  'PUT /api/v1/partner-terms',
  'PUT /api/v1/relays/{id}',
  'PUT /api/v1/retention',
  'PUT /api/v1/sending/domain',
  'PUT /api/v1/sending/frequency-cap',
  'PUT /api/v1/shared-totals',
  'PUT /api/v1/sign-in-policy',
  'PUT /api/v1/unknown-policy',
  'PUT /api/v1/vendor-sending/domain',
  'PUT /api/v1/vendor-sending/frequency-cap',
  'PUT /api/v1/webhook-endpoints/{id}',
];

describe('two edits of different fields at once', () => {
  let stage: TestProduct;
  const ROUNDS = 8;

  beforeAll(async () => {
    stage = await openTestProduct();
  });
  afterAll(() => stage.close());

  /** How each PATCH of several fields is sent twice; `round` makes values new. */
  const PAIRS: Readonly<Record<string, (round: number) => Promise<Pair>>> = {
    'PATCH /api/v1/contacts/{id}': async (round) => {
      const by = stage.partner.owner;
      const { body } = await by.post('/api/v1/contacts', { email: `pair${round}@customer.example` }).expect(201);
      const path = `/api/v1/contacts/${body.id}`;
      return { by, path, one: { company: `Company ${round}` }, other: { lastName: `Name ${round}` } };
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
  };

  it('are looked at for every PATCH and PUT of the interface', async () => {
    const { body } = await stage.api.http.get('/api/openapi.json').expect(200);
    const paths = Object.entries((body as { paths: Record<string, object> }).paths);
    const found = paths.flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => ['patch', 'put'].includes(method))
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    const known = [...ONE_FIELD, ...STATE_MACHINES, ...VERSIONED, ...REPLACED_AS_A_WHOLE, ...Object.keys(PAIRS)];
    expect(found.sort()).toEqual(known.sort());
  });

  it.each(Object.keys(PAIRS))('%s: both stay', async (name) => {
    for (let round = 0; round < ROUNDS; round++) {
      const { by, path, one, other } = await PAIRS[name]!(round);
      await Promise.all([by.patch(path, one).expect(200), by.patch(path, other).expect(200)]);
      expect((await by.get(path).expect(200)).body).toMatchObject({ ...one, ...other });
    }
  });
});

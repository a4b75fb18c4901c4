import pg from 'pg';
import { ConfigModule, readConfig } from '#config';
import {
  type ActivationId,
  type ContactListId,
  newId,
  type PartnerActor,
  type PartnerId,
  type VendorId,
} from '#kernel';
import { NO_CHOICES, sequenceSchema } from '#sequencing';
import { createTestModule, type TestModule } from '../../../../test/support/test-module.js';
import { ActivationsRepository } from '../activations.repository.js';
import { ActivationListsRepository } from './activation-lists.repository.js';
import { type CheckedLaunch, LaunchChecks } from './launch-checks.service.js';
import { LaunchContents } from './launch-contents.service.js';
import { LaunchDelays } from './launch-delays.service.js';
import { LaunchEffects } from './launch-effects.service.js';
import type { LaunchRequest } from './launch-request.js';
import { Launch } from './launch.service.js';

const CONSTRAINTS = ['activation_campaign_id_fkey', 'activation_version_id_fkey'];
const SEQUENCE = sequenceSchema.parse({
  window: { from: '09:00', to: '17:00', weekdays: ['mon'] },
  steps: [{ key: 'one', email: 'welcome' }],
});
const DELAY_MS = 5 * 60_000;

/** With the real repository and delay. Checks, contents and effects have suites of their own. */
describe('a launch', () => {
  let house: TestModule;
  let launch: Launch;
  let owner: pg.Client;
  let check: () => Promise<CheckedLaunch>;
  let checkOffer: () => Promise<void>;
  let apply: () => Promise<void>;
  let saved: ActivationId[];
  const vendorId = newId<VendorId>();
  const listId = newId<ContactListId>();
  const partner: PartnerActor = {
    kind: 'partner',
    partnerId: newId<PartnerId>(),
    role: 'owner',
    userId: newId(),
    apiKeyId: null,
    name: 'Olivia',
  };

  beforeAll(async () => {
    const config = readConfig({ SECRET_KEY: 'a key for tests, of 32 characters', LAUNCH_DELAY_MINUTES: '5' });
    const contents = {
      bake: async () => ({}),
      save: async (_: unknown, { id }: { id: ActivationId }) => void saved.push(id),
    };
    house = await createTestModule(
      [ConfigModule.forRoot(config)],
      [
        Launch,
        ActivationsRepository,
        ActivationListsRepository,
        LaunchDelays,
        { provide: LaunchChecks, useValue: { check: () => check(), checkOffer: () => checkOffer() } },
        { provide: LaunchContents, useValue: contents },
        { provide: LaunchEffects, useValue: { apply: () => apply() } },
      ],
    );
    launch = house.app.get(Launch);
    // Only the activation is looked at: its campaign and list need not exist.
    owner = new pg.Client({ connectionString: house.database.ownerUrl });
    await owner.connect();
    for (const name of CONSTRAINTS) await owner.query(`ALTER TABLE activations.activation DROP CONSTRAINT ${name}`);
    await owner.query(
      `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
       SELECT id, kind, kind, kind, 'DE', 'UTC', now() FROM unnest($1::uuid[], $2::text[]) given (id, kind)`,
      [
        [partner.partnerId, vendorId],
        ['partner', 'vendor'],
      ],
    );
    await owner.query(
      `INSERT INTO contacts.contact_list (id, partner_id, name, is_default, created_at) VALUES ($1, $2, 'Customers', true, now())`,
      [listId, partner.partnerId],
    );
  });
  beforeEach(async () => {
    saved = [];
    check = async () => checked();
    checkOffer = async () => undefined;
    apply = async () => undefined;
    await owner.query('TRUNCATE activations.activation CASCADE');
  });
  afterAll(async () => {
    await owner.end();
    await house.close();
  });

  const checked = (): CheckedLaunch =>
    ({
      version: { vendorId, campaignId: newId(), versionId: newId() },
      source: {
        profile: { timeZone: null, version: 3 },
        locale: 'en',
        slug: `brightwater-${newId()}`,
        compiled: { definition: { sequence: SEQUENCE } },
      },
    }) as unknown as CheckedLaunch;
  const aRequest = (changes: Partial<LaunchRequest> = {}): LaunchRequest => ({
    versionId: newId(),
    lists: { include: [], exclude: [] },
    startAt: null,
    locale: null,
    slots: {},
    choices: NO_CHOICES,
    leadRule: null,
    idempotencyKey: newId(),
    ...changes,
  });
  const stored = async () =>
    (
      await owner.query<{ id: ActivationId; launched_by: string; launched_at: Date; start_at: Date }>(
        'SELECT * FROM activations.activation',
      )
    ).rows;

  it('stores the activation and its contents, and starts after the delay', async () => {
    const before = house.clock.now().getTime();
    const { id, created } = await launch.launch(partner, aRequest());
    const [row] = await stored();
    expect({ created, saved, by: row!.launched_by }).toEqual({ created: true, saved: [id], by: 'Olivia' });
    // Both follow from one reading of the clock.
    expect(row!.start_at.getTime() - row!.launched_at.getTime()).toBe(DELAY_MS);
    expect(row!.launched_at.getTime()).toBeGreaterThanOrEqual(before);
  });

  it('without a list stays open: it has no planned end', async () => {
    const ends = async (include: ContactListId[]): Promise<unknown> => {
      const { id } = await launch.launch(partner, aRequest({ lists: { include, exclude: [] } }));
      const [row] = (
        await owner.query('SELECT planned_end_at, stays_open FROM activations.activation WHERE id = $1', [id])
      ).rows;
      return row;
    };
    expect(await ends([])).toEqual({ planned_end_at: null, stays_open: true });
    expect(await ends([listId])).toEqual({ planned_end_at: expect.any(Date), stays_open: false });
  });

  it('is made once, however often one request comes at the same time', async () => {
    const request = aRequest();
    const launched = await Promise.all(Array.from({ length: 5 }, () => launch.launch(partner, request)));
    expect(new Set(launched.map(({ id }) => id)).size).toBe(1);
    expect(launched.filter(({ created }) => created)).toHaveLength(1);
    expect(await stored()).toHaveLength(1);
    expect(saved).toHaveLength(1);
  });

  it('stores nothing when the vendor has ended the offer meanwhile', async () => {
    checkOffer = () => Promise.reject(new Error('The campaign was retired.'));
    await expect(launch.launch(partner, aRequest())).rejects.toThrow('retired');
    expect([await stored(), saved]).toEqual([[], []]);
  });

  it('answers a repetition although the campaign can no longer be launched', async () => {
    const request = aRequest();
    const { id } = await launch.launch(partner, request);
    check = () => Promise.reject(new Error('The campaign was retired.'));
    checkOffer = check as () => Promise<never>;
    expect(await launch.launch(partner, request)).toEqual({ id, created: false });
  });

  it('refuses the key of another launch, and stores nothing', async () => {
    const request = aRequest();
    await launch.launch(partner, request);
    await expect(launch.launch(partner, aRequest({ idempotencyKey: request.idempotencyKey }))).rejects.toMatchObject({
      code: 'launch.key-reused',
    });
    expect(await stored()).toHaveLength(1);
  });

  it('is undone as a whole when a part of it fails, and can be repeated with the same key', async () => {
    const request = aRequest();
    apply = () => Promise.reject(new Error('The list was deleted.'));
    await expect(launch.launch(partner, request)).rejects.toThrow('deleted');
    expect(await stored()).toEqual([]);
    apply = async () => undefined;
    expect(await launch.launch(partner, request)).toMatchObject({ created: true });
  });

  it('is refused to a person without the right, before anything is looked at', async () => {
    check = () => Promise.reject(new Error('looked'));
    await expect(launch.launch({ ...partner, role: 'viewer' }, aRequest())).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });
});

import pg from 'pg';
import { Activations, RunningActivations } from '#activations';
import { SendPolicy } from '#contacts';
import { HOUR_MS, newId, type PartnerActor } from '#kernel';
import { NOTHING_KNOWN } from '#sequencing';
import { createTestModule, type TestModule } from '../../../../test/support/test-module.js';
import { ContactFacts } from '../enrolment/contact-facts.service.js';
import { aRunning, NOW } from '../enrolment/enrolled.fixture.js';
import { EmailObstacles } from './email-obstacles.service.js';
import { NextEmails } from './next-emails.service.js';
import { PlannedEmails } from './planned-emails.service.js';

const later = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR_MS);

/** More than are read at once. */
const MANY = 1_200;

describe('the next e-mail of an activation', () => {
  const running = aRunning([
    { key: 'first', email: 'first' },
    { key: 'pause', wait: { days: 1 } },
    { key: 'rest', wait: { days: 5 } },
    { key: 'second', email: 'second' },
    { key: 'last', wait: { days: 1 } },
  ]);
  const { id, partnerId } = running.activation;
  const actor: PartnerActor = {
    kind: 'partner',
    partnerId,
    role: 'owner',
    userId: null,
    apiKeyId: null,
    name: 'Jonas',
  };
  let house: TestModule;
  let owner: pg.Client;

  beforeAll(async () => {
    house = await createTestModule(
      [],
      [
        NextEmails,
        { provide: Activations, useValue: { get: () => Promise.resolve(running.activation) } },
        { provide: RunningActivations, useValue: { forSending: () => Promise.resolve(running) } },
        { provide: SendPolicy, useValue: {} },
        { provide: EmailObstacles, useValue: {} },
        { provide: ContactFacts, useValue: { unknown: NOTHING_KNOWN } },
        { provide: PlannedEmails, useValue: { fewWaiting: () => Promise.resolve(null) } },
      ],
    );
    owner = new pg.Client({ connectionString: house.database.ownerUrl });
    await owner.connect();
    // Whose activations they are is not what this is about.
    await owner.query('ALTER TABLE sequences.enrolment DROP CONSTRAINT enrolment_activation_id_fkey');
  });
  afterEach(() => owner.query('TRUNCATE sequences.due, sequences.enrolment CASCADE'));
  afterAll(async () => {
    await owner.end();
    await house.close();
  });

  const waiting = async (
    stepKey: string,
    dueAt: Date,
    {
      people = 1,
      activationId = id,
      isQueued = true,
    }: { people?: number; activationId?: string; isQueued?: boolean } = {},
  ): Promise<void> => {
    await owner.query(
      `WITH added AS (
         INSERT INTO sequences.enrolment (id, activation_id, partner_id, contact_id, locale, time_zone, time_zone_source, state, step_key, due_at, since, enrolled_at)
         SELECT gen_random_uuid(), $1, $2, gen_random_uuid(), 'en', 'UTC', 'country', 'waiting', $3, $4, $5, $5 FROM generate_series(1, $6::int) RETURNING id, partner_id, due_at)
       INSERT INTO sequences.due (enrolment_id, partner_id, due_at) SELECT id, partner_id, due_at FROM added WHERE $7`,
      [activationId, partnerId, stepKey, dueAt, NOW, people, isQueued],
    );
  };
  const nextAt = (): Promise<Date | null> => house.app.get(NextEmails).ofActivation(actor, id);

  it('is the earliest of its contacts, whatever else of the partner is due before', async () => {
    await waiting('first', later(1), { people: MANY, activationId: newId() });
    await waiting('first', later(4));
    await waiting('first', later(3), { people: 2 });
    expect(await nextAt()).toEqual(later(3));
  });

  it('may be of a contact that is due after many others, whose e-mail is days later', async () => {
    await waiting('pause', later(1), { people: MANY });
    await waiting('first', later(4));
    expect(await nextAt()).toEqual(later(4));
  });

  it('is found among all when the first entries of the queue do not decide it', async () => {
    await waiting('pause', later(1), { people: 5 * MANY });
    const sixDays = later(1 + 5 * 24);
    expect(sixDays.getUTCDay()).toBe(1);
    expect(await nextAt()).toEqual(sixDays);
    await owner.query('TRUNCATE sequences.due');
    expect(await nextAt()).toEqual(sixDays);
  });

  it('is none when no e-mail is to come', async () => {
    expect(await nextAt()).toBeNull();
    await waiting('last', later(1), { people: 2 });
    expect(await nextAt()).toBeNull();
  });
});

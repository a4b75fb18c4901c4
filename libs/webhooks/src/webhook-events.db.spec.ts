import { Database } from '#database';
import { type Actor, newId, type PartnerId, systemActor, type VendorId } from '#kernel';
import { Organisations, OrganisationsModule } from '#organisations';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { WebhookEvents } from './webhook-events.service.js';

const SYSTEM = systemActor('test');

describe('the outbox of webhooks', () => {
  let house: TestModule;
  let database: Database;
  let events: WebhookEvents;
  let vendorId: VendorId;
  let partnerId: PartnerId;
  let vendor: Actor;
  let partner: Actor;

  beforeAll(async () => {
    house = await createTestModule([OrganisationsModule]);
    database = house.app.get(Database);
    events = house.app.get(WebhookEvents);
    const place = { countryCode: 'GB', timeZone: 'Europe/London' };
    const organisations = house.app.get(Organisations);
    vendorId = (await organisations.create(SYSTEM, { ...place, kind: 'vendor', name: 'Northwind' })) as VendorId;
    partnerId = (await organisations.create(SYSTEM, { ...place, kind: 'partner', name: 'Brightwater' })) as PartnerId;
    const person = { userId: null, apiKeyId: null, name: 'Test user', role: 'owner' } as const;
    vendor = { kind: 'vendor', vendorId, ...person };
    partner = { kind: 'partner', partnerId, ...person };
  });
  afterAll(() => house.close());

  const activation = () => ({
    activationId: newId(),
    campaignId: newId(),
    versionId: newId(),
    partnerId,
    reason: null,
  });
  const toldTo = (actor: Actor): Promise<{ type: string; data: unknown }[]> =>
    database.inTransaction(actor, () => database.query('SELECT type, data FROM webhooks.event ORDER BY position'));

  it('emits an event to both sides, and each reads its own', async () => {
    const facts = activation();
    await database.inTransaction(partner, () =>
      events.emitToBoth({ vendorId, partnerId }, 'activation.launched', facts),
    );
    expect(await toldTo(vendor)).toEqual([{ type: 'activation.launched', data: facts }]);
    expect(await toldTo(partner)).toEqual([{ type: 'activation.launched', data: facts }]);
    const rows = await toldTo(SYSTEM);
    expect(rows).toHaveLength(2);
  });

  it('emits nothing when the transaction rolls back', async () => {
    const before = (await toldTo(SYSTEM)).length;
    const undone = database.inTransaction(partner, async () => {
      await events.emit({ kind: 'partner', id: partnerId }, 'activation.held', activation());
      throw new Error('Undone.');
    });
    await expect(undone).rejects.toThrow('Undone.');
    expect(await toldTo(SYSTEM)).toHaveLength(before);
  });

  it('emits no partner-only event to a vendor', async () => {
    const facts = { contactId: newId(), activationId: newId() };
    const told = database.inTransaction(partner, () =>
      events.emit({ kind: 'vendor', id: vendorId }, 'form.submitted', facts),
    );
    await expect(told).rejects.toThrow('A vendor is not told of form.submitted.');
  });

  it.each(['contactId', 'email', 'name', 'person', 'messageId', 'leadId', 'enrolmentId'])(
    'has a database that refuses a vendor’s event with a field %s from any writer',
    async (field) => {
      const written = database.inTransaction(SYSTEM, () =>
        database.query(
          `INSERT INTO webhooks.event (id, organisation_id, audience, type, data, occurred_at) VALUES ($1, $2, 'vendor', 'x', $3, now())`,
          [newId(), vendorId, JSON.stringify({ [field]: 'x' })],
        ),
      );
      await expect(written).rejects.toThrow('event_without_person');
    },
  );

  it('refuses what an event does not carry', async () => {
    const more = { ...activation(), email: 'ada@example.com' };
    await expect(
      database.inTransaction(partner, () => events.emit({ kind: 'partner', id: partnerId }, 'activation.held', more)),
    ).rejects.toThrow('email');
  });

  it('fans each event out once, however many do so at once', async () => {
    await Promise.all([events.fanOut(), events.fanOut(), events.fanOut()]);
    const [left] = await house.app
      .get(Database)
      .inTransaction(SYSTEM, () =>
        database.query<{ n: number }>('SELECT count(*)::int AS n FROM webhooks.event WHERE fanned_out_at IS NULL'),
      );
    expect(left?.n).toBe(0);
  });

  it('forgets what is older than thirty days', async () => {
    house.clock.advance(31 * 86_400_000);
    await events.deleteOld();
    expect(await toldTo(SYSTEM)).toEqual([]);
  });
});

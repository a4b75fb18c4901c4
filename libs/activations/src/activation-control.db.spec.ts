import pg from 'pg';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { ReleaseGate } from '#delivery';
import {
  type ActivationId,
  type CampaignVersionId,
  type Locale,
  newId,
  type PartnerActor,
  type PartnerId,
  type VendorId,
} from '#kernel';
import { NO_CHOICES } from '#sequencing';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import type { SentCheck } from './activation.js';
import { ActivationControl } from './activation-control.service.js';
import { ActivationsRepository } from './activations.repository.js';

const CONSTRAINTS = ['activation_campaign_id_fkey', 'activation_version_id_fkey', 'activation_list'];
const SENT: SentCheck = { hasSent: () => Promise.resolve(true) };
const UNSENT: SentCheck = { hasSent: () => Promise.resolve(false) };

describe('the control of an activation', () => {
  let house: TestModule;
  let control: ActivationControl;
  let repository: ActivationsRepository;
  const vendorId = newId<VendorId>();
  const partner: PartnerActor = {
    kind: 'partner',
    partnerId: newId<PartnerId>(),
    role: 'owner',
    userId: newId(),
    apiKeyId: null,
    name: 'Olivia',
  };

  beforeAll(async () => {
    house = await createTestModule([], [ActivationControl, ActivationsRepository, ReleaseGate]);
    control = house.app.get(ActivationControl);
    repository = house.app.get(ActivationsRepository);
    // Only the activation is looked at: its campaign and list need not exist.
    const owner = new pg.Client({ connectionString: house.database.ownerUrl });
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
    await owner.end();
  });
  afterAll(() => house.close());

  async function anActivation(versionId = newId<CampaignVersionId>()): Promise<ActivationId> {
    const id = newId<ActivationId>();
    await house.app.get(Database).inTransaction(partner, () =>
      repository.insert({
        id,
        partnerId: partner.partnerId,
        vendorId,
        campaignId: newId(),
        versionId,
        listId: newId(),
        slug: `brightwater-${id}`,
        locale: 'en' as Locale,
        timeZone: 'UTC',
        timeZoneSource: 'activation',
        startAt: house.clock.now(),
        slots: {},
        choices: NO_CHOICES,
        launchedBy: partner.name,
        launchedAt: house.clock.now(),
        brandVersion: 1,
        idempotencyKey: id,
        requestHash: 'hash',
        leadsFromClicks: false,
      }),
    );
    return id;
  }
  const statusOf = async (id: ActivationId): Promise<string> => (await repository.get(partner, id)).status;

  it('holds, resumes and stops, and records each change', async () => {
    const id = await anActivation();
    expect(await control.hold(partner, id)).toMatchObject({ status: 'held', heldAt: expect.any(Date) });
    expect(await control.resume(partner, id)).toMatchObject({ status: 'active', heldAt: null });
    expect(await control.stop(partner, id)).toMatchObject({ status: 'stopped', endedAt: expect.any(Date) });
    const entries = await house.app.get(AuditLog).read(partner, { limit: 10, beforeId: null });
    expect(entries.filter(({ subjectId }) => subjectId === id).map(({ action }) => action)).toEqual([
      'activation.stopped',
      'activation.resumed',
      'activation.held',
    ]);
  });

  it('refuses what the life cycle does not allow', async () => {
    const id = await anActivation();
    await control.stop(partner, id);
    await expect(control.resume(partner, id)).rejects.toMatchObject({ code: 'activation.state' });
    await expect(control.hold(partner, id)).rejects.toMatchObject({ code: 'activation.state' });
    expect(await statusOf(id)).toBe('stopped');
  });

  it('refuses a user without the permission, and another partner', async () => {
    const id = await anActivation();
    await expect(control.hold({ ...partner, role: 'viewer' }, id)).rejects.toMatchObject({ kind: 'forbidden' });
    const stranger = { ...partner, partnerId: newId<PartnerId>() };
    await expect(control.stop(stranger, id)).rejects.toMatchObject({ code: 'activation.not-found' });
    expect(await statusOf(id)).toBe('active');
  });

  it('undoes a launch only while no message has gone out', async () => {
    const [sent, unsent] = [await anActivation(), await anActivation()];
    await expect(control.stop(partner, sent, SENT)).rejects.toMatchObject({ code: 'activation.already-sent' });
    expect(await statusOf(sent)).toBe('active');
    expect(await control.stop(partner, unsent, UNSENT)).toMatchObject({ status: 'stopped' });
  });

  it('stops the live activations of ended versions, however often it is asked', async () => {
    const ended = newId<CampaignVersionId>();
    const [active, held, completed, other] = [
      await anActivation(ended),
      await anActivation(ended),
      await anActivation(ended),
      await anActivation(),
    ];
    await control.hold(partner, held);
    await control.complete(completed, partner.partnerId);
    await control.stopVersions([ended]);
    await control.stopVersions([ended]);
    expect(await Promise.all([active, held, completed, other].map(statusOf))).toEqual([
      'stopped',
      'stopped',
      'completed',
      'active',
    ]);
  });

  it('does not complete an activation that is held', async () => {
    const id = await anActivation();
    await control.hold(partner, id);
    await control.complete(id, partner.partnerId);
    expect(await statusOf(id)).toBe('held');
  });
});

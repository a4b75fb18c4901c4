import fc from 'fast-check';
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
  systemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { NO_CHOICES } from '#sequencing';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { sequences } from '../../sequencing/src/sequence.fixture.js';
import type { SentCheck } from './activation.js';
import { ActivationControl } from './activation-control.service.js';
import { ActivationsRepository } from './activations.repository.js';
import { forVendor, plannedEndOf } from './planned-end.js';
import { VendorServers } from './relay-consent/vendor-servers.service.js';

const CONSTRAINTS = ['activation_campaign_id_fkey', 'activation_version_id_fkey'];
const SENT: SentCheck = { hasSent: () => Promise.resolve(true) };
const UNSENT: SentCheck = { hasSent: () => Promise.resolve(false) };

describe('the control of an activation', () => {
  let house: TestModule;
  let control: ActivationControl;
  let repository: ActivationsRepository;
  const vendorId = newId<VendorId>();
  const vendor: VendorActor = {
    kind: 'vendor',
    vendorId,
    role: 'owner',
    userId: newId(),
    apiKeyId: null,
    name: 'Nora',
  };
  const partner: PartnerActor = {
    kind: 'partner',
    partnerId: newId<PartnerId>(),
    role: 'owner',
    userId: newId(),
    apiKeyId: null,
    name: 'Olivia',
  };

  beforeAll(async () => {
    // Consents are tested with their own control.
    const servers = { provide: VendorServers, useValue: { requireConsent: () => Promise.resolve() } };
    house = await createTestModule([], [ActivationControl, ActivationsRepository, ReleaseGate, servers]);
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

  async function anActivation(
    versionId = newId<CampaignVersionId>(),
    plannedEndAt: Date | null = new Date(house.clock.now().getTime() + 30 * 86_400_000),
  ): Promise<ActivationId> {
    const id = newId<ActivationId>();
    await house.app.get(Database).inTransaction(partner, () =>
      repository.insert({
        id,
        partnerId: partner.partnerId,
        vendorId,
        campaignId: newId(),
        versionId,
        staysOpen: plannedEndAt === null,
        slug: `brightwater-${id}`,
        locale: 'en' as Locale,
        timeZone: 'UTC',
        timeZoneSource: 'activation',
        startAt: house.clock.now(),
        plannedEndAt,
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

  it('loses no stop that meets a hold', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = await anActivation();
      const [, stop] = await Promise.allSettled([control.hold(partner, id), control.stop(partner, id)]);
      expect(stop).toMatchObject({ status: 'fulfilled', value: { status: 'stopped' } });
      expect(await statusOf(id)).toBe('stopped');
    }
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

  it('stops no further activation once the partnership was reinstated', async () => {
    const { partnerId } = partner;
    const ids = [await anActivation(), await anActivation()];
    const answers = [true, false];
    // Activations of other tests were launched before: they are asked about first.
    const others =
      (await repository.unendedForVendor(systemActor('test', { partnerId }), vendorId, house.clock.now())).length -
      ids.length;
    let asked = 0;
    await control.stopPartnership(partnerId, vendorId, async () => answers[asked++ - others] ?? false);
    expect(await Promise.all(ids.map(statusOf))).toEqual(['stopped', 'active']);
    await control.stopPartnership(partnerId, vendorId, () => Promise.resolve(true));
    expect(await Promise.all(ids.map(statusOf))).toEqual(['stopped', 'stopped']);
  });

  describe('as its vendor sees it', () => {
    /** The vendor's events of activations, by activation, oldest first. */
    const eventsOf = async (ids: readonly ActivationId[]): Promise<string[][]> => {
      const rows = await house.app.get(Database).inTransaction(systemActor('test'), () =>
        house.app.get(Database).query<{ id: string; what: string }>(
          `SELECT data ->> 'activationId' AS id, type || ': ' || coalesce(data ->> 'reason', '') AS what
           FROM webhooks.event WHERE organisation_id = $1 ORDER BY position`,
          [vendorId],
        ),
      );
      return ids.map((id) => rows.filter((row) => row.id === id).map(({ what }) => what));
    };
    const seen = async (id: ActivationId) => forVendor(await repository.get(partner, id), house.clock.now(), false);

    it('is active after its contacts have finished, until the planned day', async () => {
      const [finished, running] = [await anActivation(), await anActivation()];
      await control.complete(finished, partner.partnerId);
      expect(await seen(finished)).toEqual({ status: 'active', heldReason: null, endedAt: null });
      expect(await eventsOf([finished, running])).toEqual([[], []]);
      house.clock.advance(30 * 86_400_000);
      for (const id of [finished, running]) expect((await seen(id)).status).toBe('over');
      while (await control.notifyOfPlannedEnds());
      await control.notifyOfPlannedEnds();
      expect(await eventsOf([finished, running])).toEqual([
        ['activation.completed: the planned day'],
        ['activation.completed: the planned day'],
      ]);
      // Later events would tell that it was still running.
      await control.hold(partner, running);
      await control.stop(partner, running);
      expect((await eventsOf([running]))[0]).toHaveLength(1);
      expect(await seen(running)).toEqual({ status: 'over', heldReason: null, endedAt: null });
    });

    it('stops with its version, whether its contacts have finished or not', async () => {
      const version = newId<CampaignVersionId>();
      const [finished, running] = [await anActivation(version), await anActivation(version)];
      await control.complete(finished, partner.partnerId);
      await control.stopVersions([version]);
      await control.stopVersions([version]);
      const stopped = [['activation.stopped: the vendor ended the campaign']];
      expect(await eventsOf([finished, running])).toEqual([...stopped, ...stopped]);
      for (const id of [finished, running])
        expect(await seen(id)).toEqual({ status: 'stopped', heldReason: null, endedAt: expect.any(Date) });
      expect(await repository.partnersRunning(vendor, [], house.clock.now())).toEqual(new Map());
    });

    it('is held with all others of a partner that has not agreed to a server of the vendor', async () => {
      const [finished, running] = [await anActivation(), await anActivation()];
      await control.complete(finished, partner.partnerId);
      const actor = systemActor('test', { partnerId: partner.partnerId });
      const launched = await repository.get(partner, running);
      await house.app.get(Database).inTransaction(actor, () => control.holdBySystem(actor, launched, 'relay-consent'));
      for (const id of [finished, running])
        expect(forVendor(await repository.get(partner, id), house.clock.now(), true)).toEqual({
          status: 'held',
          heldReason: 'by the vendor',
          endedAt: null,
        });
      expect(await eventsOf([finished, running])).toEqual([[], []]);
    });

    it('is held for one of three reasons', async () => {
      const id = await anActivation();
      await control.hold(partner, id);
      expect(await seen(id)).toMatchObject({ status: 'held', heldReason: 'by the partner' });
      expect(await eventsOf([id])).toEqual([['activation.held: by the partner']]);
      const launched = await repository.get(partner, id);
      const because = (statusReason: string, lacksConsent: boolean) =>
        forVendor({ ...launched, statusReason }, house.clock.now(), lacksConsent).heldReason;
      expect(because('too many bounces', false)).toBe('sending trouble');
      expect(because('relay-consent', true)).toBe('by the vendor');
    });

    it('stays active until it is stopped if it is open to new contacts, however long ago it began', async () => {
      const version = newId<CampaignVersionId>();
      const id = await anActivation(version, null);
      house.clock.advance(500 * 86_400_000);
      while (await control.notifyOfPlannedEnds());
      expect(await seen(id)).toEqual({ status: 'active', heldReason: null, endedAt: null });
      const { campaignId } = await repository.get(partner, id);
      expect(await repository.partnersRunning(vendor, [campaignId], house.clock.now())).toEqual(
        new Map([[campaignId, 1]]),
      );
      await control.stop(partner, id);
      expect(await seen(id)).toMatchObject({ status: 'stopped' });
      expect(await eventsOf([id])).toEqual([['activation.stopped: by the partner']]);
    });

    /** When the contacts of a world have finished, in hours; null: later. */
    const finish = fc.option(fc.integer({ min: 0, max: 24 * 40 }));
    it('does not depend on when, or whether, the contacts finish', () =>
      fc.assert(
        fc.asyncProperty(
          sequences,
          fc.tuple(finish, finish),
          fc.option(fc.integer({ min: 1, max: 24 * 40 })),
          async (sequence, finishes, ends) => {
            const versions = newId<CampaignVersionId>();
            const began = house.clock.now();
            const planned = plannedEndOf(sequence, began);
            const worlds = [await anActivation(versions, planned), await anActivation(versions, planned)];
            const looks: string[][] = [[], []];
            const moments = [...finishes, ends, 24, (planned.getTime() - began.getTime()) / 3_600_000]
              .filter((hour) => hour !== null)
              .sort((a, b) => a - b);
            for (const hour of moments) {
              const now = began.getTime() + hour * 3_600_000;
              house.clock.advance(Math.max(0, now - house.clock.now().getTime()));
              for (const [at, id] of worlds.entries())
                if (finishes[at] === hour) await control.complete(id, partner.partnerId);
              if (ends === hour) await control.stopVersions([versions]);
              while (await control.notifyOfPlannedEnds());
              for (const [at, id] of worlds.entries()) {
                const { endedAt, ...shown } = await seen(id);
                looks[at]?.push(JSON.stringify({ ...shown, endedOn: endedAt?.toISOString().slice(0, 13) ?? null }));
              }
            }
            expect(looks[1]).toEqual(looks[0]);
            const [first, second] = await eventsOf(worlds);
            expect(second).toEqual(first);
          },
        ),
        { numRuns: 30 },
      ));
  });

  it('does not complete an activation that is held', async () => {
    const id = await anActivation();
    await control.hold(partner, id);
    await control.complete(id, partner.partnerId);
    expect(await statusOf(id)).toBe('held');
  });
});

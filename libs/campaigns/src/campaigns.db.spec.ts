import { jest } from '@jest/globals';
import { TypeOrmModule } from '@nestjs/typeorm';
import pg from 'pg';
import { Database } from '#database';
import { type Actor, newId, type PartnerGroupId, systemActor } from '#kernel';
import { type GroupRule, OrganisationsModule, PartnerGroups } from '#organisations';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { CampaignSchema, CampaignVersionSchema, ReviewCommentSchema } from './campaign.schema.js';
import { aVendorWithPartners, aStoredVersion, type VendorWithPartners } from './campaigns.fixture.js';
import { CampaignsRepository } from './campaigns.repository.js';
import { OfferedCampaigns } from './offered-campaigns.service.js';
import { PublishedVersions } from './published-versions.service.js';
import { RecallsInForce } from './recalls/recalls-in-force.service.js';

describe('campaigns in the database', () => {
  let house: TestModule;
  let database: Database;
  let offered: OfferedCampaigns;
  let published: PublishedVersions;
  let here: VendorWithPartners;
  let elsewhere: VendorWithPartners;

  beforeAll(async () => {
    const schemas = [CampaignSchema, CampaignVersionSchema, ReviewCommentSchema];
    house = await createTestModule(
      [TypeOrmModule.forFeature(schemas), OrganisationsModule],
      [CampaignsRepository, OfferedCampaigns, PublishedVersions, RecallsInForce],
    );
    database = house.app.get(Database);
    offered = house.app.get(OfferedCampaigns);
    published = house.app.get(PublishedVersions);
    here = await aVendorWithPartners(house);
    elsewhere = await aVendorWithPartners(house);
  });
  afterAll(() => house.close());

  const run = (actor: Actor, sql: string, parameters: unknown[] = []): Promise<unknown[]> =>
    database.inTransaction(actor, () => database.query(sql, parameters));
  const asOwner = async (sql: string, parameters: unknown[] = []): Promise<void> => {
    const client = new pg.Client({ connectionString: house.database.ownerUrl });
    await client.connect();
    try {
      await client.query(sql, parameters);
    } finally {
      await client.end();
    }
  };
  const anotherGroup = async ({ vendor }: VendorWithPartners, rule: GroupRule = {}): Promise<PartnerGroupId> => {
    const groups = house.app.get(PartnerGroups);
    const [group] = await groups.list(vendor);
    return groups.create(vendor, { programmeId: group!.programmeId, name: newId(), rule });
  };
  const seen = async (actor: Actor): Promise<number> =>
    (await run(actor, 'SELECT id FROM campaigns.campaign_version')).length;

  it('asks for recalls by an index: of a version without one it reads none of thousands of others', async () => {
    const { id, campaignId, vendorId } = await aStoredVersion(house, here);
    const others = await aStoredVersion(house, here);
    await asOwner(
      `WITH made AS (INSERT INTO campaigns.recall (id, vendor_id, campaign_id, mode, reason, decided_at, decided_by)
         SELECT gen_random_uuid(), $1, $2, 'stop', 'A mistake.', now(), 'Maya' FROM generate_series(1, 5000) RETURNING id)
       INSERT INTO campaigns.recalled_version (version_id, recall_id, vendor_id, in_force) SELECT $3, id, $1, true FROM made`,
      [vendorId, others.campaignId, others.id],
    );
    await asOwner('ANALYZE campaigns.recall, campaigns.recalled_version');
    const recalls = house.app.get(RecallsInForce);
    const fetched = await database.inTransaction(systemActor('test'), async () => {
      const rows = async (): Promise<number> =>
        (
          await database.query<{ n: number }>(
            `SELECT sum(seq_tup_read + idx_tup_fetch)::int AS n FROM pg_stat_xact_user_tables
             WHERE schemaname = 'campaigns' AND relname IN ('recall', 'recalled_version')`,
          )
        )[0]!.n;
      const before = await rows();
      expect(await recalls.ofVersion(systemActor('test'), id, here.partner.partnerId)).toEqual([]);
      return (await rows()) - before;
    });
    // The planner looks at the ends of the indexes.
    expect(fetched).toBeLessThan(20);
    expect(campaignId).not.toBe(others.campaignId);
    const beganMs = performance.now();
    for (let n = 0; n < 500; n++) await recalls.ofVersion(systemActor('test'), id, here.partner.partnerId);
    process.stdout.write(`a question for recalls: ${((performance.now() - beganMs) / 500).toFixed(2)} ms\n`);
  });

  it('reads versions of several activations in as many statements as of one, each with its own recalls', async () => {
    const versions = [];
    for (let n = 0; n < 4; n++) versions.push(await aStoredVersion(house, here));
    const [everyone, ofOther, , none] = versions;
    const recall = async (
      version: typeof everyone,
      reason: string,
      partnerIds: readonly string[] | null,
    ): Promise<void> =>
      asOwner(
        `WITH made AS (INSERT INTO campaigns.recall (id, vendor_id, campaign_id, group_id, group_name, partner_ids, mode, reason, decided_at, decided_by)
           VALUES (gen_random_uuid(), $1, $2, $6, $7, $3, 'stop', $4, now(), 'Maya') RETURNING id)
         INSERT INTO campaigns.recalled_version (version_id, recall_id, vendor_id, in_force) SELECT $5, id, $1, true FROM made`,
        [
          version!.vendorId,
          version!.campaignId,
          partnerIds,
          reason,
          version!.id,
          ...(partnerIds === null ? [null, null] : [here.groupId, 'Some']),
        ],
      );
    await recall(everyone, 'A mistake.', null);
    await recall(everyone, 'Another.', null);
    await recall(ofOther, 'Not for this partner.', [elsewhere.partner.partnerId]);
    const read = async (ids: readonly (typeof everyone & object)['id'][]) => {
      const asked = jest.spyOn(Database.prototype, 'query');
      const found = await published.allLaunched(systemActor('test', here.partner), ids, here.partner.partnerId);
      const { length } = asked.mock.calls;
      asked.mockRestore();
      return { found, length };
    };
    const one = await read([none!.id]);
    const all = await read(versions.map(({ id }) => id));
    expect(all.length).toBe(one.length);
    expect([...all.found].map(([id, { recalls }]) => [id, recalls.map(({ reason }) => reason)])).toEqual(
      expect.arrayContaining(versions.map(({ id }) => [id, id === everyone!.id ? ['Another.', 'A mistake.'] : []])),
    );
    for (const { id } of versions)
      expect(JSON.stringify(all.found.get(id))).toBe(JSON.stringify(await published.launched(here.partner, id)));
  });

  describe('a published version', () => {
    const changes = [
      ["SET title = '{}'", 'never changes'],
      ["SET compiled_hash = 'x'", 'never changes'],
      ['SET closes_on = closes_on - 1', 'never changes'],
      ['SET opens_on = opens_on - 1', 'never changes'],
      ["SET status = 'retired', ended_at = now(), closes_on = closes_on + 1", 'never changes'],
      ["SET closes_on = closes_on + 1, theme = 'x'", 'never changes'],
      ["SET launches_stopped_at = now(), theme = 'x'", 'never changes'],
      ["SET ended_reason = 'x'", 'never changes'],
      ["SET approved_by_name = 'Mallory'", 'never changes'],
      ["SET status = 'retired', ended_at = now(), manifest_hash = 'x'", 'never changes'],
      ["SET status = 'draft'", 'does not go from published to draft'],
    ] as const;

    it.each(changes)('is not changed by its vendor: %s', async (change, reason) => {
      const { id } = await aStoredVersion(house, here);
      await expect(run(here.vendor, `UPDATE campaigns.campaign_version ${change} WHERE id = $1`, [id])).rejects.toThrow(
        reason,
      );
    });

    it.each(changes)('is not changed by the owner of the database: %s', async (change, reason) => {
      const { id } = await aStoredVersion(house, here);
      await expect(asOwner(`UPDATE campaigns.campaign_version ${change} WHERE id = $1`, [id])).rejects.toThrow(reason);
    });

    it('keeps its id and number: the application has no right to touch them', async () => {
      const { id } = await aStoredVersion(house, here);
      await expect(
        run(here.vendor, 'UPDATE campaigns.campaign_version SET number = 9 WHERE id = $1', [id]),
      ).rejects.toThrow('permission denied');
    });

    it('cannot be deleted', async () => {
      const { id } = await aStoredVersion(house, here);
      for (const remove of [asOwner, (sql: string, values: unknown[]) => run(here.vendor, sql, values)])
        await expect(remove('DELETE FROM campaigns.campaign_version WHERE id = $1', [id])).rejects.toThrow(
          'Only a draft',
        );
      await expect(asOwner('TRUNCATE campaigns.campaign_version CASCADE')).rejects.toThrow('never changed');
    });

    it('has its launches stopped and allowed again', async () => {
      const { id } = await aStoredVersion(house, here);
      for (const at of ['now()', 'NULL'])
        await run(here.vendor, `UPDATE campaigns.campaign_version SET launches_stopped_at = ${at} WHERE id = $1`, [id]);
    });

    it('is offered for more days and to all partners, and never the other way round', async () => {
      const { id } = await aStoredVersion(house, here);
      const change = (what: string): Promise<unknown> =>
        run(here.vendor, `UPDATE campaigns.campaign_version SET ${what} WHERE id = $1`, [id]);
      await change('closes_on = closes_on + 1');
      await change('for_everyone = true');
      await expect(change('for_everyone = false')).rejects.toThrow('never changes');
    });

    it('is not extended once it is retired', async () => {
      const { id } = await aStoredVersion(house, here, { status: 'retired' });
      await expect(
        run(here.vendor, 'UPDATE campaigns.campaign_version SET closes_on = closes_on + 1 WHERE id = $1', [id]),
      ).rejects.toThrow('never changes');
    });

    it('is not recalled without a reason', async () => {
      const { id } = await aStoredVersion(house, here);
      await expect(
        run(here.vendor, "UPDATE campaigns.campaign_version SET status = 'recalled', ended_at = now() WHERE id = $1", [
          id,
        ]),
      ).rejects.toThrow('check constraint');
    });

    it('is retired, and after that recalled', async () => {
      const { id } = await aStoredVersion(house, here);
      for (const status of ['retired', 'recalled'])
        await run(
          here.vendor,
          `UPDATE campaigns.campaign_version SET status = $2, ended_at = now(), ended_reason = 'A mistake.' WHERE id = $1`,
          [id, status],
        );
      await expect(
        run(here.vendor, "UPDATE campaigns.campaign_version SET status = 'in-review', ended_at = NULL WHERE id = $1", [
          id,
        ]),
      ).rejects.toThrow('does not go from recalled to in-review');
    });
  });

  describe('the groups of a published version', () => {
    const ADD = 'INSERT INTO campaigns.version_group (version_id, group_id, vendor_id) VALUES ($1, $2, $3)';
    const REMOVE = 'DELETE FROM campaigns.version_group WHERE version_id = $1';

    it('are neither taken from nor exchanged: not by the owner of the database either', async () => {
      const { id } = await aStoredVersion(house, here);
      for (const refused of [run(here.vendor, REMOVE, [id]), asOwner(REMOVE, [id])])
        await expect(refused).rejects.toThrow('never taken away');
      await expect(
        asOwner('UPDATE campaigns.version_group SET group_id = $2 WHERE version_id = $1', [
          id,
          await anotherGroup(here),
        ]),
      ).rejects.toThrow('never changed');
      await expect(asOwner('TRUNCATE campaigns.version_group')).rejects.toThrow('never changed');
    });

    it('become more, until the version is for all partners or ends', async () => {
      const { id, vendorId } = await aStoredVersion(house, here);
      await run(here.vendor, ADD, [id, await anotherGroup(here), vendorId]);
      await run(here.vendor, 'UPDATE campaigns.campaign_version SET for_everyone = true WHERE id = $1', [id]);
      await run(here.vendor, REMOVE, [id]);
      await expect(run(here.vendor, ADD, [id, here.groupId, vendorId])).rejects.toThrow('chosen as it is published');
      const ended = await aStoredVersion(house, here, { status: 'retired' });
      const late = [ended.id, await anotherGroup(here), vendorId];
      for (const refused of [run(here.vendor, ADD, late), asOwner(ADD, late)])
        await expect(refused).rejects.toThrow('chosen as it is published');
    });

    it('are the vendor’s own', async () => {
      const foreign = { ...here, groupId: elsewhere.groupId };
      await expect(aStoredVersion(house, foreign)).rejects.toThrow('violates foreign key constraint');
    });

    it('are some, or the version is for all partners: not neither, not both', async () => {
      const publish = `UPDATE campaigns.campaign_version SET status = 'published', approved_at = now(), approved_by_user_id = gen_random_uuid(),
        published_at = now(), opens_on = now(), closes_on = now(), manifest_hash = 'm', for_everyone = $2 WHERE id = $1`;
      const { id, vendorId } = await aStoredVersion(house, here, { status: 'in-review' });
      const refusal = 'to partner groups or to all partners';
      await expect(run(here.vendor, publish, [id, false])).rejects.toThrow(refusal);
      const add = 'INSERT INTO campaigns.version_group (version_id, group_id, vendor_id) VALUES ($1, $2, $3)';
      await run(here.vendor, add, [id, here.groupId, vendorId]);
      await expect(run(here.vendor, publish, [id, true])).rejects.toThrow(refusal);
      await expect(run(here.vendor, publish, [id, false])).resolves.toBeDefined();
      const other = await aStoredVersion(house, here, { status: 'in-review' });
      await expect(run(here.vendor, publish, [other.id, true])).resolves.toBeDefined();
    });

    it('are seen by who sees the version', async () => {
      const { id } = await aStoredVersion(house, here);
      const groups = async (actor: Actor): Promise<number> =>
        (await run(actor, 'SELECT FROM campaigns.version_group WHERE version_id = $1', [id])).length;
      expect([await groups(here.vendor), await groups(here.partner), await groups(systemActor('test'))]).toEqual([
        1, 1, 1,
      ]);
      expect([await groups(elsewhere.vendor), await groups(elsewhere.partner)]).toEqual([0, 0]);
    });
  });

  it('refuses a version that skips review', async () => {
    const { id } = await aStoredVersion(house, here, { status: 'draft' });
    await expect(
      asOwner("UPDATE campaigns.campaign_version SET status = 'published', published_at = now() WHERE id = $1", [id]),
    ).rejects.toThrow('does not go from draft to published');
  });

  it('refuses to exchange the content of a version in review', async () => {
    const { id } = await aStoredVersion(house, here, { status: 'in-review' });
    await expect(
      run(here.vendor, "UPDATE campaigns.campaign_version SET compiled_hash = 'x' WHERE id = $1", [id]),
    ).rejects.toThrow('in review is not edited');
  });

  it('refuses an approval by the submitter, unless marked as the only possible approver', async () => {
    const { id } = await aStoredVersion(house, here, { status: 'in-review' });
    const approve = (alone: boolean): Promise<unknown> =>
      run(
        here.vendor,
        'UPDATE campaigns.campaign_version SET approved_at = now(), approved_by_user_id = submitted_by_user_id, approved_alone = $2 WHERE id = $1',
        [id, alone],
      );
    await expect(approve(false)).rejects.toThrow('violates check constraint');
    await expect(approve(true)).resolves.toBeDefined();
  });

  it('refuses a second version in work', async () => {
    const { campaignId } = await aStoredVersion(house, here, { status: 'draft' });
    await expect(aStoredVersion(house, here, { campaignId, number: 2, status: 'draft' })).rejects.toThrow(
      'campaign_version_in_work',
    );
  });

  describe('who sees what', () => {
    let neighbours: VendorWithPartners;
    beforeAll(async () => {
      neighbours = await aVendorWithPartners(house);
      await aStoredVersion(house, neighbours);
      await aStoredVersion(house, neighbours, { status: 'draft' });
      await aStoredVersion(house, neighbours, { status: 'retired' });
    });

    it('a vendor sees all of its own', async () => expect(await seen(neighbours.vendor)).toBe(3));
    it('a partner of the programme sees what was published', async () =>
      expect(await seen(neighbours.partner)).toBe(2));
    it('another vendor sees nothing', async () => {
      const stranger = await aVendorWithPartners(house);
      expect(await seen(stranger.vendor)).toBe(0);
      expect(await seen(stranger.partner)).toBe(0);
    });
    it('a partner cannot publish, not even in SQL', async () => {
      const { id } = await aStoredVersion(house, neighbours, { status: 'in-review' });
      expect(
        await run(neighbours.partner, "UPDATE campaigns.campaign_version SET theme = 'x' WHERE id = $1 RETURNING id", [
          id,
        ]),
      ).toEqual([]);
    });
  });

  describe('what is offered to a partner', () => {
    const today = new Date();

    it('is the newest published version of its programme’s campaigns', async () => {
      const place = await aVendorWithPartners(house);
      const first = await aStoredVersion(house, place);
      const second = await aStoredVersion(house, place, { campaignId: first.campaignId, number: 2 });
      await aStoredVersion(house, place, { status: 'draft' });
      const offers = await offered.list(place.partner, today);
      expect(offers.map(({ versionId }) => versionId)).toEqual([second.id]);
    });

    it('is the same for a process that acts for the partner', async () => {
      const place = await aVendorWithPartners(house);
      await aStoredVersion(house, place);
      const process = systemActor('scheduler', { partnerId: place.partner.partnerId });
      expect(await offered.list(process, today)).toHaveLength(1);
      await expect(offered.list(systemActor('scheduler'), today)).rejects.toThrow('Name the partner');
    });

    it('is nothing outside its partner group', async () => {
      const place = await aVendorWithPartners(house, { tiers: ['platinum'] });
      const { id } = await aStoredVersion(house, place);
      expect(await offered.list(place.partner, today)).toEqual([]);
      await expect(offered.version(place.partner, id)).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('is what any of its groups may run, whichever', async () => {
      const place = await aVendorWithPartners(house, { tiers: ['platinum'] });
      const second = await anotherGroup(place, { tiers: ['gold'] });
      const { id } = await aStoredVersion(house, place, { groupIds: [place.groupId, second] });
      expect((await offered.list(place.partner, today)).map(({ versionId }) => versionId)).toEqual([id]);
      await expect(offered.version(place.partner, id)).resolves.toMatchObject({ versionId: id });
    });

    it('includes versions for all partners, for a partner of the vendor', async () => {
      const place = await aVendorWithPartners(house, { tiers: ['platinum'] });
      const { id } = await aStoredVersion(house, place, { groupIds: [] });
      expect((await offered.list(place.partner, today)).map(({ versionId }) => versionId)).toEqual([id]);
      expect(await offered.list(elsewhere.partner, today)).not.toContainEqual(
        expect.objectContaining({ versionId: id }),
      );
      await asOwner("UPDATE organisations.membership SET status = 'ended' WHERE partner_id = $1", [
        place.partner.partnerId,
      ]);
      expect(await offered.list(place.partner, today)).toEqual([]);
      await expect(offered.version(place.partner, id)).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('is nothing before its first day and after its last', async () => {
      const place = await aVendorWithPartners(house);
      const { id } = await aStoredVersion(house, place, { opensOn: '2099-01-01', closesOn: '2099-01-31' });
      expect(await offered.list(place.partner, today)).toEqual([]);
      const version = await offered.version(place.partner, id);
      expect([version.inWindow(today), version.inWindow(new Date('2099-01-31T23:00:00Z'))]).toEqual([false, true]);
    });

    it('is nothing once it is retired, though the version can still be read', async () => {
      const place = await aVendorWithPartners(house);
      const { id } = await aStoredVersion(house, place, { status: 'retired' });
      expect(await offered.list(place.partner, today)).toEqual([]);
      const { status, compiledHash } = await published.launched(place.partner, id);
      expect(status).toBe('retired');
      for (const _ of ['from the database', 'remembered'])
        await expect(published.contentOf(place.partner, id)).resolves.toBe(compiledHash);
    });

    it('does not exist for a partner of another programme, nor a draft for any partner', async () => {
      const version = await aStoredVersion(house, here);
      await published.contentOf(here.partner, version.id);
      const draft = await aStoredVersion(house, here, { status: 'draft' });
      for (const [partner, id] of [
        [elsewhere.partner, version.id],
        [here.partner, draft.id],
        [here.partner, newId()],
      ] as const) {
        await expect(offered.version(partner, id as typeof version.id)).rejects.toMatchObject({ kind: 'not-found' });
        await expect(published.launched(partner, id as typeof version.id)).rejects.toMatchObject({ kind: 'not-found' });
        await expect(published.contentOf(partner, id as typeof version.id)).rejects.toMatchObject({
          kind: 'not-found',
        });
      }
    });
  });
});

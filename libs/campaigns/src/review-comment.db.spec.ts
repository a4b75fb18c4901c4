import { TypeOrmModule } from '@nestjs/typeorm';
import pg from 'pg';
import { Database } from '#database';
import { type Actor, systemActor } from '#kernel';
import { OrganisationsModule } from '#organisations';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { CampaignSchema, CampaignVersionSchema, ReviewCommentSchema } from './campaign.schema.js';
import { actionBy } from './action.js';
import type { CampaignVersion } from './campaign-version.js';
import { aVendorWithPartners, aStoredVersion, type VendorWithPartners } from './campaigns.fixture.js';
import { CampaignsRepository } from './campaigns.repository.js';
import { type NewComment, ReviewComment } from './review-comment.js';

describe('comments in the database', () => {
  let house: TestModule;
  let database: Database;
  let rows: CampaignsRepository;
  let here: VendorWithPartners;
  let version: CampaignVersion;

  beforeAll(async () => {
    house = await createTestModule(
      [TypeOrmModule.forFeature([CampaignSchema, CampaignVersionSchema, ReviewCommentSchema]), OrganisationsModule],
      [CampaignsRepository],
    );
    database = house.app.get(Database);
    rows = house.app.get(CampaignsRepository);
    here = await aVendorWithPartners(house);
    version = await aStoredVersion(house, here, { status: 'in-review' });
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
  const aStoredComment = async (remark: Partial<NewComment> = {}): Promise<ReviewComment> => {
    const by = actionBy(here.vendor, new Date());
    const comment = ReviewComment.create(version, { text: 'Name a source.', ...remark }, by);
    await database.inTransaction(here.vendor, () => rows.addComment(comment));
    return comment;
  };

  it('come back as they were written, with what they are about', async () => {
    const comment = await aStoredComment({ about: { kind: 'step', key: 'follow-up' } });
    const stored = await database.inTransaction(here.vendor, () => rows.comment(version.id, comment.id));
    expect(stored).toEqual(comment);
    expect(stored.about).toEqual({ kind: 'step', key: 'follow-up' });
  });

  it('are resolved and cannot change after that, not even by the database owner', async () => {
    const { id } = await aStoredComment();
    await run(
      here.vendor,
      "UPDATE campaigns.review_comment SET resolved_at = now(), resolved_by_name = 'Maya' WHERE id = $1",
      [id],
    );
    await expect(
      run(here.vendor, "UPDATE campaigns.review_comment SET text = 'x' WHERE id = $1", [id]),
    ).rejects.toThrow('permission denied');
    await expect(run(here.vendor, 'DELETE FROM campaigns.review_comment WHERE id = $1', [id])).rejects.toThrow(
      'permission denied',
    );
    for (const change of [
      "UPDATE campaigns.review_comment SET author_name = 'x'",
      'DELETE FROM campaigns.review_comment',
    ])
      await expect(asOwner(`${change} WHERE id = $1`, [id])).rejects.toThrow('never changed');
  });

  it('need a user to be resolved', async () => {
    const { id } = await aStoredComment();
    await expect(
      run(here.vendor, 'UPDATE campaigns.review_comment SET resolved_at = now() WHERE id = $1', [id]),
    ).rejects.toThrow('violates check constraint');
  });

  it('answer a comment on the same version, and are no thread of their own', async () => {
    const { id } = await aStoredComment();
    const answer = await aStoredComment({ text: 'Done.', answers: id });
    await expect(database.inTransaction(here.vendor, () => rows.comment(version.id, answer.id))).rejects.toMatchObject({
      code: 'review-comment.not-found',
    });
    await expect(
      run(
        here.vendor,
        "UPDATE campaigns.review_comment SET resolved_at = now(), resolved_by_name = 'Maya' WHERE id = $1",
        [answer.id],
      ),
    ).rejects.toThrow('violates check constraint');
    const other = await aStoredVersion(house, here, { status: 'in-review' });
    const stray = ReviewComment.create(other, { text: 'x', answers: id }, actionBy(here.vendor, new Date()));
    await expect(database.inTransaction(here.vendor, () => rows.addComment(stray))).rejects.toThrow(
      'violates foreign key constraint',
    );
  });

  it('are their vendor’s alone: no other vendor, no partner and no process reads, resolves or adds one', async () => {
    const { id } = await aStoredComment();
    const elsewhere = await aVendorWithPartners(house);
    const read = 'SELECT id FROM campaigns.review_comment WHERE version_id = $1';
    const resolve =
      "UPDATE campaigns.review_comment SET resolved_at = now(), resolved_by_name = 'x' WHERE id = $1 RETURNING id";
    expect((await run(here.vendor, read, [version.id])).length).toBeGreaterThan(0);
    const process = systemActor('scheduler', { partnerId: here.partner.partnerId });
    for (const actor of [elsewhere.vendor, elsewhere.partner, here.partner, process, systemActor('scheduler')]) {
      expect(await run(actor, read, [version.id])).toEqual([]);
      expect(await run(actor, resolve, [id])).toEqual([]);
      const forged = ReviewComment.create(
        version,
        { text: 'x' },
        { userId: null, byKey: true, name: 'x', at: new Date() },
      );
      await expect(database.inTransaction(actor, () => rows.addComment(forged))).rejects.toThrow('row-level security');
    }
  });
});

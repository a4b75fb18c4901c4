import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CompiledCampaigns } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, type CampaignVersionId, Clock, DomainError, notFound, type VendorActor } from '#kernel';
import { testedStepOf } from '#sequencing';
import type { BlobHash } from '#storage';

/** What a person has applied of a test: an e-mail, or a time of sending. */
interface TestWinner {
  readonly arm: string;
  readonly appliedBy: string;
  readonly appliedAt: Date;
}

interface TestedVersion {
  readonly id: CampaignVersionId;
  readonly status: string;
  readonly compiledHash: BlobHash;
}

/** Ends the test of a published version: a person chooses the e-mail or time that contacts get from then on. */
@Injectable()
export class TestWinners {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly compiled: CompiledCampaigns,
  ) {}

  /** The winner of a version; null: its test goes on, or it has none. */
  async of(actor: VendorActor, versionId: CampaignVersionId): Promise<TestWinner | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<TestWinner>(
        'SELECT arm, applied_by, applied_at FROM campaigns.test_winner WHERE version_id = $1',
        [versionId],
      ),
    );
    return found ?? null;
  }

  /** Those of the versions whose test a person has ended. */
  async endedAmong(
    actor: VendorActor,
    versionIds: readonly CampaignVersionId[],
  ): Promise<ReadonlySet<CampaignVersionId>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: CampaignVersionId }>(
        'SELECT version_id AS id FROM campaigns.test_winner WHERE version_id = ANY ($1::uuid[])',
        [versionIds],
      ),
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Applies an e-mail or time of the test, or lets the test go on. Idempotent.
   * @param arm of the test; null: each contact gets one of them again.
   * @throws DomainError `campaign-version.not-found`, `test.none` for a version that is not published or tests
   *   nothing, `test.arm-unknown`.
   */
  async apply(
    actor: VendorActor,
    { campaignId, number }: { readonly campaignId: CampaignId; readonly number: number },
    arm: string | null,
  ): Promise<void> {
    requirePermission(actor, 'campaigns.publish');
    await this.database.inTransaction(actor, async () => {
      const version = await this.versionOf(campaignId, number);
      const arms = await this.armsOf(version);
      if (arm !== null && !arms.includes(arm))
        throw new DomainError('test.arm-unknown', `The test has no “${arm}”. Choose one of: ${arms.join(', ')}.`, {
          field: 'arm',
          arms,
        });
      if (((await this.of(actor, version.id))?.arm ?? null) === arm) return;
      await this.store(actor, version.id, arm);
      await this.audit.record(actor, {
        action: arm === null ? 'campaign-version.test-resumed' : 'campaign-version.test-decided',
        subject: { kind: 'campaign-version', id: version.id },
        details: arm === null ? {} : { arm },
      });
    });
  }

  private async versionOf(campaignId: CampaignId, number: number): Promise<TestedVersion> {
    const [version] = await this.database.query<TestedVersion>(
      'SELECT id, status, compiled_hash FROM campaigns.campaign_version WHERE campaign_id = $1 AND number = $2',
      [campaignId, number],
    );
    if (version === undefined) throw notFound('campaign-version', `${campaignId}/${number}`);
    return version;
  }

  private async armsOf({ status, compiledHash }: TestedVersion): Promise<readonly string[]> {
    const tested =
      status === 'published' ? testedStepOf((await this.compiled.load(compiledHash)).definition.sequence) : null;
    if (tested === null)
      throw new DomainError(
        'test.none',
        'This version is not published, or none of its steps tests anything. Choose another version.',
        {},
        { kind: 'conflict' },
      );
    return tested.arms;
  }

  private async store({ vendorId, name }: VendorActor, id: CampaignVersionId, arm: string | null): Promise<void> {
    if (arm === null) {
      await this.database.query('DELETE FROM campaigns.test_winner WHERE version_id = $1', [id]);
      return;
    }
    await this.database.query(
      `INSERT INTO campaigns.test_winner (version_id, vendor_id, arm, applied_by, applied_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (version_id) DO UPDATE SET arm = excluded.arm, applied_by = excluded.applied_by, applied_at = excluded.applied_at`,
      [id, vendorId, arm, name, this.clock.now()],
    );
  }
}

import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { In, IsNull, Not } from 'typeorm';
import type { Localised } from '#content';
import { Database } from '#database';
import type { CampaignVersionId, PartnerId } from '#kernel';
import type { BlobHash } from '#storage';
import { plainVersions, publishedVersion, testWinnerOf } from './campaigns.repository.js';
import { type OfferActor, type PublishedVersion, publishedView } from './published-version.js';
import { RecallsInForce } from './recalls/recalls-in-force.service.js';

/** Versions whose content a process remembers. */
const MAX_REMEMBERED = 10_000;

/** The versions that activations run, whatever became of them since. */
@Injectable()
export class PublishedVersions {
  /** What was published never changes: campaigns.guard_version.sql. */
  private readonly contents = new LRUCache<string, BlobHash>({ max: MAX_REMEMBERED });

  constructor(
    private readonly database: Database,
    private readonly recalls: RecallsInForce,
  ) {}

  /**
   * The version of an activation. The partner's groups may have changed since
   * the launch: a running activation continues until it is stopped.
   * @param partnerId whose activation it is, if the actor names no partner.
   * @throws DomainError `campaign-version.not-found`.
   */
  async launched(
    actor: OfferActor,
    versionId: CampaignVersionId,
    partnerId: PartnerId | null = actor.partnerId,
  ): Promise<PublishedVersion> {
    return this.database.inTransaction(actor, async () => {
      const recalls = await this.recalls.ofVersion(actor, versionId, partnerId);
      return publishedView(
        await publishedVersion(this.database, versionId),
        recalls,
        await testWinnerOf(this.database, versionId),
      );
    });
  }

  /** Like `launched`, of several activations of one partner, in as many statements as of one. */
  async allLaunched(
    actor: OfferActor,
    versionIds: readonly CampaignVersionId[],
    partnerId: PartnerId,
  ): Promise<ReadonlyMap<CampaignVersionId, PublishedVersion>> {
    return this.database.inTransaction(actor, async () => {
      const versions = await plainVersions(this.database, {
        where: { id: In([...new Set(versionIds)]), publishedAt: Not(IsNull()) },
      });
      const winners = await this.database.query<{ versionId: CampaignVersionId; arm: string }>(
        'SELECT version_id, arm FROM campaigns.test_winner WHERE version_id = ANY ($1)',
        [versionIds],
      );
      const winnerOf = new Map(winners.map(({ versionId, arm }) => [versionId, arm]));
      const recalls = await this.recalls.ofVersions(actor, versionIds, partnerId);
      return new Map(
        versions.map((version) => [
          version.id,
          publishedView(version, recalls.get(version.id) ?? [], winnerOf.get(version.id) ?? null),
        ]),
      );
    });
  }

  /**
   * The compiled campaign of an activation's version, whatever became of the version since. Read once by each
   * process, where `launched` takes three statements.
   * @throws DomainError `campaign-version.not-found`.
   */
  async contentOf(actor: OfferActor, versionId: CampaignVersionId): Promise<BlobHash> {
    // What one partner may read is not remembered for another.
    const key = `${actor.partnerId} ${versionId}`;
    const known = this.contents.get(key);
    if (known !== undefined) return known;
    const { compiledHash } = await this.database.inTransaction(actor, () => publishedVersion(this.database, versionId));
    this.contents.set(key, compiledHash);
    return compiledHash;
  }

  /** Like `launched`, only the titles, for several activations at once. */
  async titlesOf(
    actor: OfferActor,
    versionIds: readonly CampaignVersionId[],
  ): Promise<ReadonlyMap<CampaignVersionId, Localised>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: CampaignVersionId; title: Localised }>(
        'SELECT id, title FROM campaigns.campaign_version WHERE id = ANY ($1) AND published_at IS NOT NULL',
        [versionIds],
      ),
    );
    return new Map(rows.map(({ id, title }) => [id, title]));
  }
}

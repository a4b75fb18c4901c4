import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { In, IsNull, Not } from 'typeorm';
import type { Localised } from '#content';
import type { EndCode } from '#contracts';
import { Database } from '#database';
import {
  type CampaignId,
  type CampaignVersionId,
  Clock,
  DomainError,
  groupBy,
  notFound,
  type PartnerActor,
  type PartnerGroupId,
  type PartnerId,
  type SystemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { mayLaunch, Memberships, PartnerGroups } from '#organisations';
import type { BlobHash } from '#storage';
import { CampaignVersionSchema } from './campaign.schema.js';
import { type CalendarDate, isWithin, type PartnerScope } from './availability.js';
import type { CampaignVersion, EndedStatus } from './campaign-version.js';
import { isWhole, type Recall, stopsEverything } from './recalls/recall.js';
import { RecallsInForce } from './recalls/recalls-in-force.service.js';
import { changesOf, withGroups } from './campaigns.repository.js';

/** A user of a partner, or a process that acts for a partner. */
export type OfferActor = PartnerActor | SystemActor;

/** A published version as partners see it. */
export interface OfferedVersion {
  readonly versionId: CampaignVersionId;
  readonly campaignId: CampaignId;
  readonly vendorId: VendorId;
  readonly number: number;
  readonly compiledHash: BlobHash;
  readonly title: Localised;
  readonly summary: Localised;
  readonly theme: string;
  readonly locales: readonly string[];
  readonly opensOn: CalendarDate;
  readonly closesOn: CalendarDate;
  /** What the vendor has applied of its test: an e-mail or a time. Null: nothing, or several versions were read. */
  readonly testWinner: string | null;
}

/** A version with its status: published, retired or recalled. */
export interface PublishedVersion extends OfferedVersion {
  readonly status: 'published' | EndedStatus;
  /** When the vendor ended it, and what it tells the partners; null: not. */
  readonly endedAt: Date | null;
  readonly endedReason: string | null;
  /** Why the product itself ended it; null: its vendor did, or it goes on. */
  readonly endedCode: EndCode | null;
  /** The vendor allows no new launches. */
  readonly launchesStopped: boolean;
  /** In force for the partner, newest first. `status` says `recalled` if one stops everything. */
  readonly recalls: readonly Recall[];
  /** The signed manifest, a blob. */
  readonly manifestHash: BlobHash;
  /** Whether `today` is from `opensOn` to `closesOn` (UTC calendar). */
  readonly inWindow: (today: Date) => boolean;
}

/** A campaign, its newest content that was published, and who may run it. */
interface CampaignAudience {
  readonly campaignId: CampaignId;
  readonly compiledHash: BlobHash;
  readonly partnerIds: ReadonlySet<PartnerId>;
}

/** A version, and the partners for which it is the newest that they may launch today. */
export interface OfferToday extends OfferedVersion {
  readonly partnerIds: readonly PartnerId[];
}

/** A campaign whose launch period ends soon. */
export interface ClosingCampaign {
  readonly campaignId: CampaignId;
  readonly versionId: CampaignVersionId;
  readonly number: number;
  readonly title: Localised;
  readonly closesOn: CalendarDate;
}

/** Versions whose content a process remembers. */
const MAX_REMEMBERED = 10_000;

/** Campaigns that vendors offer to a partner. */
@Injectable()
export class PublishedCampaigns {
  /** What was published never changes: campaigns.guard_version.sql. */
  private readonly contents = new LRUCache<string, BlobHash>({ max: MAX_REMEMBERED });

  constructor(
    private readonly database: Database,
    private readonly memberships: Memberships,
    private readonly groups: PartnerGroups,
    private readonly recalls: RecallsInForce,
    private readonly clock: Clock,
  ) {}

  /**
   * The newest version of each campaign that the partner may launch today with
   * its groups. The version that was published last comes first.
   */
  async offeredTo(actor: OfferActor, today: Date): Promise<OfferedVersion[]> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const published = await this.database.manager
        .getRepository(CampaignVersionSchema)
        .find({ where: { status: 'published' }, order: { publishedAt: 'DESC', id: 'DESC' } });
      const open = await withGroups(
        this.database,
        published.filter((version) => version.isLaunchable(today)),
      );
      const belonging = await this.partnerScope(actor, partnerId);
      const isRecalled = await this.recalledLaunches(open);
      const newest = new Map<CampaignId, CampaignVersion>();
      for (const version of open) {
        if (!version.isFor(belonging) || isRecalled(version.id, partnerId)) continue;
        if ((newest.get(version.campaignId)?.number ?? 0) < version.number) newest.set(version.campaignId, version);
      }
      return [...newest.values()].map((version) => publishedView(version, []));
    });
  }

  /**
   * Claims versions whose first day has come and that were not announced yet,
   * in the caller's transaction.
   * @param today UTC calendar.
   */
  async claimOpened(
    actor: SystemActor,
    today: Date,
  ): Promise<readonly { readonly versionId: CampaignVersionId; readonly campaignId: CampaignId }[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query('DELETE FROM campaigns.opening WHERE opens_on <= $1 RETURNING version_id, campaign_id', [
        today.toISOString().slice(0, 10),
      ]),
    );
  }

  /**
   * Campaigns of a vendor whose launch period ends within these days, with the
   * last day of their newest version that can be launched.
   */
  async closing(
    actor: VendorActor | SystemActor,
    vendorId: VendorId,
    { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
  ): Promise<readonly ClosingCampaign[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query(
        `SELECT * FROM (SELECT DISTINCT ON (campaign_id) campaign_id, id AS version_id, number, title, closes_on::text
           FROM campaigns.campaign_version
           WHERE vendor_id = $1 AND status = 'published' AND launches_stopped_at IS NULL AND closes_on >= $2
           ORDER BY campaign_id, closes_on DESC, number DESC) open
         WHERE closes_on <= $3 ORDER BY closes_on, campaign_id`,
        [vendorId, from, to],
      ),
    );
  }

  /** Campaigns of which a version has opened and waits for `claimOpened`. */
  async opening(actor: SystemActor, today: Date): Promise<ReadonlySet<CampaignId>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ campaignId: CampaignId }>(
        'SELECT DISTINCT campaign_id FROM campaigns.opening WHERE opens_on <= $1',
        [today.toISOString().slice(0, 10)],
      ),
    );
    return new Set(rows.map(({ campaignId }) => campaignId));
  }

  /**
   * Partners that a published version is offered to, by their groups of today.
   */
  async audienceOf(
    actor: SystemActor,
    versionId: CampaignVersionId,
  ): Promise<{ readonly vendorId: VendorId; readonly partnerIds: readonly PartnerId[] }> {
    return this.database.inTransaction(actor, async () => {
      const version = await this.find(versionId);
      const { vendorId, forEveryone } = version;
      if (forEveryone) return { vendorId, partnerIds: await this.partnersOf(vendorId) };
      await withGroups(this.database, [version]);
      return { vendorId, partnerIds: [...(await this.membersOfGroups(actor, version.partnerGroupIds))] };
    });
  }

  /**
   * What `offeredTo` is for each partner, for all partners of all vendors: one
   * query per version that can be launched today.
   * @param campaignIds null: all campaigns.
   */
  async offersToday(actor: SystemActor, today: Date, campaignIds: readonly CampaignId[] | null): Promise<OfferToday[]> {
    return this.database.inTransaction(actor, async () => {
      const published = await this.database.manager.getRepository(CampaignVersionSchema).find({
        where: { status: 'published', ...(campaignIds === null ? {} : { campaignId: In([...campaignIds]) }) },
        order: { number: 'DESC' },
      });
      const isRecalled = await this.recalledLaunches(published);
      const taken = new Map<CampaignId, Set<PartnerId>>();
      const offers: OfferToday[] = [];
      for (const version of published.filter((one) => one.isLaunchable(today))) {
        const known = taken.get(version.campaignId) ?? new Set();
        taken.set(version.campaignId, known);
        const { partnerIds } = await this.audienceOf(actor, version.id);
        const added = partnerIds.filter((id) => !known.has(id) && !isRecalled(version.id, id));
        for (const id of added) known.add(id);
        offers.push({ ...publishedView(version, []), partnerIds: added });
      }
      return offers;
    });
  }

  /**
   * The campaigns of a vendor that were ever published, newest first, with the
   * partners that they are offered to today: by all published versions, or by
   * the last one if all have ended.
   * @param launchableOn only by versions that can be launched on that day.
   */
  async audiences(
    actor: SystemActor,
    vendorId: VendorId,
    launchableOn: Date | null = null,
  ): Promise<CampaignAudience[]> {
    return this.database.inTransaction(actor, async () => {
      const found = await this.database.manager
        .getRepository(CampaignVersionSchema)
        .find({ where: { vendorId, publishedAt: Not(IsNull()) }, order: { number: 'DESC' } });
      const versions = await withGroups(this.database, found);
      const used = new Set(versions.flatMap(({ partnerGroupIds }) => partnerGroupIds));
      const groups = (await this.groups.list(actor)).filter(({ id }) => used.has(id));
      const members = await this.groups.membersByGroup(actor, groups);
      const everyone = await this.partnersOf(vendorId);
      const audienceOf = ({ forEveryone, partnerGroupIds }: CampaignVersion): readonly PartnerId[] =>
        forEveryone ? everyone : partnerGroupIds.flatMap((id) => members.get(id) ?? []);
      return [...groupBy(versions, ({ campaignId }) => campaignId)]
        .sort(([one], [other]) => (one < other ? 1 : -1))
        .flatMap(([campaignId, [newest, ...others]]) => {
          if (newest === undefined) return [];
          const open = [newest, ...others].filter((version) =>
            launchableOn === null ? version.status === 'published' : version.isLaunchable(launchableOn),
          );
          const counted = open.length === 0 && launchableOn === null ? [newest] : open;
          const partnerIds = new Set(counted.flatMap(audienceOf));
          return [{ campaignId, compiledHash: newest.compiledHash, partnerIds }];
        });
    });
  }

  /** Partners that are in a programme of the vendor today. */
  private async partnersOf(vendorId: VendorId): Promise<PartnerId[]> {
    const rows = await this.database.query<{ partnerId: PartnerId }>(
      `SELECT DISTINCT partner_id FROM organisations.membership_view WHERE vendor_id = $1 AND status = 'active'`,
      [vendorId],
    );
    return rows.map(({ partnerId }) => partnerId);
  }

  /** Partners that are in any of these groups today. */
  async membersOfGroups(actor: SystemActor, groupIds: readonly PartnerGroupId[]): Promise<ReadonlySet<PartnerId>> {
    const members = new Set<PartnerId>();
    for (const group of await this.groups.ofIds(actor, groupIds))
      for (const { partnerId } of await this.groups.members(actor, group)) members.add(partnerId);
    return members;
  }

  /**
   * A version that the partner may run, in any status and window.
   * @throws DomainError `campaign-version.not-found` for drafts, for versions
   *   of other programmes and for versions that are not published to the
   *   partner.
   */
  async version(actor: OfferActor, versionId: CampaignVersionId): Promise<PublishedVersion> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const version = await this.find(versionId);
      await withGroups(this.database, [version]);
      if (!version.isFor(await this.partnerScope(actor, partnerId))) throw notFound('campaign-version', versionId);
      const recalls = await this.recalls.ofVersion(actor, versionId, partnerId);
      return publishedView(version, recalls, await this.testWinner(versionId));
    });
  }

  /**
   * Lets the vendor neither end the campaign or its launches nor the
   * partnership until the open transaction ends. What it has stored by then,
   * the end finds.
   */
  async postponeEnd(
    { partnerId }: Pick<PartnerActor, 'partnerId'>,
    { campaignId, vendorId }: Pick<OfferedVersion, 'campaignId' | 'vendorId'>,
  ): Promise<void> {
    await this.memberships.postponeEnd(partnerId, vendorId);
    await this.database.lockShared(changesOf(campaignId));
  }

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
      return publishedView(await this.find(versionId), recalls, await this.testWinner(versionId));
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
    const { compiledHash } = await this.database.inTransaction(actor, () => this.find(versionId));
    this.contents.set(key, compiledHash);
    return compiledHash;
  }

  private async testWinner(versionId: CampaignVersionId): Promise<string | null> {
    const [winner] = await this.database.query<{ arm: string }>(
      'SELECT arm FROM campaigns.test_winner WHERE version_id = $1',
      [versionId],
    );
    return winner?.arm ?? null;
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

  /** Which partners may not launch which of these versions, although they are offered. */
  private async recalledLaunches(
    versions: readonly CampaignVersion[],
  ): Promise<(versionId: CampaignVersionId, partnerId: PartnerId) => boolean> {
    const found = (await this.recalls.ofVersions(versions.map(({ id }) => id))).filter(({ recall }) => isWhole(recall));
    return (id, partnerId) =>
      found.some(
        ({ versionId, recall }) =>
          versionId === id && (recall.partnerIds === null || recall.partnerIds.includes(partnerId)),
      );
  }

  private async find(id: CampaignVersionId): Promise<CampaignVersion> {
    const version = await this.database.manager.getRepository(CampaignVersionSchema).findOneBy({ id });
    if (version?.publishedAt == null) throw notFound('campaign-version', id);
    return version;
  }

  /** The groups whose rule the partner meets today, and its vendors. */
  private async partnerScope(actor: OfferActor, partnerId: PartnerId): Promise<PartnerScope> {
    const groups = await this.groups.groupsOf(actor, partnerId);
    const now = this.clock.now();
    const all = await this.memberships.allOfPartner(actor, partnerId);
    // The job that ends a membership on its day may be late.
    const own = all.filter((member) => mayLaunch(member, now));
    return { groups, vendors: new Set(own.map(({ vendorId }) => vendorId)) };
  }
}

function partnerOf(actor: OfferActor): PartnerId {
  if (actor.partnerId !== null) return actor.partnerId;
  throw new DomainError(
    'offer.partner-missing',
    'Name the partner that campaigns are offered to.',
    {},
    { kind: 'forbidden' },
  );
}

function publishedView(
  version: CampaignVersion,
  recalls: readonly Recall[],
  testWinner: string | null = null,
): PublishedVersion {
  const {
    id,
    campaignId,
    vendorId,
    number,
    status,
    compiledHash,
    title,
    summary,
    theme,
    locales,
    opensOn,
    closesOn,
    manifestHash,
    endedAt,
    endedReason,
    endedCode,
    launchesStoppedAt,
  } = version;
  if (opensOn === null || closesOn === null || manifestHash === null || status === 'draft' || status === 'in-review')
    throw new Error(`The version ${id} is not published: constraints of the database should prevent this.`);
  const stop = status === 'recalled' ? undefined : recalls.find(stopsEverything);
  return {
    versionId: id,
    campaignId,
    vendorId,
    number,
    status: stop === undefined ? status : 'recalled',
    compiledHash,
    title,
    summary,
    theme,
    locales,
    opensOn,
    closesOn,
    manifestHash,
    endedAt: stop?.decidedAt ?? endedAt,
    endedReason: stop?.reason ?? endedReason,
    endedCode: status === 'retired' && stop === undefined ? endedCode : null,
    launchesStopped: launchesStoppedAt !== null || recalls.some(isWhole),
    recalls,
    testWinner,
    inWindow: (today) => isWithin({ opensOn, closesOn }, today),
  };
}

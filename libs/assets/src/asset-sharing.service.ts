import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, DomainError, type VendorActor } from '#kernel';
import { PartnerGroups } from '#organisations';
import { type Asset, type AssetId, type AssetShare, dayOf, stateOf } from './asset.js';
import { AssetsRepository } from './assets.repository.js';

/** Which kinds of assets can be shared as what. */
const SHARED_AS: Readonly<Record<AssetShare['as'], readonly Asset['kind'][]>> = {
  brochure: ['document'],
  'battle-card': ['document', 'text'],
  'sales-play': ['document', 'text', 'video'],
  signature: ['signature'],
  logo: ['logo', 'picture'],
  picture: ['picture', 'logo'],
  video: ['video'],
};

/** Offers assets of a vendor to its partners, without a campaign. */
@Injectable()
export class AssetSharing {
  constructor(
    private readonly database: Database,
    private readonly rows: AssetsRepository,
    private readonly groups: PartnerGroups,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Shares an asset with partners for a period, or changes who has it and until
   * when. Shares one again that was withdrawn.
   * @throws DomainError `asset.not-found`, `asset.share-unfit`,
   *   `asset.period-unusable`, `asset.expired`, `partner-group.not-found`.
   */
  async share(actor: VendorActor, id: AssetId, share: AssetShare): Promise<Asset> {
    requirePermission(actor, 'assets.edit');
    return this.database.inTransaction(actor, async () => {
      await this.rows.lock(id);
      const asset = await this.rows.get(id);
      const now = this.clock.now();
      requireFit(asset, share);
      requirePeriod(share, dayOf(now));
      if (stateOf(asset, dayOf(now)) === 'expired') throw expired(asset);
      await this.groups.ofIds(actor, share.partnerGroupIds);
      await this.rows.saveShare(asset, share);
      await this.rows.touch(id, now, actor.name);
      const { as, partnerGroupIds, opensOn, closesOn } = share;
      await this.audit.record(actor, {
        action: 'asset.shared',
        subject: { kind: 'asset', id },
        details: { title: asset.title, as, partnerGroupIds, opensOn, closesOn },
      });
      return this.rows.get(id);
    });
  }

  /**
   * Ends sharing. Partners that downloaded it read the reason.
   * @throws DomainError `asset.not-found`, `asset.not-shared`.
   */
  async withdraw(actor: VendorActor, id: AssetId, reason: string): Promise<Asset> {
    requirePermission(actor, 'assets.edit');
    return this.database.inTransaction(actor, async () => {
      await this.rows.lock(id);
      const asset = await this.rows.get(id);
      if (asset.share === null || asset.withdrawn !== null)
        throw new DomainError(
          'asset.not-shared',
          `"${asset.title}" is not shared with partners, so there is nothing to withdraw.`,
          {},
          { kind: 'conflict' },
        );
      const now = this.clock.now();
      await this.rows.saveWithdrawal(id, now, reason);
      await this.rows.touch(id, now, actor.name);
      await this.audit.record(actor, {
        action: 'asset.withdrawn',
        subject: { kind: 'asset', id },
        details: { title: asset.title, reason },
      });
      return this.rows.get(id);
    });
  }
}

function requireFit({ kind, title }: Asset, { as }: AssetShare): void {
  if (SHARED_AS[as].includes(kind)) return;
  throw new DomainError('asset.share-unfit', `"${title}" is a ${kind} and cannot be shared as a ${as}.`, {
    field: 'as',
    kind,
    as,
  });
}

function requirePeriod({ opensOn, closesOn }: AssetShare, today: string): void {
  const sentence =
    closesOn < opensOn
      ? 'The last day is before the first one. Choose a later last day.'
      : closesOn < today
        ? 'The last day is over already. Choose a later one.'
        : null;
  if (sentence !== null) throw new DomainError('asset.period-unusable', sentence, { field: 'closesOn' });
}

const expired = ({ title, expiresOn }: Asset): DomainError =>
  new DomainError(
    'asset.expired',
    `"${title}" expired on ${expiresOn}. Change its last day in the library first.`,
    { title, expiresOn },
    { kind: 'conflict' },
  );

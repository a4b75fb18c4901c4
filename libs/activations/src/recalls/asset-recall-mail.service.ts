import { Inject, Injectable } from '@nestjs/common';
import type { AssetId } from '#assets';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { SystemMail } from '#identity';
import { type PartnerId, systemActor, type VendorId } from '#kernel';
import { contactReaders, type Notice, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import { assetRecallLetter } from './recall-letter.js';

interface Withdrawal {
  readonly title: string;
  readonly withdrawnAt: Date;
  readonly reason: string;
}

/** Tells partners that an asset which they have downloaded was recalled. */
@Injectable()
export class AssetRecallMail {
  constructor(
    private readonly database: Database,
    private readonly organisations: Organisations,
    private readonly notifier: Notifier,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** The owners of each partner, once. Nothing, if the asset is shared again. */
  async tell(assetId: AssetId, vendorId: VendorId): Promise<void> {
    const actor = systemActor('asset-recall', { vendorId });
    await this.database.inTransaction(actor, async () => {
      const [asset] = await this.database.query<Withdrawal>(
        'SELECT title, withdrawn_at, withdrawn_reason AS reason FROM assets.withdrawn_asset_view WHERE id = $1',
        [assetId],
      );
      if (asset === undefined) return;
      const { name } = await this.organisations.get(actor, vendorId);
      const url = `${this.config.PUBLIC_URL}/library`;
      const notices = (await this.downloaders(assetId)).map((organisationId): Notice => ({
        organisationId,
        kind: 'versions',
        event: 'campaign-recalled',
        key: `${assetId} ${asset.withdrawnAt.toISOString()}`,
        by: name,
        titles: { en: asset.title },
        path: '/library',
        audience: contactReaders(null),
      }));
      const readers = await this.notifier.readersNow(actor, notices);
      const news = { vendor: { id: vendorId, name }, title: asset.title, reason: asset.reason, url };
      await this.mail.postAll(readers.map(({ reader }) => ({ message: assetRecallLetter(reader, news) })));
    });
  }

  private async downloaders(assetId: AssetId): Promise<PartnerId[]> {
    const rows = await this.database.query<{ partnerId: PartnerId }>(
      'SELECT DISTINCT partner_id FROM assets.download_view WHERE asset_id = $1 ORDER BY 1',
      [assetId],
    );
    return rows.map(({ partnerId }) => partnerId);
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import { type Actor, DomainError, type PartnerId } from '#kernel';
import { BlobStore } from '#storage';

const MB = 1_000_000;

/**
 * Limits the size of the logos that a partner has stored. Earlier ones stay:
 * mails that were sent show them.
 */
@Injectable()
export class LogoQuota {
  constructor(
    private readonly database: Database,
    private readonly blobs: BlobStore,
    @Inject(CONFIG) private readonly config: Pick<Config, 'LOGO_QUOTA_MB'>,
  ) {}

  /** @throws DomainError `logo.quota-reached`. */
  async requireRoom(actor: Actor, partnerId: PartnerId, bytes: number): Promise<void> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ hash: string }>(
        `SELECT original_hash AS hash FROM brand.logo WHERE partner_id = $1
         UNION SELECT v.value FROM brand.logo l, jsonb_each_text(l.generated) v WHERE l.partner_id = $1
         UNION SELECT v.value FROM brand.logo l, jsonb_each_text(l.variants) v WHERE l.partner_id = $1`,
        [partnerId],
      ),
    );
    const sizes = await Promise.all(rows.map(({ hash }) => this.blobs.sizeOf(hash)));
    const stored = sizes.reduce((sum, size) => sum + size, 0);
    const most = this.config.LOGO_QUOTA_MB;
    if (stored + bytes <= most * MB) return;
    throw new DomainError(
      'logo.quota-reached',
      `Your logos have ${Math.round(stored / MB)} MB with all earlier ones. The limit of this installation is ${most} MB. Upload a smaller picture, or ask its operator for more (LOGO_QUOTA_MB).`,
      { field: 'file', most },
      { kind: 'conflict' },
    );
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import { type Actor, DomainError, type OrganisationId } from '#kernel';
import { BlobStore } from '#storage';

const MB = 1_000_000;

/**
 * Limits the size of the logos that an organisation has stored. Earlier ones stay:
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
  async requireRoom(actor: Actor, organisationId: OrganisationId, bytes: number): Promise<void> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ hash: string }>(
        `WITH l AS (SELECT original_hash, generated, variants FROM brand.logo WHERE partner_id = $1
           UNION ALL SELECT original_hash, generated, variants FROM brand.kit_logo WHERE vendor_id = $1)
         SELECT original_hash AS hash FROM l
         UNION SELECT v.value FROM l, jsonb_each_text(l.generated) v
         UNION SELECT v.value FROM l, jsonb_each_text(l.variants) v`,
        [organisationId],
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

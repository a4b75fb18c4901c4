import { Injectable } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import { Clock, type SystemActor } from '#kernel';
import type { BlobHash } from '#storage';
import type { PackageImage } from './compile/compiled-campaign.js';

/**
 * Blobs that are public pictures. E-mails and pages show them to readers who
 * never sign in.
 */
@Injectable()
export class PublicImages {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Makes pictures public for ever, because sent e-mails show them. */
  async add(actor: SystemActor, images: readonly PackageImage[]): Promise<void> {
    if (images.length === 0) return;
    const shown = unnestRows(images, { hash: 'text', mediaType: 'text' }, [this.clock.now()]);
    await this.database.inTransaction(actor, () =>
      this.database.query(
        `INSERT INTO content.public_image (hash, media_type, created_at)
         SELECT hash, media_type, $1 FROM ${shown.from}
         ON CONFLICT DO NOTHING`,
        shown.parameters,
      ),
    );
  }

  /** @returns null for a blob that is not public. */
  async mediaType(actor: SystemActor, hash: BlobHash): Promise<PackageImage['mediaType'] | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ mediaType: PackageImage['mediaType'] }>(
        'SELECT media_type FROM content.public_image WHERE hash = $1',
        [hash],
      ),
    );
    return found?.mediaType ?? null;
  }
}

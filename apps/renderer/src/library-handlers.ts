import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { type AssetId, BrandedFiles, COBRAND_LIBRARY_FILE } from '#assets';
import { Handles } from '#jobs';
import type { PartnerId } from '#kernel';

/** Jobs of the vendor's library. */
@Injectable()
export class LibraryHandlers {
  constructor(private readonly files: BrandedFiles) {}

  @Handles(COBRAND_LIBRARY_FILE)
  async cobrand({
    assetId,
    partnerId,
    locale,
  }: z.output<(typeof COBRAND_LIBRARY_FILE)['data']>): Promise<z.output<(typeof COBRAND_LIBRARY_FILE)['result']>> {
    return { file: await this.files.make(assetId as AssetId, partnerId as PartnerId, locale) };
  }
}

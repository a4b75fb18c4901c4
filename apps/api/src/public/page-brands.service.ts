import { Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import type { SystemActor } from '#kernel';
import { BlobStore } from '#storage';
import type { PageBrand } from './public-pages.js';

/** CSS pixels; the picture has twice as many. */
const LOGO = { width: 240, height: 60 };

/** The branding of public pages. */
@Injectable()
export class PageBrands {
  constructor(
    private readonly profiles: BrandProfiles,
    private readonly blobs: BlobStore,
  ) {}

  /**
   * The brand of the partner in whose scope `actor` is. Outside any
   * transaction: scaling the logo takes a while, the first time.
   */
  async of(actor: SystemActor): Promise<PageBrand> {
    const { name, colours, logoId } = await this.profiles.current(actor);
    return { name, colours, logo: logoId === null ? null : await this.logo(actor) };
  }

  private async logo(actor: SystemActor): Promise<string> {
    const bytes = await this.blobs.get(await this.profiles.logoImage(actor, 'light', LOGO));
    return `data:image/png;base64,${bytes.toString('base64')}`;
  }
}

import { Injectable } from '@nestjs/common';
import type { SystemActor } from '#kernel';
import { BlobStore } from '#storage';
import type { BrandProfile } from './brand-profile.js';
import { BrandProfiles } from './brand-profiles.service.js';
import type { LogoSurface } from './logo.js';

/** How a partner's page looks: its logo and its colours, where it has any. */
export interface PageBrand {
  readonly name: string;
  /** A `data:` URL, so that the page makes no request for it. */
  readonly logo: string | null;
  /** The logo for a dark page; null where there is none. */
  readonly darkLogo: string | null;
  readonly colours: { readonly primary: string; readonly onPrimary: string } | null;
}

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
  async current(actor: SystemActor): Promise<PageBrand> {
    const profile = await this.profiles.current(actor);
    const { name, colours, logoId } = profile;
    if (logoId === null) return { name, colours, logo: null, darkLogo: null };
    const logo = (surface: LogoSurface): Promise<string> => this.logo(actor, profile, surface);
    return { name, colours, logo: await logo('light'), darkLogo: await logo('dark') };
  }

  private async logo(actor: SystemActor, profile: BrandProfile, surface: LogoSurface): Promise<string> {
    const bytes = await this.blobs.get(await this.profiles.logoImage(actor, profile, surface, LOGO));
    return `data:image/png;base64,${bytes.toString('base64')}`;
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { PublicImages } from '#content';
import { type Actor, type PartnerId, systemActor } from '#kernel';
import { logoName, type Master } from '#rendering';

/** A partner's logo as pictures that mail programs fetch. */
@Injectable()
export class BrandLogos {
  constructor(
    private readonly profiles: BrandProfiles,
    private readonly publicImages: PublicImages,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Makes the logos that masters need, in their exact sizes.
   * Call it outside any transaction: scaling is slow.
   * @returns URLs by `logoName`.
   * @throws DomainError `logo.missing`.
   */
  async urlsFor(actor: Actor, masters: readonly Master[]): Promise<Record<string, string>> {
    const needs = new Map(masters.flatMap(({ needs: { logos } }) => logos).map((logo) => [logoName(logo), logo]));
    const profile = await this.profiles.current(actor);
    const made = await Promise.all(
      [...needs].map(
        async ([name, { surface, ...box }]) =>
          [name, await this.profiles.logoImage(actor, profile, surface, box)] as const,
      ),
    );
    await this.publicImages.add(
      systemActor('public-images'),
      made.map(([, hash]) => ({ hash, mediaType: 'image/png' as const })),
    );
    return Object.fromEntries(made.map(([name, hash]) => [name, `${this.config.PUBLIC_URL}/b/${hash}.png`]));
  }

  /**
   * The partner's logos in a vendor's preview of one master.
   * Null without a partner or a logo.
   */
  async shownOf(partnerId: PartnerId | null, master: Master): Promise<Record<string, string> | null> {
    if (partnerId === null) return null;
    const actor = systemActor('vendor preview', { partnerId });
    return (await this.profiles.current(actor)).logoId === null ? null : this.urlsFor(actor, [master]);
  }
}

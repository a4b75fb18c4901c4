import { Inject, Injectable } from '@nestjs/common';
import { PartnerPictures } from '#assets';
import { BrandProfiles, SendingIdentities } from '#brand';
import type { PublishedVersion } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { type CompiledCampaign, digestOf } from '#content';
import { DomainError, newId, type PartnerActor } from '#kernel';
import { slugOf } from '#organisations';
import { brandGaps, inShort } from '../branding/brand-gaps.js';
import { BrandedMasters, type BrandSource, launchLocale, unusable } from '../branding/branded-masters.service.js';
import type { LaunchRequest } from './launch-request.js';
import { pictureProblems } from '../branding/picture-slots.js';
import { slotProblems } from '../branding/slot-texts.js';

/** The values for a launch's masters, and the activation's landing page. */
export interface LaunchSource extends BrandSource {
  readonly slug: string;
  /** URL of the landing page. */
  readonly page: string;
}

/** The partner's side of a launch: brand profile, sender and texts. */
@Injectable()
export class LaunchBrand {
  constructor(
    private readonly profiles: BrandProfiles,
    private readonly identities: SendingIdentities,
    private readonly masters: BrandedMasters,
    private readonly pictures: PartnerPictures,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * The values for the campaign's masters.
   * @throws DomainError `brand.incomplete` with every field that is missing;
   *   `sending-identity.blocked` where the campaign has e-mails.
   */
  async source(
    actor: PartnerActor,
    version: PublishedVersion,
    compiled: CompiledCampaign,
    request: Pick<LaunchRequest, 'locale' | 'slots'>,
  ): Promise<LaunchSource> {
    const profile = await this.profiles.current(actor);
    const lacking = brandGaps(digestOf(compiled), profile);
    if (lacking.length > 0) {
      throw new DomainError('brand.incomplete', `Your brand profile lacks: ${lacking.map(inShort).join(', ')}.`, {
        field: lacking[0]?.field ?? 'brand',
        problems: lacking.map(({ field, sentence, contrast, named }) => ({
          code: contrast === undefined ? 'brand.missing' : 'contrast-low',
          field,
          message: sentence,
          ...(named === undefined ? {} : { named }),
        })),
      });
    }
    if (compiled.emails.length > 0) await this.requireSender(actor, version);
    const slug = `${slugOf(profile.name) || 'partner'}-${newId().slice(-12)}`;
    const page = `${this.config.PUBLIC_URL}/p/${slug}`;
    const locale = launchLocale(compiled.definition, request.locale, profile);
    return { profile, compiled, slots: request.slots, locale, formAction: `${page}/form`, slug, page };
  }

  private async requireSender(actor: PartnerActor, { vendorId }: PublishedVersion): Promise<void> {
    const identity = await this.identities.forMembership(actor, vendorId);
    if (identity.status !== 'ready')
      throw new DomainError(
        'sending-identity.blocked',
        identity.reason ?? 'Your sending identity is not allowed to send. “Sender and domain” shows why.',
        {},
        { kind: 'conflict' },
      );
  }

  /** @throws DomainError `brand.unusable` with every text that does not fit. */
  async requireUsableTexts(actor: PartnerActor, { compiled, slots, profile }: LaunchSource): Promise<void> {
    const problems = [
      ...slotProblems(compiled, slots, this.masters.policy(profile)),
      ...(await pictureProblems(this.pictures, actor, compiled, slots)),
    ];
    if (problems.length > 0) throw unusable(problems);
  }
}

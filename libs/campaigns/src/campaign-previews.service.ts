import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { type Config, CONFIG } from '#config';
import type { SocialFormat } from '#content';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import { bestLocale, type CampaignId, type Locale, type PartnerId, systemActor, type VendorActor } from '#kernel';
import { Memberships } from '#organisations';
import { TemporaryFiles } from '#storage';
import { BrandLogos } from './brand-logos.service.js';
import { DraftFiles } from './draft-files.service.js';
import { CampaignLibrary } from './campaign-library.service.js';
import { SHOW_ARTWORK } from './campaigns.jobs.js';
import { SAMPLE_PARTNER } from './sample-brand.js';
import { masterOf, type Preview, type SampleChoice, samplePreview, type ShownBrand } from './sample-preview.js';

export interface PreviewRequest extends SampleChoice {
  readonly campaignId: CampaignId;
  readonly number: number;
  /** Shows a partner of the vendor's; null: the sample. */
  readonly partnerId: PartnerId | null;
}

/** A document, or a picture of a post in one size. */
export type ArtworkRequest = Omit<PreviewRequest, 'kind' | 'recipient' | 'parts'> &
  ({ readonly kind: 'document' } | { readonly kind: 'social'; readonly format: SocialFormat });

/** New text of files by path; null removes a file. */
type TextChanges = Readonly<Record<string, string | null>>;

/** As for a check of an edit, because the package is compiled first. */
const SHOW_TIMEOUT_MS = 60_000;

/** Previews of a vendor's own campaign before its publication. */
@Injectable()
export class CampaignPreviews {
  constructor(
    private readonly library: CampaignLibrary,
    private readonly memberships: Memberships,
    private readonly brands: BrandProfiles,
    private readonly logos: BrandLogos,
    private readonly draftFiles: DraftFiles,
    private readonly jobs: Jobs,
    private readonly passing: TemporaryFiles,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Renders one e-mail or page as a partner's customer would get it. Name,
   * colours and logo are the partner's, or a sample's.
   * @throws DomainError `campaign-version.not-found`, `email.not-found`,
   *   `page.not-found`, `partner.not-found`.
   */
  async render(actor: VendorActor, request: PreviewRequest): Promise<Preview> {
    const { compiled } = await this.library.version(actor, request.campaignId, request.number);
    const brand = await this.brandOf(actor, request.partnerId, compiled.definition.brand.defaults);
    const logos = await this.logos.shownOf(request.partnerId, masterOf(compiled, request));
    return samplePreview(compiled, request, brand && { ...brand, logos }, this.config.PUBLIC_URL);
  }

  /**
   * A document as PDF, or a picture as JPEG, made by the renderer.
   * It has the suggested texts and the partner's logo, or a sample logo.
   * @throws DomainError `campaign-version.not-found`, `document.not-found`,
   *   `picture.not-found`, `partner.not-found`.
   */
  async artwork(actor: VendorActor, request: ArtworkRequest): Promise<Buffer> {
    return this.shown(actor, request, null);
  }

  /**
   * The same with unsaved changes.
   * @throws DomainError as `artwork`, and `artwork.unusable` with every
   *   problem.
   */
  async editedArtwork(actor: VendorActor, request: ArtworkRequest, changes: TextChanges): Promise<Buffer> {
    requirePermission(actor, 'campaigns.edit');
    return this.shown(actor, request, changes);
  }

  private async shown(actor: VendorActor, request: ArtworkRequest, changes: TextChanges | null): Promise<Buffer> {
    const { version, compiled } = await this.library.version(actor, request.campaignId, request.number);
    const { defaults } = compiled.definition.brand;
    const brand = await this.brandOf(actor, request.partnerId, defaults);
    const [first = 'en' as Locale, ...others] = compiled.definition.locales;
    const { compiledHash, packageHash } = version;
    const uploads = await this.draftFiles.uploads(actor, request.campaignId, packageHash);
    const wanted = {
      of:
        changes === null
          ? { compiledHash }
          : { vendorId: actor.vendorId, packageHash, changes: { ...changes }, uploads },
      kind: request.kind,
      key: request.key,
      format: request.kind === 'social' ? request.format : 'pdf',
      locale: bestLocale(request.locale, [first, ...others]),
      partnerName: brand?.name ?? SAMPLE_PARTNER.name,
      partnerId: request.partnerId,
    };
    const { file } = await this.jobs.request(SHOW_ARTWORK, wanted, SHOW_TIMEOUT_MS, actor.vendorId);
    return this.passing.readOnce(file);
  }

  /**
   * What a vendor may read of a partner's profile: name, colours and logo, as
   * in every mail.
   * @throws DomainError `partner.not-found`.
   */
  async brandOf(
    actor: VendorActor,
    partnerId: PartnerId | null,
    defaults: ShownBrand['colours'],
  ): Promise<ShownBrand | null> {
    if (partnerId === null) return null;
    const { partnerName } = await this.memberships.ofPartner(actor, partnerId);
    const { colours } = await this.brands.current(systemActor('vendor preview', { partnerId }));
    return { name: partnerName, colours: colours ?? defaults };
  }
}

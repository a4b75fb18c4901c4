import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { type Config, CONFIG } from '#config';
import { type CompiledCampaign, defaultLocale } from '#content';
import {
  bestLocale,
  type CampaignId,
  DomainError,
  type Locale,
  notFound,
  type PartnerId,
  systemActor,
  type VendorActor,
} from '#kernel';
import { Memberships } from '#organisations';
import { bake, type Master, type PartnerValues, personalise, type UrlPolicy, type ValueProblem } from '#rendering';
import { CampaignLibrary } from './campaign-library.service.js';
import { SAMPLE_HOSTS, SAMPLE_PARTNER, SAMPLE_RECIPIENT } from './sample-brand.js';

export interface PreviewRequest {
  readonly campaignId: CampaignId;
  readonly number: number;
  readonly kind: 'email' | 'page';
  readonly key: string;
  readonly locale: string | null;
  /** Shows the name and colours of a partner of the vendor's; the rest stays the sample's, for it is the partner's own. */
  readonly partnerId: PartnerId | null;
  /** Which variant of conditional sections. */
  readonly industry: string | null;
}

export interface Preview {
  readonly locale: Locale;
  readonly partnerName: string;
  readonly subject: string;
  readonly preheader: string;
  readonly html: string;
  readonly text: string;
}

interface ShownBrand {
  readonly name: string;
  readonly colours: PartnerValues['brand'];
}

/** What a vendor sees of its own campaign before partners do. */
@Injectable()
export class CampaignPreviews {
  constructor(
    private readonly library: CampaignLibrary,
    private readonly memberships: Memberships,
    private readonly brands: BrandProfiles,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Renders one e-mail or page as a partner's customer would get it, in a sample brand.
   * @throws DomainError `campaign-version.not-found`, `email.not-found`, `page.not-found`, `partner.not-found`.
   */
  async render(actor: VendorActor, request: PreviewRequest): Promise<Preview> {
    const { compiled } = await this.library.version(actor, request.campaignId, request.number);
    const master = this.masterOf(compiled, request);
    const brand = await this.brandOf(actor, compiled, request.partnerId);
    const policy: UrlPolicy = { publicOrigin: new URL(this.config.PUBLIC_URL).origin, partnerHosts: SAMPLE_HOSTS };
    const baked = bake(master, this.values(compiled, master, brand), policy);
    if (!baked.ok) throw unrenderable(baked.problems);
    const links = Object.fromEntries(master.links.map((link) => [link, `${this.config.PUBLIC_URL}/?preview=${link}`]));
    const personal = personalise(baked.baked, { ...SAMPLE_RECIPIENT, industry: request.industry, links }, policy);
    if (!personal.ok) throw unrenderable(personal.problems);
    return { locale: master.locale, partnerName: brand.name, ...personal.message };
  }

  /** A vendor reads of a partner's profile what every mail shows: its name and colours. */
  private async brandOf(
    actor: VendorActor,
    compiled: CompiledCampaign,
    partnerId: PartnerId | null,
  ): Promise<ShownBrand> {
    const { defaults } = compiled.definition.brand;
    if (partnerId === null) return { name: SAMPLE_PARTNER.name, colours: defaults };
    const { partnerName } = await this.memberships.ofPartner(actor, partnerId);
    const { colours } = await this.brands.current(systemActor('vendor preview', { partnerId }));
    return { name: partnerName, colours: colours ?? defaults };
  }

  private masterOf(compiled: CompiledCampaign, { kind, key, locale }: PreviewRequest): Master {
    const found = (kind === 'email' ? compiled.emails : compiled.pages).find((part) => part.key === key);
    const { locales } = compiled.definition;
    const wanted = bestLocale(locale, [defaultLocale(compiled.definition), ...locales.slice(1)]);
    const master = found?.masters[wanted];
    if (master === undefined) throw notFound(kind, key);
    return master;
  }

  private values(compiled: CompiledCampaign, master: Master, { name, colours }: ShownBrand): PartnerValues {
    const url = this.config.PUBLIC_URL;
    return {
      brand: colours,
      partner: { ...SAMPLE_PARTNER, name },
      logos: Object.fromEntries(
        master.needs.logos.map(({ surface, width, height }) => [
          `${surface}.w${width}h${height}`,
          `${url}/api/v1/sample-logos/${surface}-${width}x${height}.svg`,
        ]),
      ),
      assets: Object.fromEntries(
        Object.entries(compiled.images).map(([path, { hash, mediaType }]) => [
          path,
          `${url}/b/${hash}.${mediaType.slice('image/'.length).replace('jpeg', 'jpg')}`,
        ]),
      ),
      slots: {},
      formAction: master.kind === 'page' ? `${url}/?preview=form` : null,
    };
  }
}

/** The sample fills every field, so only colours can be at fault. */
function unrenderable(problems: readonly ValueProblem[]): DomainError {
  return new DomainError(
    'preview.unrenderable',
    `This cannot be shown in these colours: ${problems[0]?.message ?? ''} ${problems[0]?.wayOut ?? ''}`,
    { problems: problems.map(({ code, path, message, wayOut }) => ({ code, field: path, message, wayOut })) },
  );
}

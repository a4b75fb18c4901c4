import { Inject, Injectable } from '@nestjs/common';
import { type BrandProfile, type BrandProfileInput, BrandProfiles, unprovenHost, withChanges } from '#brand';
import { type OfferActor, type Recall, sampleReader, sampleLogosOf } from '#campaigns';
import { CONFIG, type Config } from '#config';
import type { CompiledCampaign } from '#content';
import { type ArtworkType, TACTIC_TYPES, type TemplateType } from '#contracts';
import { Jobs } from '#jobs';
import { bestLocale, type CampaignVersionId, type Locale, notFound, type PartnerActor, type PartnerId } from '#kernel';
import {
  type ConditionField,
  conditionFieldsOf,
  type ConditionValues,
  markParts,
  markSlots,
  type Master,
  type Personal,
  personalise,
  type SlotNodes,
} from '#rendering';
import { TemporaryFiles } from '#storage';
import { COBRAND_PREVIEW } from '../activations.jobs.js';
import { BrandedMasters, unusable } from '../branding/branded-masters.service.js';
import type { CobrandRequest } from '../artwork/cobrand-request.js';
import { requireShown } from './offer-end.js';
import { Offers } from './offers.service.js';
import { slotProblems, type SlotTexts, textsIn } from '../branding/slot-texts.js';

/** What is shown of a campaign, and for whom. */
interface PreviewRequest {
  readonly kind: TemplateType;
  readonly key: string;
  readonly locale: string | null;
  /** Known recipient fields; they decide conditional sections. */
  readonly recipient: Partial<Record<keyof ConditionValues, string>>;
  readonly slots: Readonly<Record<string, SlotNodes>>;
  /** Coloured by the owner of each part: vendor or partner. */
  readonly parts?: boolean;
  /** With each slot marked by its name. */
  readonly places?: boolean;
  /** Instead of what the brand profile says. */
  readonly brand?: Partial<BrandProfileInput>;
}

/** A campaign with the recalls in force of its version that concern the partner. */
interface RecallableCampaign {
  readonly compiled: CompiledCampaign;
  readonly recalls: readonly Recall[];
}

/** Previews of an offer in the partner's brand, with unsaved texts. */
@Injectable()
export class OfferPreviews {
  constructor(
    private readonly offers: Offers,
    private readonly profiles: BrandProfiles,
    private readonly masters: BrandedMasters,
    private readonly jobs: Jobs,
    private readonly temporary: TemporaryFiles,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * An e-mail or page as the partner's recipients get it, for a sample
   * recipient.
   */
  async preview(
    actor: PartnerActor,
    versionId: CampaignVersionId,
    request: PreviewRequest,
  ): Promise<Personal & { readonly asks: readonly ConditionField[] }> {
    const { compiled, recalls } = await this.offers.one(actor, versionId);
    return this.previewOf(actor, { compiled, recalls }, request);
  }

  /**
   * The same of a version that need not be offered any more.
   * @throws DomainError `content.recalled`.
   */
  async previewOf(
    actor: PartnerActor,
    { compiled, recalls }: RecallableCampaign,
    request: PreviewRequest,
  ): Promise<Personal & { readonly asks: readonly ConditionField[] }> {
    const { kind, key } = request;
    requireShown(recalls, { kind, key, locale: localeOf(compiled, request.locale) });
    const master = masterOf(compiled, request.kind, request.key, request.locale);
    const profile = withChanges(await this.profiles.current(actor), request.brand ?? {});
    const logos =
      profile.logoId === null
        ? sampleLogosOf(master, this.config.PUBLIC_URL)
        : await this.masters.logos(actor, [master]);
    const named = request.places === true ? markSlots(master) : master;
    const baked = this.masters.bake(
      request.parts === true ? markParts(named) : named,
      {
        profile: filledIn(profile),
        compiled,
        slots: request.slots,
        locale: master.locale,
        formAction: `${this.config.PUBLIC_URL}/p/preview/form`,
      },
      logos,
    );
    const links = Object.fromEntries(master.links.map((name) => [name, `${this.config.PUBLIC_URL}/?preview=${name}`]));
    const result = personalise(
      baked,
      { ...sampleReader(master), ...request.recipient, links },
      this.masters.policy(profile),
    );
    if (!result.ok) throw unusable(result.problems);
    return { ...result.message, asks: conditionFieldsOf(master) };
  }

  /** Checks that a picture that was drawn before may still be shown, as `artwork` does. */
  async requireShown(
    actor: OfferActor,
    versionId: CampaignVersionId,
    content: { readonly kind: ArtworkType; readonly key: string; readonly locale: string | null },
  ): Promise<void> {
    const { compiled, recalls } = await this.offers.one(actor, versionId);
    requireShown(recalls, { ...content, locale: localeOf(compiled, content.locale) });
  }

  /**
   * A document or picture, made by the renderer and returned from storage.
   * @throws DomainError `brand.unusable` where the partner's texts do not fit,
   *   as at launch.
   */
  async artwork(
    actor: OfferActor & { readonly partnerId: PartnerId },
    versionId: CampaignVersionId,
    request: Omit<CobrandRequest, 'locale'> & { locale: string | null; slots: SlotTexts },
  ): Promise<Buffer> {
    const { compiled, recalls } = await this.offers.one(actor, versionId);
    const { kind, key } = request;
    requireShown(recalls, { kind, key, locale: localeOf(compiled, request.locale) });
    const tactic = `${TACTIC_TYPES[request.kind].section}.${request.key}`;
    // Texts of other tactics are ignored here; their own preview checks them.
    const slots = textsIn(tactic, compiled, request.slots);
    const problems = slotProblems(compiled, slots, this.masters.policy(await this.profiles.current(actor)));
    if (problems.length > 0) throw unusable(problems);
    const { file } = await this.jobs.request(COBRAND_PREVIEW, {
      ...request,
      slots,
      partnerId: actor.partnerId,
      versionId,
      locale: localeOf(compiled, request.locale),
    });
    return this.temporary.readOnce(file);
  }
}

/** The language of what is shown: the one wanted, if the campaign has it. */
export function localeOf(compiled: CompiledCampaign, wanted: string | null): Locale {
  const [first = 'en' as Locale, ...others] = compiled.definition.locales;
  return bestLocale(wanted, [first, ...others]);
}

function masterOf(compiled: CompiledCampaign, kind: TemplateType, key: string, wanted: string | null): Master {
  const found = (kind === 'email' ? compiled.emails : compiled.pages).find((part) => part.key === key);
  const master = found?.masters[localeOf(compiled, wanted)];
  if (master === undefined) throw notFound(kind, key);
  return master;
}

/** An incomplete profile is shown with placeholders; it cannot be launched. */
function filledIn(profile: BrandProfile): BrandProfile {
  const { contact } = profile;
  // The partner's website is shown before it is proved; a launch requires the
  // proof.
  const unproven = unprovenHost(profile) ?? 'example.com';
  return {
    ...profile,
    postalAddress: profile.postalAddress ?? 'Your postal address',
    website: profile.website ?? 'https://www.example.com/',
    verifiedHosts:
      profile.website !== null && unprovenHost(profile) === null
        ? profile.verifiedHosts
        : [...profile.verifiedHosts, unproven],
    contact: {
      name: contact.name ?? 'Your contact',
      title: contact.title ?? 'Sales',
      phone: contact.phone ?? '+440000000000',
      email: contact.email ?? 'you@example.com',
    },
  };
}

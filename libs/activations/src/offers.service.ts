import { Inject, Injectable } from '@nestjs/common';
import { TACTIC_TYPES, type TemplateType } from '#contracts';
import { type BrandProfile, type BrandProfileInput, BrandProfiles, unprovenHost, withChanges } from '#brand';
import { type OfferedVersion, PublishedCampaigns, sampleLogosOf } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { type CampaignDigest, type CompiledCampaign, CompiledCampaigns, digestOf } from '#content';
import { type Audience, SendPolicy, type AlreadyReached } from '#contacts';
import { Jobs } from '#jobs';
import {
  bestLocale,
  type CampaignVersionId,
  Clock,
  type ContactId,
  type ContactListId,
  type Locale,
  notFound,
  type PartnerActor,
} from '#kernel';
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
import {
  forgottenBefore,
  NO_CHOICES,
  type PartnerChoices,
  type PlannedStep,
  plannedEmails,
  withCalendar,
} from '#sequencing';
import { TemporaryFiles } from '#storage';
import type { ReachedBefore } from './activation.js';
import { COBRAND_PREVIEW } from './activations.jobs.js';
import { requireAllowed } from './allowed-choices.js';
import { BrandedMasters, launchLocale, unusable } from './branded-masters.service.js';
import { Calendars } from './calendars.service.js';
import type { CobrandRequest } from './cobranding.service.js';
import { type BrandGap, brandGaps } from './brand-gaps.js';
import { datesOf, type PlannedDates } from './planned-dates.js';
import { postTextOf } from './post-text.js';
import { slotProblems, type SlotWords, wordsOn } from './slot-words.js';

/** What a card says of a campaign. */
export interface OfferSummary {
  readonly version: OfferedVersion;
  readonly digest: CampaignDigest;
  /**
   * The language that the partner would launch it in, unless it chooses
   * another.
   */
  readonly locale: Locale;
  /** What the brand profile lacks before a launch of this campaign. */
  readonly missing: readonly BrandGap[];
}

export interface Offer extends OfferSummary {
  readonly compiled: CompiledCampaign;
  /** What its posts say, by key and language, in the partner's name. */
  readonly posts: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Campaigns that a partner may run, already in its own brand. */
@Injectable()
export class Offers {
  constructor(
    private readonly published: PublishedCampaigns,
    private readonly compiled: CompiledCampaigns,
    private readonly profiles: BrandProfiles,
    private readonly calendars: Calendars,
    private readonly masters: BrandedMasters,
    private readonly policy: SendPolicy,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly passing: TemporaryFiles,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** All that it may run, latest first. */
  async list(actor: PartnerActor): Promise<OfferSummary[]> {
    const profile = await this.profiles.current(actor);
    const versions = await this.published.offeredTo(actor, this.clock.now());
    const digests = await this.compiled.digestsOf(versions.map(({ compiledHash }) => compiledHash));
    return versions.flatMap((version) => {
      const digest = digests.get(version.compiledHash);
      return digest === undefined ? [] : [summaryOf(version, digest, profile)];
    });
  }

  /** @throws DomainError `campaign-version.not-found` */
  async one(actor: PartnerActor, versionId: CampaignVersionId): Promise<Offer> {
    return this.offer(await this.published.version(actor, versionId), await this.profiles.current(actor));
  }

  private async offer(version: OfferedVersion, profile: BrandProfile): Promise<Offer> {
    const compiled = await this.compiled.load(version.compiledHash);
    const posts = Object.fromEntries(
      compiled.social.map(({ key, text }) => [
        key,
        Object.fromEntries(Object.entries(text).map(([locale, words]) => [locale, postTextOf(words, profile.name)])),
      ]),
    );
    return { ...summaryOf(version, digestOf(compiled), profile), compiled, posts };
  }

  /** When each e-mail would go to a contact in the partner's time zone. */
  async calendar(
    actor: PartnerActor,
    offer: Offer,
    startAt: Date | null,
  ): Promise<{ timeZone: string; steps: PlannedStep[] }> {
    const { timeZone } = await this.profiles.current(actor);
    const zone = timeZone ?? 'UTC';
    const choices = withCalendar(NO_CHOICES, await this.calendars.get(actor, actor.partnerId));
    const { sequence } = offer.compiled.definition;
    return { timeZone: zone, steps: plannedEmails(sequence, startAt ?? this.clock.now(), zone, choices) };
  }

  /**
   * When each step would come to the same person, with choices and without.
   * @throws DomainError `launch.choices` as a launch does.
   */
  async dates(
    actor: PartnerActor,
    { compiled }: Offer,
    startAt: Date | null,
    choices: PartnerChoices,
  ): Promise<PlannedDates> {
    const { sequence } = compiled.definition;
    requireAllowed(sequence, choices);
    const timeZone = (await this.profiles.current(actor)).timeZone ?? sequence.timeZone ?? 'UTC';
    const calendar = await this.calendars.get(actor, actor.partnerId);
    return datesOf(sequence, { startAt: startAt ?? this.clock.now(), timeZone, choices }, calendar);
  }

  /**
   * Recipients of a list now, and why the others are skipped, in batches.
   * @param of where the batch begins; null: at the start.
   */
  async audience(
    actor: PartnerActor,
    { version, compiled }: Offer,
    of: { readonly listId: ContactListId; readonly after: ContactId | null },
    reached: ReachedBefore,
  ): Promise<Audience> {
    const now = this.clock.now();
    const forgotten = forgottenBefore(compiled.definition.sequence, now);
    const whoGotIt: AlreadyReached = (ids) =>
      reached.reachedAmong(actor, actor.partnerId, version.campaignId, ids, forgotten);
    return this.policy.audience(actor, version.vendorId, of.listId, now, whoGotIt, of.after);
  }

  /**
   * An e-mail or page as the partner's recipients get it, for a sample
   * recipient.
   */
  async preview(
    actor: PartnerActor,
    versionId: CampaignVersionId,
    request: {
      kind: TemplateType;
      key: string;
      locale: string | null;
      /** Known recipient fields; they decide conditional sections. */
      recipient: Partial<Record<keyof ConditionValues, string>>;
      slots: Readonly<Record<string, SlotNodes>>;
      /** Coloured by the owner of each part: vendor or partner. */
      parts?: boolean;
      /** With each slot marked by its name. */
      places?: boolean;
      /** Instead of what the brand profile says. */
      brand?: Partial<BrandProfileInput>;
    },
  ): Promise<Personal & { readonly asks: readonly ConditionField[] }> {
    const { compiled } = await this.one(actor, versionId);
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
    const result = personalise(baked, { ...SAMPLE, ...request.recipient, links }, this.masters.policy(profile));
    if (!result.ok) throw unusable(result.problems);
    return { ...result.message, asks: conditionFieldsOf(master) };
  }

  /**
   * A document or picture, made by the renderer and returned from storage.
   * @throws DomainError `brand.unusable` where the partner's texts do not fit,
   *   as at launch.
   */
  async artwork(
    actor: PartnerActor,
    versionId: CampaignVersionId,
    request: Omit<CobrandRequest, 'locale'> & { locale: string | null; slots: SlotWords },
  ): Promise<Buffer> {
    const { compiled } = await this.one(actor, versionId);
    const tactic = `${TACTIC_TYPES[request.kind].section}.${request.key}`;
    // Texts of other tactics are ignored here; their own preview checks them.
    const slots = wordsOn(tactic, compiled, request.slots);
    const problems = slotProblems(compiled, slots, this.masters.policy(await this.profiles.current(actor)));
    if (problems.length > 0) throw unusable(problems);
    const { file } = await this.jobs.request(COBRAND_PREVIEW, {
      ...request,
      slots,
      partnerId: actor.partnerId,
      versionId,
      locale: localeOf(compiled, request.locale),
    });
    return this.passing.readOnce(file);
  }
}

function summaryOf(version: OfferedVersion, digest: CampaignDigest, profile: BrandProfile): OfferSummary {
  return { version, digest, locale: launchLocale(digest, null, profile), missing: brandGaps(digest, profile) };
}

const SAMPLE = {
  firstName: 'Robin',
  lastName: 'Reader',
  company: 'Example Industries',
  email: 'robin.reader@customer.example',
  industry: null,
  persona: null,
  stage: null,
  segment: null,
  country: null,
} as const;

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

import { Inject, Injectable } from '@nestjs/common';
import { type BrandProfile, inLocale } from '#brand';
import { BrandLogos } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { type CompiledCampaign, defaultLocale, fileOfImage } from '#content';
import { type Actor, bestLocale, DomainError, type Locale } from '#kernel';
import { phoneLink } from '#organisations';
import { defaultLanguage } from '#organisations';
import {
  bake,
  type BakedMaster,
  type Master,
  type PartnerValues,
  type SlotFormat,
  slotFromText,
  type SlotNodes,
  slotText,
  type UrlPolicy,
  type ValueProblem,
} from '#rendering';

/** What masters of one partner are filled with. */
export interface BrandSource {
  readonly profile: BrandProfile;
  readonly compiled: CompiledCampaign;
  readonly slots: Readonly<Record<string, SlotNodes>>;
  /**
   * The language of the partner's slot texts; others keep the vendor's
   * suggested text. What a partner chooses holds in each language.
   */
  readonly locale: Locale;
  readonly formAction: string;
}

/** Turns a brand profile into the values that a campaign's masters ask for. */
@Injectable()
export class BrandedMasters {
  constructor(
    private readonly brandLogos: BrandLogos,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  policy(profile: BrandProfile): UrlPolicy {
    return { publicOrigin: new URL(this.config.PUBLIC_URL).origin, partnerHosts: profile.verifiedHosts };
  }

  /**
   * The logos that masters need, by `logoName`.
   * Call it outside any transaction.
   * @throws DomainError `logo.missing`.
   */
  logos(actor: Actor, masters: readonly Master[]): Promise<Record<string, string>> {
    return this.brandLogos.urlsFor(actor, masters);
  }

  /**
   * @throws DomainError `brand.unusable` listing what does not fit, by field.
   */
  bake(master: Master, source: BrandSource, logos: Readonly<Record<string, string>>): BakedMaster {
    const result = bake(master, this.values(master, source, logos), this.policy(source.profile));
    if (result.ok) return result.baked;
    throw unusable(result.problems);
  }

  /** A cut of a picture is named by its content; a partner's text is its name. */
  private pictureAddress(nodes: SlotNodes): SlotNodes {
    const name = slotText(nodes);
    return name === '' ? nodes : slotFromText(`${this.config.PUBLIC_URL}/b/${name}`);
  }

  private values(
    master: Master,
    { profile, compiled, slots, locale, formAction }: BrandSource,
    logos: Readonly<Record<string, string>>,
  ): PartnerValues {
    const { postalAddress, legalLine, contact } = inLocale(profile, master.locale);
    const phone = contact.phone === null ? null : phoneLink(contact.phone, profile.countryCode);
    const line = (text: string | null): string =>
      (text ?? '')
        .split(/\r?\n/)
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .join(', ');
    return {
      brand: profile.colours ?? compiled.definition.brand.defaults,
      partner: {
        name: profile.name,
        legalName: profile.legalName ?? profile.name,
        legalLine: line(legalLine),
        address: line(postalAddress),
        website: profile.website ?? '',
        contact: {
          name: contact.name ?? profile.name,
          title: contact.title ?? profile.name,
          phone: phone?.text ?? '',
          // A number without a known country stays as it was typed.
          ...(phone?.url.startsWith('tel:+') === true ? { phoneE164: phone.url.slice('tel:'.length) } : {}),
          email: contact.email ?? '',
        },
      },
      logos,
      assets: Object.fromEntries(
        Object.entries(compiled.images).map(([path, image]) => [
          path,
          `${this.config.PUBLIC_URL}/b/${fileOfImage(image)}`,
        ]),
      ),
      slots: Object.fromEntries(
        master.slots.map(({ name, format, default: fallback }) => {
          const isForAll = FOR_ALL.includes(format) || master.locale === locale;
          const nodes = isForAll ? (slots[name] ?? fallback) : fallback;
          return [name, format === 'picture' ? this.pictureAddress(nodes) : nodes];
        }),
      ),
      formAction: master.kind === 'page' ? formAction : null,
    };
  }
}

/** What is chosen once. An alt text in another language is better than none. */
const FOR_ALL: readonly SlotFormat[] = ['choice', 'link', 'picture', 'alt'];

/**
 * The default language of a partner's launch: its country's, if the campaign
 * has it.
 */
export function launchLocale(
  campaign: { readonly locales: readonly Locale[] },
  wanted: string | null,
  profile: BrandProfile,
): Locale {
  const [, ...others] = campaign.locales;
  const first = defaultLocale(campaign);
  const ofCountry = profile.countryCode === null ? null : defaultLanguage(profile.countryCode);
  return bestLocale(wanted ?? ofCountry, [first, ...others]);
}

export function unusable(problems: readonly ValueProblem[]): DomainError {
  const [first] = problems;
  return new DomainError('brand.unusable', `${first?.message ?? 'A value does not fit.'} ${first?.remedy ?? ''}`, {
    ...(first === undefined ? {} : { field: first.path }),
    problems: problems.map(({ path, ...problem }) => ({ ...problem, field: path })),
  });
}

import type { Localised } from '#content';
import { type EndCode, readerLocale } from '#contracts';
import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts, type Translation } from '#kernel';
import type { MailBrand, MailFact, MailPicture } from '#rendering';
import de from './texts/campaign-news/de.json' with { type: 'json' };
import en from './texts/campaign-news/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** A campaign that a partner can launch. */
export interface OfferedCampaign {
  readonly vendor: Speaker;
  readonly title: Localised;
  readonly summary: Localised;
  /** The last day on which it can be launched. */
  readonly closesOn: string;
  /** How much it has of each tactic; absent: the mail does not say. */
  readonly contents?: CampaignContents;
  /** Shows it in the partner's branding; null or absent: it has no picture. */
  readonly picture?: string | null;
}

/** How many of each a campaign has. */
interface CampaignContents {
  readonly emails: number;
  readonly posts: number;
  readonly documents: number;
}

/** The end of a campaign that a partner has launched. */
export interface CampaignEnd {
  readonly status: 'retired' | 'recalled';
  readonly vendor: Speaker;
  readonly title: Localised;
  /** What the vendor tells its partners. */
  readonly reason: string | null;
  /** If the product ended it for the vendor. */
  readonly code: EndCode | null;
}

export interface OfferNews {
  /**
   * Published to the partner, or with more days to launch it, or the vendor asks
   * to launch it.
   */
  readonly kind: 'offered' | 'extended' | 'reminded';
  /** Of the vendor to the partner; null: none. */
  readonly message: string | null;
  /** Of the offer, or of all offers if there are several. */
  readonly url: string;
  /** At least one. */
  readonly campaigns: readonly OfferedCampaign[];
  /** The look of the partner; absent: that of the vendor. */
  readonly look?: MailBrand | null;
}

/** Of a picture of a post, in the proportions of a shared link. */
const PICTURE = { width: 496, height: 260 };

/** Tells a partner of campaigns that it can launch. */
export function offerLetter(
  reader: MailReader,
  { kind, message, url, campaigns, look = null }: OfferNews,
): SystemMailMessage {
  const { locale } = reader;
  const texts = TEXTS.in(locale);
  const { t, language } = texts;
  const said = campaigns.map(({ vendor, title, summary, closesOn }) => ({
    vendor: vendor.name,
    title: inLanguage(title, locale),
    summary: sentence(inLanguage(summary, locale)),
    until: new Intl.DateTimeFormat(readerLocale(language, reader), { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(closesOn),
    ),
  }));
  const [first, ...others] = said;
  const [speaker, ...speakers] = new Map(campaigns.map(({ vendor }) => [vendor.id, vendor])).values();
  const isOne = first !== undefined && others.length === 0;
  const vendor = first?.vendor ?? '';
  const letter = {
    language,
    subject: isOne ? t(`${kind}.subject`, first) : t(`${kind}.subjectMany`, { count: said.length, vendor }),
    paragraphs: [
      ...(message === null ? [] : [t('message', { vendor, message })]),
      ...said.map((campaign) => t(`${kind}.what`, campaign)),
      t('offered.next'),
    ],
    facts: isOne ? factsOf(texts, campaigns[0], first) : [],
    picture: isOne && campaigns[0]?.picture != null ? pictureOf(campaigns[0].picture, first.title, url) : null,
    button: { label: t(isOne ? 'offered.button' : 'offered.buttonMany'), url },
    closing: t(`${kind}.closing`, { vendor }),
    inLookOf: look,
  };
  return composeSystemMail(
    reader,
    speaker !== undefined && speakers.length === 0 ? { ...letter, inNameOf: speaker } : letter,
  );
}

const pictureOf = (address: string, title: string, link: string): MailPicture => ({
  url: address,
  alt: title,
  link,
  ...PICTURE,
});

/** What a campaign has, and until when it can be launched. */
function factsOf(
  { t }: Translation<typeof en>,
  campaign: OfferedCampaign | undefined,
  { vendor, until }: { readonly vendor: string; readonly until: string },
): MailFact[] {
  const contents = campaign?.contents;
  if (contents === undefined) return [];
  const parts = (['emails', 'posts', 'documents'] as const)
    .filter((name) => contents[name] > 0)
    .map((name) => t(`contents.${name}`, { count: contents[name] }));
  return [
    { label: t('facts.vendor'), value: vendor, url: null },
    ...(parts.length === 0 ? [] : [{ label: t('facts.contents'), value: parts.join(', '), url: null }]),
    { label: t('facts.until'), value: until, url: null },
  ];
}

/** Tells a partner that a campaign which it launched has ended. */
export function endLetter(reader: MailReader, url: string, end: CampaignEnd): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const { status, vendor: inNameOf, reason, code } = end;
  const what = code ?? status;
  const { name: vendor } = inNameOf;
  const names = { vendor, title: inLanguage(end.title, reader.locale) };
  return composeSystemMail(reader, {
    language,
    subject: t(`${what}.subject`, names),
    paragraphs: [
      t(`${what}.what`, names),
      ...(reason === null ? [] : [t('reason', { vendor, reason })]),
      t(`${status}.files`),
    ],
    button: { label: t('endButton'), url },
    closing: t('endClosing'),
    inNameOf,
  });
}

const inLanguage = (texts: Localised, locale: string): string =>
  texts[locale] ?? texts[locale.slice(0, 2)] ?? Object.values(texts)[0] ?? '';

/** A summary with a full stop, because another sentence follows it. */
const sentence = (text: string): string => (/[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);

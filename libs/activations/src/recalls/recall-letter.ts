import { isWhole, type Recall } from '#campaigns';
import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import de from './texts/recalls/de.json' with { type: 'json' };
import en from './texts/recalls/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** What a partner is told of a recall. */
export interface RecallNews {
  readonly kind: 'recalled' | 'reversed';
  readonly recall: Pick<Recall, 'tactic' | 'asset' | 'locale' | 'mode' | 'versionNumber' | 'reason' | 'reversalReason'>;
  /** False: the partner's campaign was updated to another version, which goes on. */
  readonly runsIt: boolean;
  readonly vendor: Speaker;
  /** Subject, title or first words of what was recalled, by language. Empty: of more than one content. */
  readonly item: Readonly<Record<string, string>>;
  /** Of the campaign, by language. */
  readonly titles: Readonly<Record<string, string>>;
  /** Of the version that follows; null: none. */
  readonly replacement: number | null;
  readonly url: string;
}

/** Tells a partner of a recall, or of its reversal. */
export function recallLetter(reader: MailReader, news: RecallNews): SystemMailMessage {
  const { kind, recall, vendor: inNameOf, titles, url } = news;
  const { t, language } = TEXTS.in(reader.locale);
  const { name: vendor } = inNameOf;
  const name = inLanguageOf(reader.locale, titles);
  const number = recall.versionNumber;
  const names = { vendor, title: number === null ? name : t('version', { title: name, number }) };
  const reason = kind === 'recalled' ? recall.reason : (recall.reversalReason ?? '');
  const paragraphs = kind === 'reversed' ? [t('reversed.what', names)] : paragraphsOf(news, names, reader);
  return composeSystemMail(reader, {
    language,
    subject: t(`${kind}.subject`, names),
    paragraphs: [...paragraphs, t('reason', { vendor, reason })],
    button: { label: t('button'), url },
    closing: t('closing'),
    inNameOf,
  });
}

/** An asset that a partner has downloaded, and that its vendor has recalled. */
export interface AssetRecallNews {
  readonly vendor: Speaker;
  readonly title: string;
  readonly reason: string;
  readonly url: string;
}

/** Tells a partner that an asset which it has downloaded was recalled. */
export function assetRecallLetter(
  reader: MailReader,
  { vendor: inNameOf, title, reason, url }: AssetRecallNews,
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const { name: vendor } = inNameOf;
  return composeSystemMail(reader, {
    language,
    subject: t('recalled.subject', { vendor, title }),
    paragraphs: [t('library.what', { vendor, title }), t('library.next'), t('reason', { vendor, reason })],
    button: { label: t('library.button'), url },
    closing: t('library.closing'),
    inNameOf,
  });
}

function paragraphsOf(
  { recall, item, runsIt, replacement }: RecallNews,
  names: { readonly vendor: string; readonly title: string },
  { locale }: MailReader,
): string[] {
  const { t } = TEXTS.in(locale);
  if (!runsIt) return [t('recalled.past', names), t('pastFiles')];
  return [
    whatOf(recall, { ...names, item: inLanguageOf(locale, item) }, locale),
    ...(replacement === null ? [] : [t('replaced', { vendor: names.vendor, number: replacement })]),
    ...(recall.mode === 'finish' ? [] : [t('files')]),
  ];
}

function whatOf(
  recall: RecallNews['recall'],
  names: { readonly vendor: string; readonly title: string; readonly item: string },
  readerLocale: string,
): string {
  const { t, language } = TEXTS.in(readerLocale);
  const { tactic, asset, locale, mode } = recall;
  if (asset !== null) return t('recalled.asset', { ...names, item: asset.title });
  if (tactic !== null) return t(`recalled.${tactic.kind}`, { ...names, item: names.item || tactic.key });
  if (!isWhole(recall)) {
    const name = new Intl.DisplayNames(language, { type: 'language' }).of(locale ?? 'en') ?? locale ?? '';
    return t('recalled.language', { ...names, language: name });
  }
  return t(mode === 'finish' ? 'recalled.finish' : 'recalled.whole', names);
}

const inLanguageOf = (locale: string, texts: Readonly<Record<string, string>>): string =>
  texts[locale] ?? texts[locale.slice(0, 2)] ?? Object.values(texts)[0] ?? '';

import type { Localised } from '#content';
import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import type { HeldFor, VersionUpdate } from './version-update.js';
import de from './texts/updates/de.json' with { type: 'json' };
import en from './texts/updates/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** What became of a running campaign. */
export type UpdateDone = 'campaign-updated' | 'update-rolled-back';

/** What each letter to a partner says of an update. */
export interface PartnerFacts {
  readonly vendor: Speaker;
  readonly title: Localised;
  /** Of the version. */
  readonly number: number;
  readonly url: string;
}

interface AskFacts extends PartnerFacts {
  /** How many slots the partner must decide on. */
  readonly count: number;
}

/** Asks a partner to decide on texts that an update cannot take over. */
export function updateAskLetter(reader: MailReader, facts: AskFacts): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const { vendor: inNameOf, number, count, url } = facts;
  const title = inLanguageOf(reader, facts.title);
  return composeSystemMail(reader, {
    language,
    subject: t('asks.subject', { title }),
    paragraphs: [
      t('asks.what', { vendor: inNameOf.name, title, number, slots: t('slots', { count }) }),
      t('asks.why', { count }),
    ],
    button: { label: t('asks.button'), url },
    closing: t('asks.closing'),
    inNameOf,
  });
}

/** Tells a partner which version its running campaign has from now on. */
export function updateDoneLetter(reader: MailReader, event: UpdateDone, facts: PartnerFacts): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const { vendor: inNameOf, number, url } = facts;
  const names = { vendor: inNameOf.name, title: inLanguageOf(reader, facts.title), number };
  return composeSystemMail(reader, {
    language,
    subject: t(`${event}.subject`, names),
    paragraphs: [t(`${event}.what`, names), t(`${event}.contacts`)],
    button: { label: t('done.button'), url },
    closing: t('done.closing'),
    inNameOf,
  });
}

interface HeldFacts {
  readonly title: Localised;
  readonly reason: HeldFor;
  readonly stopped: number;
  readonly url: string;
}

/** Tells the vendor's team that a stop rule of an update holds its next share. */
export function heldUpdateLetter(
  reader: MailReader,
  update: VersionUpdate,
  { title: titles, reason, stopped, url }: HeldFacts,
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const { versionNumber: number, shares, begun, mostStoppedPartners, mostUnsubscribedPerMille } = update;
  const title = inLanguageOf(reader, titles);
  return composeSystemMail(reader, {
    language,
    subject: t('held.subject', { title }),
    paragraphs: [
      t('held.what', { number, title, percent: shares[begun - 1] ?? 0 }),
      reason === 'unsubscribes'
        ? t('held.unsubscribes', { percent: (mostUnsubscribedPerMille ?? 0) / 10 })
        : t('held.measured', { count: stopped, most: mostStoppedPartners ?? 0 }),
      t('held.next'),
    ],
    button: { label: t('held.button'), url },
    closing: t('held.closing'),
  });
}

const inLanguageOf = ({ locale }: MailReader, titles: Localised): string =>
  titles[locale] ?? titles[locale.slice(0, 2)] ?? Object.values(titles)[0] ?? '';

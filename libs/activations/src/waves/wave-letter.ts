import type { Localised } from '#content';
import { readerLocale } from '#contracts';
import { composeSystemMail, type MailReader, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import type { Wave } from './wave.js';
import de from './texts/waves/de.json' with { type: 'json' };
import en from './texts/waves/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** A wave that stayed shut, and how many partners of the version were stopped then. */
export interface ShutWave {
  readonly wave: Wave;
  readonly title: Localised;
  readonly stoppedPartners: number;
  readonly url: string;
}

/** Tells the vendor's team that a wave was not opened, and why. */
export function shutWaveLetter(reader: MailReader, { wave, title, stoppedPartners, url }: ShutWave): SystemMailMessage {
  const { locale } = reader;
  const { t, language } = TEXTS.in(locale);
  const day = new Intl.DateTimeFormat(readerLocale(language, reader), { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(wave.opensOn),
  );
  const said = title[locale] ?? title[locale.slice(0, 2)] ?? Object.values(title)[0] ?? '';
  const measured = { count: stoppedPartners, number: stoppedPartners, most: wave.mostStoppedPartners ?? 0 };
  return composeSystemMail(reader, {
    language,
    subject: t('subject', { title: said }),
    paragraphs: [t('what', { day, number: wave.versionNumber, title: said }), t('measured', measured), t('next')],
    button: { label: t('button'), url },
    closing: t('closing'),
  });
}

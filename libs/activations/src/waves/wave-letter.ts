import type { Localised } from '#content';
import { readerLocale } from '#contracts';
import { composeSystemMail, type MailReader, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import type { Wave, WhyShut } from './wave.js';
import de from './texts/waves/de.json' with { type: 'json' };
import en from './texts/waves/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** A wave that stayed shut, and why. */
export interface ShutWave {
  readonly wave: Wave;
  readonly title: Localised;
  readonly why: WhyShut;
  readonly url: string;
}

/** Tells the vendor's team that a wave was not opened, and why. */
export function shutWaveLetter(reader: MailReader, { wave, title, why, url }: ShutWave): SystemMailMessage {
  const { locale } = reader;
  const { t, language } = TEXTS.in(locale);
  const day = new Intl.DateTimeFormat(readerLocale(language, reader), { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(wave.opensOn),
  );
  const said = title[locale] ?? title[locale.slice(0, 2)] ?? Object.values(title)[0] ?? '';
  const { stoppedPartners: count, shutCode: code } = why;
  const cause =
    count === null
      ? t(code === 'partner-group.not-found' ? 'groupGone' : 'failed', { code: code ?? '' })
      : t('measured', { count, number: count, most: wave.mostStoppedPartners ?? 0 });
  return composeSystemMail(reader, {
    language,
    subject: t('subject', { title: said }),
    paragraphs: [t('what', { day, number: wave.versionNumber, title: said }), cause, t('next')],
    button: { label: t('button'), url },
    closing: t('closing'),
  });
}

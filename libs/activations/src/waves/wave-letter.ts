import type { Localised } from '#content';
import { readerLocale } from '#contracts';
import { composeSystemMail, type MailReader, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import type { Wave, WhyShut } from './wave.js';
import type { UnmetRate } from './wave-rates.js';
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
  const { stoppedPartners: count, shutRate, shutCode: code } = why;
  const percent = new Intl.NumberFormat(readerLocale(language, reader), { maximumFractionDigits: 2 });
  const rateCause = (unmet: UnmetRate): string =>
    t(unmet.atMost === null ? 'tooFew' : 'rate', {
      rate: t(`rates.${unmet.rate}`),
      most: percent.format(unmet.most),
      atMost: percent.format(unmet.atMost ?? 0),
      sent: percent.format(unmet.sent),
    });
  const otherCause = (): string =>
    count === null
      ? t(code === 'partner-group.not-found' ? 'groupGone' : 'failed', { code: code ?? '' })
      : t('measured', { count, number: count, most: wave.mostStoppedPartners ?? 0 });
  const cause = shutRate === null ? otherCause() : rateCause(shutRate);
  return composeSystemMail(reader, {
    language,
    subject: t('subject', { title: said }),
    paragraphs: [t('what', { day, number: wave.versionNumber, title: said }), cause, t('next')],
    button: { label: t('button'), url },
    closing: t('closing'),
  });
}

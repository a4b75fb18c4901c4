import type { HaltCause } from '#delivery';
import { languageOf, type Letter, type LetterLanguage, type SystemMailMessage, writeLetter } from '#identity';

interface HaltFacts {
  readonly cause: HaltCause;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly locale: string;
}

type Told = Exclude<HaltCause, 'operator' | 'restore'>;

const SUBJECT: Record<LetterLanguage, (name: string) => string> = {
  en: (name) => `The mail of ${name} waits`,
  de: (name) => `Die Mails von ${name} warten`,
};

const CLOSING: Record<LetterLanguage, string> = {
  en: 'Nothing is lost: what waits goes out once this is mended.',
  de: 'Nichts geht verloren: Was wartet, geht hinaus, sobald das behoben ist.',
};

const BUTTON: Record<LetterLanguage, string> = { en: 'Open the sending settings', de: 'Versand-Einstellungen öffnen' };
const GREETING: Record<LetterLanguage, string> = { en: 'Hello,', de: 'Guten Tag,' };

const LINES: Record<Told, Record<LetterLanguage, (facts: Readonly<Record<string, unknown>>) => string[]>> = {
  identity: {
    en: ({ domain, fixes }) => [
      `a DNS record of ${said(domain)} is no longer right, so receivers would refuse your mail. Until it is mended, your mail waits.`,
      ...lines(fixes),
    ],
    de: ({ domain, fixes }) => [
      `ein DNS-Eintrag von ${said(domain)} stimmt nicht mehr; Empfänger würden Ihre Mails abweisen. Bis das behoben ist, warten sie.`,
      ...lines(fixes),
    ],
  },
  bounces: {
    en: ({ bad, submitted }) => [
      `${said(bad)} of your last ${said(submitted)} mails went to addresses that do not take them, so sending was stopped before receivers block you. Look through the list that you sent to, then go on in the settings.`,
    ],
    de: ({ bad, submitted }) => [
      `${said(bad)} Ihrer letzten ${said(submitted)} Mails gingen an Adressen, die sie nicht annehmen. Der Versand wurde angehalten, bevor Empfänger Sie sperren. Sehen Sie die angeschriebene Liste durch und setzen Sie den Versand dann in den Einstellungen fort.`,
    ],
  },
  complaints: {
    en: ({ bad, submitted }) => [
      `${said(bad)} of the people behind your last ${said(submitted)} mails called them spam, so sending was stopped. The operator of this installation can lift the stop. Contact the operator.`,
    ],
    de: ({ bad, submitted }) => [
      `${said(bad)} Menschen haben von Ihren letzten ${said(submitted)} Mails gesagt, sie seien Spam. Der Versand wurde angehalten; aufheben kann das, wer diese Installation betreibt, gemeinsam mit Ihnen.`,
    ],
  },
};

/**
 * Tells a partner's owner why its mail waits and what to do.
 * Names no recipient.
 */
export function haltLetter(to: string, url: string, { cause, facts, name, locale }: HaltFacts): SystemMailMessage {
  const language = languageOf(locale);
  const letter: Letter = {
    subject: SUBJECT[language](name.replace(/[\r\n]/g, ' ')),
    greeting: GREETING[language],
    lines: cause === 'operator' || cause === 'restore' ? [] : LINES[cause][language](facts),
    button: BUTTON[language],
    closing: CLOSING[language],
  };
  return writeLetter(to, url, letter);
}

const OF_VENDOR: Record<LetterLanguage, { subject: (domain: string) => string; line: (domain: string) => string }> = {
  en: {
    subject: (domain) => `Your partners’ mail from ${domain} waits`,
    line: (domain) =>
      `a DNS record of ${domain} is no longer right, so receivers would refuse what your partners send from it. Until it is mended, that mail waits.`,
  },
  de: {
    subject: (domain) => `Die Mails Ihrer Partner von ${domain} warten`,
    line: (domain) =>
      `ein DNS-Eintrag von ${domain} stimmt nicht mehr; Empfänger würden abweisen, was Ihre Partner von dort senden. Bis das behoben ist, warten diese Mails.`,
  },
};

/**
 * Tells a vendor's owner that its partners' sub-domain is broken, and what to
 * do.
 */
export function vendorDomainLetter(
  to: string,
  url: string,
  { facts, locale }: Pick<HaltFacts, 'facts' | 'locale'>,
): SystemMailMessage {
  const language = languageOf(locale);
  const domain = said(facts['domain']);
  const { subject, line } = OF_VENDOR[language];
  return writeLetter(to, url, {
    subject: subject(domain),
    greeting: GREETING[language],
    lines: [line(domain), ...lines(facts['fixes'])],
    button: BUTTON[language],
    closing: CLOSING[language],
  });
}

const said = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const lines = (value: unknown): string[] => (Array.isArray(value) ? value.map(said).filter((line) => line !== '') : []);

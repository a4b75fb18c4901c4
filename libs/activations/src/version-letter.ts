import type { CampaignDifference } from '#content';
import { TACTIC_SECTIONS } from '#contracts';
import { languageOf, type Letter, type LetterLanguage, type SystemMailMessage, writeLetter } from '#identity';

interface VersionFacts {
  readonly vendor: string;
  /** Of the campaign, in the reader's language where it has one. */
  readonly title: string;
  readonly number: number;
  readonly difference: CampaignDifference;
  /** The last day on which it can be launched. */
  readonly closesOn: string;
}

type Kind = keyof CampaignDifference;
const KINDS: readonly Kind[] = [...TACTIC_SECTIONS, 'sequence'];

const NAMES: Record<LetterLanguage, Record<Kind, string>> = {
  en: {
    emails: 'e-mails',
    pages: 'landing pages',
    documents: 'documents',
    social: 'posts',
    sequence: 'the steps or their times',
  },
  de: {
    emails: 'E-Mails',
    pages: 'Landingpages',
    documents: 'Dokumente',
    social: 'Beiträge',
    sequence: 'die Schritte oder ihre Zeiten',
  },
};

interface Words {
  readonly of: (facts: Omit<VersionFacts, 'difference' | 'closesOn'> & { changed: string; until: string }) => Letter;
  readonly same: string;
  readonly differ: (what: string) => string;
}

const WORDS: Record<LetterLanguage, Words> = {
  en: {
    same: 'Nothing that your recipients see is different.',
    differ: (what) => `What is different: ${what}.`,
    of: ({ vendor, title, number, changed, until }) => ({
      subject: `Version ${number} of “${title}” is out`,
      greeting: 'Hello,',
      lines: [
        `${vendor} has published version ${number} of “${title}”, which you are running. ${changed}`,
        `The running activation continues exactly as you launched it. To change over, stop it and launch the new version: contacts that already had an e-mail of this campaign are skipped. It can be launched until ${until}.`,
      ],
      button: 'See what is different',
      closing: 'You get this mail once for each new version, because you run the campaign.',
    }),
  },
  de: {
    same: 'Nichts, was Ihre Empfänger sehen, ist anders.',
    differ: (what) => `Das ist anders: ${what}.`,
    of: ({ vendor, title, number, changed, until }) => ({
      subject: `Version ${number} von „${title}“ ist da`,
      greeting: 'Guten Tag,',
      lines: [
        `${vendor} hat Version ${number} von „${title}“ veröffentlicht; diese Kampagne läuft bei Ihnen. ${changed}`,
        `Was läuft, läuft genau so weiter, wie Sie es gestartet haben. Zum Wechseln beenden Sie es und starten die neue Version: Wer schon eine E-Mail dieser Kampagne bekommen hat, wird übersprungen. Starten lässt sie sich bis ${until}.`,
      ],
      button: 'Ansehen, was anders ist',
      closing: 'Sie bekommen diese Mail einmal je neuer Version, weil die Kampagne bei Ihnen läuft.',
    }),
  },
};

/**
 * Notifies the users who run a campaign of a newer version.
 * @param locale of the reader, BCP 47.
 * @param url of the activation.
 */
export function versionLetter(to: string, url: string, locale: string, facts: VersionFacts): SystemMailMessage {
  const language = languageOf(locale);
  const { same, differ, of } = WORDS[language];
  // Lists and days are formatted by the reader's locale, in the language of the
  // letter.
  const spoken = locale.startsWith(language) ? locale : language;
  const kinds = KINDS.filter((kind) => {
    const differs = facts.difference[kind];
    return typeof differs === 'boolean' ? differs : differs.length > 0;
  }).map((kind) => NAMES[language][kind]);
  const letter = of({
    ...facts,
    changed: kinds.length === 0 ? same : differ(new Intl.ListFormat(spoken).format(kinds)),
    until: new Intl.DateTimeFormat(spoken, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(facts.closesOn)),
  });
  return writeLetter(to, url, { ...letter, subject: letter.subject.replace(/[\r\n]+/g, ' ') });
}

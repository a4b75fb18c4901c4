import type { SystemMailMessage } from '#identity';
import { HOUR_MS } from '#kernel';

/** What a mail about a lead is for. */
export type LeadOccasion =
  'received' | 'clicked' | 'withdrawn' | 'reminder' | 'escalation' | 'taken-up-reminder' | 'taken-up-escalation';

interface Words {
  readonly subject: string;
  readonly line: string;
}

/**
 * In the languages of the portal.
 * No text names the contact: a mailbox is not safe for that.
 */
const WORDS: Readonly<Record<'en' | 'de', (partner: string, waited: string) => Readonly<Record<LeadOccasion, Words>>>> =
  {
    en: (partner, waited) => {
      const waiting = {
        subject: `A lead is waiting for ${partner}`,
        line: `A lead of ${partner} has been waiting for ${waited}. Open your leads to see who, and accept it or mark it as lost.`,
      };
      const lying = {
        subject: `A lead of ${partner} has gone quiet`,
        line: `A lead that ${partner} has taken up has lain untouched for ${waited}. Open your leads to see which, and note how it stands.`,
      };
      return {
        received: {
          subject: `A new lead for ${partner}`,
          line: 'A contact has filled in the form on your landing page. Open your leads to see who.',
        },
        clicked: {
          subject: `A new lead for ${partner}`,
          line: 'A contact has clicked enough links of your campaign to count as a lead. Open your leads to see who.',
        },
        withdrawn: {
          subject: `A lead of ${partner} was taken back`,
          line: 'The clicks that made a contact a lead came from a program. The lead had not been accepted, so it was withdrawn. You need not do anything.',
        },
        reminder: waiting,
        escalation: waiting,
        'taken-up-reminder': lying,
        'taken-up-escalation': lying,
      };
    },
    de: (partner, waited) => {
      const waiting = {
        subject: `Ein Lead wartet auf ${partner}`,
        line: `Ein Lead von ${partner} wartet seit ${waited}. Öffnen Sie Ihre Leads, um zu sehen, wer, und nehmen Sie ihn an oder markieren Sie ihn als verloren.`,
      };
      const lying = {
        subject: `Ein Lead von ${partner} ist liegen geblieben`,
        line: `Ein Lead, den ${partner} angenommen hat, liegt seit ${waited} unberührt. Öffnen Sie Ihre Leads, um zu sehen, welcher, und tragen Sie ein, wie es um ihn steht.`,
      };
      return {
        received: {
          subject: `Ein neuer Lead für ${partner}`,
          line: 'Jemand hat das Formular auf Ihrer Landingpage ausgefüllt. Öffnen Sie Ihre Leads, um zu sehen, wer.',
        },
        clicked: {
          subject: `Ein neuer Lead für ${partner}`,
          line: 'Jemand ist den Links Ihrer Kampagne so oft gefolgt, dass es als Lead zählt. Öffnen Sie Ihre Leads, um zu sehen, wer.',
        },
        withdrawn: {
          subject: `Ein Lead von ${partner} wurde zurückgenommen`,
          line: 'Die Klicks, durch die jemand zum Lead wurde, kamen von einem Programm. Niemand hatte den Lead angenommen, deshalb wurde er zurückgenommen. Sie müssen nichts tun.',
        },
        reminder: waiting,
        escalation: waiting,
        'taken-up-reminder': lying,
        'taken-up-escalation': lying,
      };
    },
  };

/** In whole days from one on, in hours before. */
function durationIn(language: 'en' | 'de', ms: number): string {
  const hours = Math.max(1, Math.floor(ms / HOUR_MS));
  const days = Math.floor(hours / 24);
  if (language === 'de') {
    if (days > 0) return days === 1 ? 'einem Tag' : `${days} Tagen`;
    return hours === 1 ? 'einer Stunde' : `${hours} Stunden`;
  }
  if (days > 0) return days === 1 ? 'a day' : `${days} days`;
  return hours === 1 ? 'an hour' : `${hours} hours`;
}

/**
 * @param locale of the reader, BCP 47; English if the portal does not have it.
 * @param waitedMs how long the lead has been waiting.
 */
export function leadLetter(
  to: string,
  locale: string,
  partner: string,
  occasion: LeadOccasion,
  waitedMs: number,
): SystemMailMessage {
  const language = locale.startsWith('de') ? 'de' : 'en';
  const { subject, line } = WORDS[language](partner, durationIn(language, waitedMs))[occasion];
  const escaped = line.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
  return { to, subject: subject.replace(/[\r\n]/g, ' '), text: `${line}\n`, html: `<p>${escaped}</p>` };
}

import type { SystemMailMessage } from '#identity';

/** What a mail about a lead is for. */
export type LeadOccasion = 'received' | 'reminder' | 'escalation';

interface Words {
  readonly subject: string;
  readonly line: string;
}

/** In the languages of the portal. They say that somebody waits, and not who: a mailbox is not the place for that. */
const WORDS: Readonly<Record<'en' | 'de', (partner: string) => Readonly<Record<LeadOccasion, Words>>>> = {
  en: (partner) => ({
    received: {
      subject: `A new lead for ${partner}`,
      line: 'Somebody has filled in the form on your landing page. Open your leads to see who.',
    },
    reminder: {
      subject: `A lead is waiting for ${partner}`,
      line: `A lead of ${partner} has been waiting for a day. Open your leads to see who, and accept it or mark it as lost.`,
    },
    escalation: {
      subject: `A lead is waiting for ${partner}`,
      line: `A lead of ${partner} has been waiting for 3 days. Open your leads to see who, and accept it or mark it as lost.`,
    },
  }),
  de: (partner) => ({
    received: {
      subject: `Ein neuer Lead für ${partner}`,
      line: 'Jemand hat das Formular auf Ihrer Landingpage ausgefüllt. Öffnen Sie Ihre Leads, um zu sehen, wer.',
    },
    reminder: {
      subject: `Ein Lead wartet auf ${partner}`,
      line: `Ein Lead von ${partner} wartet seit einem Tag. Öffnen Sie Ihre Leads, um zu sehen, wer, und nehmen Sie ihn an oder markieren Sie ihn als verloren.`,
    },
    escalation: {
      subject: `Ein Lead wartet auf ${partner}`,
      line: `Ein Lead von ${partner} wartet seit 3 Tagen. Öffnen Sie Ihre Leads, um zu sehen, wer, und nehmen Sie ihn an oder markieren Sie ihn als verloren.`,
    },
  }),
};

/** @param locale of who reads it, BCP 47; English where the portal does not speak it. */
export function leadLetter(to: string, locale: string, partner: string, occasion: LeadOccasion): SystemMailMessage {
  const { subject, line } = WORDS[locale.startsWith('de') ? 'de' : 'en'](partner)[occasion];
  const escaped = line.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
  return { to, subject: subject.replace(/[\r\n]/g, ' '), text: `${line}\n`, html: `<p>${escaped}</p>` };
}

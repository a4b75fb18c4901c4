import type { SystemMailMessage } from './system-mail.service.js';

export interface Letter {
  readonly subject: string;
  readonly greeting: string;
  readonly lines: readonly string[];
  readonly button: string;
  readonly closing: string;
}

export type LetterLanguage = 'en' | 'de';
export const languageOf = (locale: string): LetterLanguage => (locale.startsWith('de') ? 'de' : 'en');

const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** A system mail as text and HTML, with a button that leads to `url`. */
export function writeLetter(to: string, url: string, letter: Letter): SystemMailMessage {
  const text = `${letter.greeting}\n\n${letter.lines.join('\n\n')}\n\n${url}\n\n${letter.closing}\n`;
  const html = `<!doctype html><html><body style="margin:0;background:#f5f6fa;font:16px/1.6 Helvetica,Arial,sans-serif;color:#1f2937"><div style="max-width:560px;margin:0 auto;padding:40px 24px"><div style="background:#ffffff;border-radius:12px;padding:32px"><p>${escape(letter.greeting)}</p>${letter.lines.map((line) => `<p>${escape(line)}</p>`).join('')}<p style="margin:28px 0"><a href="${escape(url)}" style="background:#3b4cca;color:#ffffff;text-decoration:none;padding:12px 22px;border-radius:8px;display:inline-block">${escape(letter.button)}</a></p><p style="color:#6b7280;font-size:14px">${escape(letter.closing)}</p></div></div></body></html>`;
  return { to, subject: letter.subject, text, html };
}

/** The invitation into an organisation. */
export function invitationMail(
  to: string,
  url: string,
  facts: { organisation: string; invitedBy: string; locale: string },
): SystemMailMessage {
  const { organisation, invitedBy } = facts;
  const letters: Record<LetterLanguage, Letter> = {
    en: {
      subject: `${invitedBy} invites you to ${organisation}`,
      greeting: 'Hello,',
      lines: [
        `${invitedBy} has invited you to work with ${organisation} on Throughline: ready-made campaigns in your own brand, launched in two clicks.`,
        'Choose a password, and you are in.',
      ],
      button: 'Accept the invitation',
      closing: 'The link works once and for 14 days. If you did not expect this mail, leave it be: nothing happens.',
    },
    de: {
      subject: `${invitedBy} lädt Sie zu ${organisation} ein`,
      greeting: 'Guten Tag,',
      lines: [
        `${invitedBy} hat Sie eingeladen, mit ${organisation} auf Throughline zu arbeiten: fertige Kampagnen in Ihrer eigenen Marke, mit zwei Klicks gestartet.`,
        'Wählen Sie ein Passwort, und es kann losgehen.',
      ],
      button: 'Einladung annehmen',
      closing:
        'Der Link gilt einmal und 14 Tage lang. Haben Sie diese Mail nicht erwartet, lassen Sie sie einfach liegen: Es geschieht nichts.',
    },
  };
  return writeLetter(to, url, letters[languageOf(facts.locale)]);
}

/** The way to a new password. */
export function passwordResetMail(to: string, url: string, locale: string): SystemMailMessage {
  const letters: Record<LetterLanguage, Letter> = {
    en: {
      subject: 'A new password for Throughline',
      greeting: 'Hello,',
      lines: ['a new password was requested for your account, probably by you.'],
      button: 'Choose a new password',
      closing:
        'The link works once and for one hour. If it was not you, leave this mail be: your password stays as it is.',
    },
    de: {
      subject: 'Ein neues Passwort für Throughline',
      greeting: 'Guten Tag,',
      lines: ['jemand, wahrscheinlich Sie, hat ein neues Passwort angefordert.'],
      button: 'Neues Passwort wählen',
      closing:
        'Der Link gilt einmal und eine Stunde lang. Waren Sie es nicht, lassen Sie diese Mail liegen: Ihr Passwort bleibt, wie es ist.',
    },
  };
  return writeLetter(to, url, letters[languageOf(locale)]);
}

/**
 * Tells an owner that an endpoint was disabled.
 * @param screen where it is enabled again.
 */
export function webhookDisabledMail(
  to: string,
  screen: string,
  facts: { url: string; reason: 'failed-for-days' | 'gone'; locale: string },
): SystemMailMessage {
  const { url, reason } = facts;
  const letters: Record<LetterLanguage, Letter> = {
    en: {
      subject: 'A webhook endpoint was disabled',
      greeting: 'Hello,',
      lines: [
        reason === 'gone'
          ? `${url} answered 410 Gone, which says that it wants no more events.`
          : `${url} has not taken a single event for five days.`,
        'Nothing more is sent there. Events are kept for thirty days: enable the endpoint once it answers again, and replay what it missed.',
      ],
      button: 'Open the endpoints',
      closing: 'You get this mail because you are an owner of your organisation.',
    },
    de: {
      subject: 'Ein Webhook-Endpunkt wurde abgeschaltet',
      greeting: 'Guten Tag,',
      lines: [
        reason === 'gone'
          ? `${url} hat mit 410 Gone geantwortet; das heißt, dass dort keine Ereignisse mehr gewünscht sind.`
          : `${url} hat fünf Tage lang kein einziges Ereignis angenommen.`,
        'Dorthin wird nichts mehr gesendet. Ereignisse werden dreißig Tage lang aufgehoben: Schalten Sie den Endpunkt wieder ein, sobald er antwortet, und wiederholen Sie, was ihm fehlt.',
      ],
      button: 'Endpunkte öffnen',
      closing: 'Sie bekommen diese Mail als Inhaberin oder Inhaber Ihrer Organisation.',
    },
  };
  return writeLetter(to, screen, letters[languageOf(facts.locale)]);
}

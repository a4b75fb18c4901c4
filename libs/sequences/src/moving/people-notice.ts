/**
 * A mail to the partner's users.
 * It says where to look and names no contact.
 * A mailbox is not safe for that.
 */
type Notice =
  | { readonly kind: 'post'; readonly url: string; readonly locale: string }
  /** @param words the vendor's text, from the catalogue. */
  | { readonly kind: 'notify'; readonly words: string; readonly url: string; readonly locale: string };

const SENTENCES = {
  en: {
    post: [
      'A post is ready for you',
      'A post of your campaign is ready, with its text, picture and link. Publish it when it suits you:',
    ],
    notify: ['A contact needs your attention', 'See who it is:'],
  },
  de: {
    post: [
      'Ein Beitrag liegt für Sie bereit',
      'Ein Beitrag Ihrer Kampagne liegt bereit, mit Text, Bild und Link. Veröffentlichen Sie ihn, wann es Ihnen passt:',
    ],
    notify: ['Jemand braucht Sie', 'Sehen Sie, wer es ist:'],
  },
} as const;

export function noticeOf(notice: Notice): { subject: string; text: string; html: string } {
  const [subject, line] = SENTENCES[notice.locale.startsWith('de') ? 'de' : 'en'][notice.kind];
  const lines = [...(notice.kind === 'notify' ? [notice.words] : []), `${line} ${notice.url}`];
  return {
    subject,
    text: `${lines.join('\n\n')}\n`,
    html: lines.map((one) => `<p>${escaped(one)}</p>`).join(''),
  };
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

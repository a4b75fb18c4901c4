import type { PostText } from './post-layouts';

/**
 * First texts of a new post. Square brackets mark them as placeholders: a
 * campaign with them cannot be submitted (`isPlaceholder`).
 */
const STARTERS: Readonly<Record<'en' | 'de', Readonly<Record<PostText | 'post' | 'slot', string>>>> = {
  en: {
    post: '[Your text of the post]',
    slot: 'Headline of the post',
    headline: '[Your headline]',
    line: '[Your line below it]',
    number: '[Your number]',
    quote: '“[Your quote]”',
    source: '[Your source of the quote]',
  },
  de: {
    post: '[Ihr Text des Posts]',
    slot: 'Titel des Beitrags',
    headline: '[Ihre Überschrift]',
    line: '[Ihre Zeile darunter]',
    number: '[Ihre Zahl]',
    quote: '„[Ihr Zitat]“',
    source: '[Ihre Quelle des Zitats]',
  },
};

/** The first text in a language; English where there is none. */
export const postStarter = (locale: string, text: PostText | 'post' | 'slot'): string =>
  STARTERS[locale.split('-', 1)[0] === 'de' ? 'de' : 'en'][text];

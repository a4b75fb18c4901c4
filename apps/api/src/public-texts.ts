/** Why a page for people has nothing to show. */
export type DeadEnd = 'missing' | 'refused' | 'busy' | 'broken';

/** What is wrong with a field of a landing page's form. */
export type AnswerProblem = 'empty' | 'too-long' | 'no-address' | 'address-in-name' | 'no-consent';

interface PublicTexts {
  readonly deadEnds: Readonly<Record<DeadEnd, { readonly title: string; readonly text: string }>>;
  readonly problems: Readonly<Record<AnswerProblem, string>>;
  readonly send: string;
  /** While what a link needs cannot be looked up: the page asks again by itself. */
  readonly wait: string;
}

const TEXTS = {
  en: {
    deadEnds: {
      missing: {
        title: 'There is nothing at this address',
        text: 'The link is incomplete, or what it led to has been withdrawn. If you have it from an e-mail, open it there once more, or answer that e-mail: its sender can help.',
      },
      refused: {
        title: 'We could not read that',
        text: 'Nothing was kept. Please go back, shorten or correct what you wrote, and send it again.',
      },
      busy: {
        title: 'One moment, please',
        text: 'There are too many requests right now. Please try again in a minute.',
      },
      broken: { title: 'Something went wrong on our side', text: 'Please try again in a few minutes.' },
    },
    problems: {
      empty: 'please fill this in',
      'too-long': 'this is too long',
      'no-address': 'this is not a complete e-mail address',
      'address-in-name': 'please write a name, not an e-mail address',
      'no-consent': 'please agree, or we may not write to you',
    },
    send: 'Send',
    wait: 'One moment …',
  },
  de: {
    deadEnds: {
      missing: {
        title: 'Unter dieser Adresse ist nichts',
        text: 'Der Link ist unvollständig, oder sein Ziel wurde zurückgezogen. Wenn Sie ihn aus einer E-Mail haben, öffnen Sie ihn dort noch einmal, oder antworten Sie auf die E-Mail: Der Absender hilft Ihnen weiter.',
      },
      refused: {
        title: 'Das konnten wir nicht lesen',
        text: 'Es wurde nichts gespeichert. Bitte gehen Sie zurück, kürzen oder berichtigen Sie Ihre Angaben und senden Sie sie noch einmal.',
      },
      busy: {
        title: 'Einen Moment bitte',
        text: 'Gerade kommen zu viele Anfragen an. Bitte versuchen Sie es in einer Minute noch einmal.',
      },
      broken: {
        title: 'Bei uns ist etwas schiefgegangen',
        text: 'Bitte versuchen Sie es in ein paar Minuten noch einmal.',
      },
    },
    problems: {
      empty: 'bitte ausfüllen',
      'too-long': 'das ist zu lang',
      'no-address': 'das ist keine vollständige E-Mail-Adresse',
      'address-in-name': 'bitte einen Namen, keine E-Mail-Adresse',
      'no-consent': 'bitte stimmen Sie zu, sonst dürfen wir Ihnen nicht schreiben',
    },
    send: 'Absenden',
    wait: 'Einen Moment …',
  },
  fr: {
    deadEnds: {
      missing: {
        title: 'Il n’y a rien à cette adresse',
        text: 'Le lien est incomplet, ou ce vers quoi il menait a été retiré. S’il vient d’un e-mail, ouvrez-le à nouveau depuis celui-ci, ou répondez à cet e-mail : son expéditeur peut vous aider.',
      },
      refused: {
        title: 'Nous n’avons pas pu lire cela',
        text: 'Rien n’a été conservé. Revenez en arrière, raccourcissez ou corrigez ce que vous avez écrit, puis envoyez-le à nouveau.',
      },
      busy: {
        title: 'Un instant, s’il vous plaît',
        text: 'Il y a trop de demandes en ce moment. Veuillez réessayer dans une minute.',
      },
      broken: { title: 'Un problème est survenu de notre côté', text: 'Veuillez réessayer dans quelques minutes.' },
    },
    problems: {
      empty: 'veuillez remplir ce champ',
      'too-long': 'c’est trop long',
      'no-address': 'ce n’est pas une adresse e-mail complète',
      'address-in-name': 'veuillez écrire un nom, pas une adresse e-mail',
      'no-consent': 'sans votre accord, nous ne pouvons pas vous écrire',
    },
    send: 'Envoyer',
    wait: 'Un instant…',
  },
} as const satisfies Readonly<Record<string, PublicTexts>>;

/** In the order in which a browser without a wish gets them. */
export const PUBLIC_LANGUAGES = Object.keys(TEXTS) as (keyof typeof TEXTS)[];

/** The texts of a language, or English. @param language BCP 47. */
export function publicTextsFor(language: string): { readonly texts: PublicTexts; readonly lang: string } {
  const wanted = language.split('-')[0]?.toLowerCase();
  const lang = PUBLIC_LANGUAGES.find((one) => one === wanted) ?? 'en';
  return { texts: TEXTS[lang], lang };
}

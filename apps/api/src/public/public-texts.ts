import { languageAmong } from './public-language.js';

/** Why a page for people has nothing to show. */
export type ErrorPageKind = 'missing' | 'refused' | 'busy' | 'broken';

/** What is wrong with a field of a landing page's form. */
export type AnswerProblem = 'empty' | 'too-long' | 'no-address' | 'address-in-name' | 'no-consent';

interface PublicTexts {
  readonly errorPages: Readonly<Record<ErrorPageKind, { readonly title: string; readonly text: string }>>;
  readonly problems: Readonly<Record<AnswerProblem, string>>;
  readonly send: string;
  /**
   * Above a form that came back because too many came from the same address.
   */
  readonly sendLater: string;
  /**
   * While what a link needs cannot be looked up: the page asks again by itself.
   */
  readonly wait: string;
}

const TEXTS = {
  en: {
    errorPages: {
      missing: {
        title: 'Page not found',
        text: 'The link is incomplete, or the page is no longer available. If the link came in an e-mail, open it there again, or reply to that e-mail: the sender can help.',
      },
      refused: {
        title: 'Your request could not be processed',
        text: 'Nothing was saved. Please go back, shorten or correct your entries, and send the form again.',
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
      'address-in-name': 'please enter a name, not an e-mail address',
      'no-consent': 'please agree: without your consent we may not contact you',
    },
    send: 'Send',
    sendLater:
      'Too many forms were sent from your network. Nothing is saved yet, and your entries are still here: please send the form again in a minute.',
    wait: 'One moment …',
  },
  de: {
    errorPages: {
      missing: {
        title: 'Seite nicht gefunden',
        text: 'Der Link ist unvollständig, oder die Seite ist nicht mehr verfügbar. Kam der Link in einer E-Mail, öffnen Sie ihn dort noch einmal, oder antworten Sie auf die E-Mail: Der Absender hilft Ihnen weiter.',
      },
      refused: {
        title: 'Ihre Anfrage konnte nicht verarbeitet werden',
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
      'no-consent': 'bitte stimmen Sie zu, sonst dürfen wir Sie nicht kontaktieren',
    },
    send: 'Absenden',
    sendLater:
      'Gerade kommen zu viele Formulare aus Ihrem Netz, deshalb wurde noch nichts gespeichert. Was Sie geschrieben haben, steht noch hier: Bitte senden Sie es in einer Minute noch einmal ab.',
    wait: 'Einen Moment …',
  },
  fr: {
    errorPages: {
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
    sendLater:
      'Trop de formulaires arrivent de votre réseau en ce moment ; rien n’a encore été conservé. Ce que vous avez écrit est toujours là : veuillez l’envoyer à nouveau dans une minute.',
    wait: 'Un instant…',
  },
  es: {
    errorPages: {
      missing: {
        title: 'En esta dirección no hay nada',
        text: 'El enlace está incompleto o se ha retirado aquello a lo que llevaba. Si lo tiene de un correo, ábralo allí de nuevo o responda a ese correo: quien lo envió puede ayudarle.',
      },
      refused: {
        title: 'No hemos podido leerlo',
        text: 'No se ha guardado nada. Vuelva atrás, acorte o corrija lo que ha escrito y envíelo de nuevo.',
      },
      busy: {
        title: 'Un momento, por favor',
        text: 'Ahora mismo hay demasiadas solicitudes. Inténtelo de nuevo dentro de un minuto.',
      },
      broken: { title: 'Algo ha fallado por nuestra parte', text: 'Inténtelo de nuevo dentro de unos minutos.' },
    },
    problems: {
      empty: 'rellénelo, por favor',
      'too-long': 'es demasiado largo',
      'no-address': 'no es una dirección de correo completa',
      'address-in-name': 'escriba un nombre, no una dirección de correo',
      'no-consent': 'sin su consentimiento no podemos escribirle',
    },
    send: 'Enviar',
    sendLater:
      'Ahora mismo llegan demasiados formularios desde su red, así que todavía no se ha guardado nada. Lo que ha escrito sigue aquí: envíelo de nuevo dentro de un minuto.',
    wait: 'Un momento…',
  },
  it: {
    errorPages: {
      missing: {
        title: 'A questo indirizzo non c’è nulla',
        text: 'Il link è incompleto, oppure ciò a cui portava è stato ritirato. Se lo ha ricevuto in un’e-mail, lo apra di nuovo da lì o risponda a quell’e-mail: il mittente può aiutarLa.',
      },
      refused: {
        title: 'Non siamo riusciti a leggerlo',
        text: 'Nulla è stato conservato. Torni indietro, accorci o corregga ciò che ha scritto e lo invii di nuovo.',
      },
      busy: {
        title: 'Un momento, per favore',
        text: 'In questo momento ci sono troppe richieste. Riprovi tra un minuto.',
      },
      broken: { title: 'Qualcosa non ha funzionato da parte nostra', text: 'Riprovi tra qualche minuto.' },
    },
    problems: {
      empty: 'compili questo campo',
      'too-long': 'è troppo lungo',
      'no-address': 'non è un indirizzo e-mail completo',
      'address-in-name': 'scriva un nome, non un indirizzo e-mail',
      'no-consent': 'senza il Suo consenso non possiamo scriverLe',
    },
    send: 'Invia',
    sendLater:
      'In questo momento arrivano troppi moduli dalla Sua rete, perciò non è stato ancora conservato nulla. Ciò che ha scritto è ancora qui: lo invii di nuovo tra un minuto.',
    wait: 'Un momento…',
  },
  nl: {
    errorPages: {
      missing: {
        title: 'Op dit adres is niets',
        text: 'De link is niet volledig, of waar hij naartoe leidde is ingetrokken. Hebt u hem uit een e-mail, open hem daar dan nog eens of beantwoord die e-mail: de afzender kan u helpen.',
      },
      refused: {
        title: 'Dat konden we niet lezen',
        text: 'Er is niets bewaard. Ga terug, maak korter of verbeter wat u schreef en verstuur het nog eens.',
      },
      busy: {
        title: 'Een ogenblik alstublieft',
        text: 'Er komen nu te veel verzoeken. Probeer het over een minuut nog eens.',
      },
      broken: { title: 'Er ging iets mis aan onze kant', text: 'Probeer het over een paar minuten nog eens.' },
    },
    problems: {
      empty: 'vul dit in',
      'too-long': 'dit is te lang',
      'no-address': 'dit is geen volledig e-mailadres',
      'address-in-name': 'schrijf een naam, geen e-mailadres',
      'no-consent': 'zonder uw toestemming mogen we u niet schrijven',
    },
    send: 'Versturen',
    sendLater:
      'Er komen nu te veel formulieren van uw netwerk; er is nog niets bewaard. Wat u schreef staat er nog: verstuur het over een minuut opnieuw.',
    wait: 'Een ogenblik…',
  },
  ar: {
    errorPages: {
      missing: {
        title: 'لا يوجد شيء في هذا العنوان',
        text: 'الرابط غير مكتمل، أو أن ما كان يؤدي إليه قد سُحب. إذا وصلك في رسالة بريد إلكتروني فافتحه منها مرة أخرى، أو أجب على تلك الرسالة: يمكن لمرسلها مساعدتك.',
      },
      refused: {
        title: 'لم نتمكن من قراءة ذلك',
        text: 'لم يُحفظ شيء. يرجى الرجوع واختصار ما كتبته أو تصحيحه ثم إرساله من جديد.',
      },
      busy: { title: 'لحظة من فضلك', text: 'هناك طلبات كثيرة جدًا الآن. يرجى المحاولة مرة أخرى بعد دقيقة.' },
      broken: { title: 'حدث خطأ لدينا', text: 'يرجى المحاولة مرة أخرى بعد بضع دقائق.' },
    },
    problems: {
      empty: 'يرجى ملء هذا الحقل',
      'too-long': 'هذا أطول من اللازم',
      'no-address': 'هذا ليس عنوان بريد إلكتروني كاملًا',
      'address-in-name': 'يرجى كتابة اسم لا عنوان بريد إلكتروني',
      'no-consent': 'من دون موافقتك لا يجوز لنا أن نكتب إليك',
    },
    send: 'إرسال',
    sendLater:
      'تصل الآن نماذج كثيرة جدًا من شبكتك، ولذلك لم يُحفظ شيء بعد. ما كتبته لا يزال هنا: يرجى إرساله مرة أخرى بعد دقيقة.',
    wait: 'لحظة…',
  },
  he: {
    errorPages: {
      missing: {
        title: 'אין דבר בכתובת הזאת',
        text: 'הקישור אינו שלם, או שמה שהוביל אליו הוסר. אם קיבלת אותו בדוא״ל, יש לפתוח אותו משם שוב או להשיב להודעה: השולח יכול לעזור.',
      },
      refused: {
        title: 'לא הצלחנו לקרוא את זה',
        text: 'דבר לא נשמר. יש לחזור אחורה, לקצר או לתקן את מה שנכתב ולשלוח שוב.',
      },
      busy: { title: 'רגע אחד, בבקשה', text: 'יש כרגע יותר מדי בקשות. יש לנסות שוב בעוד דקה.' },
      broken: { title: 'משהו השתבש אצלנו', text: 'יש לנסות שוב בעוד כמה דקות.' },
    },
    problems: {
      empty: 'יש למלא את השדה',
      'too-long': 'זה ארוך מדי',
      'no-address': 'זו אינה כתובת דוא״ל שלמה',
      'address-in-name': 'יש לכתוב שם, לא כתובת דוא״ל',
      'no-consent': 'בלי הסכמתך אסור לנו לכתוב אליך',
    },
    send: 'שליחה',
    sendLater:
      'מגיעים כעת יותר מדי טפסים מהרשת שלך, ולכן דבר לא נשמר עדיין. מה שכתבת עדיין כאן: יש לשלוח אותו שוב בעוד דקה.',
    wait: 'רגע אחד…',
  },
} as const satisfies Readonly<Record<string, PublicTexts>>;

/** In the order in which a browser without a wish gets them. */
export const PUBLIC_LANGUAGES = Object.keys(TEXTS) as (keyof typeof TEXTS)[];

/** The texts of a language, or English. @param language BCP 47. */
export function publicTextsFor(language: string): { readonly texts: PublicTexts; readonly lang: string } {
  const lang = languageAmong(PUBLIC_LANGUAGES, [language]);
  return { texts: TEXTS[lang], lang };
}

import { isolated, languageAmong } from './public-language.js';

/** Texts of the double opt-in e-mail and its confirmation page. */
export interface OptInTexts {
  readonly subject: (partner: string) => string;
  /** Introduces the text of the consent. */
  readonly asked: (partner: string) => string;
  readonly button: string;
  readonly closing: string;
  readonly title: string;
  readonly ask: (partner: string) => string;
  readonly done: (partner: string) => string;
  readonly expired: string;
  /** Shown after the form was sent. */
  readonly look: string;
}

const TEXTS: Readonly<Record<string, OptInTexts>> = {
  en: {
    subject: (name) => `Please confirm your subscription to ${name}`,
    asked: (name) => `This e-mail address was entered in a form of ${name}, with this consent:`,
    button: 'Confirm subscription',
    closing:
      'The link is valid for seven days. If this was not you, ignore this e-mail: you will not receive any more.',
    title: 'Confirm your subscription',
    ask: (name) => `Would you like to receive e-mails from ${name}? You gave this consent:`,
    done: (name) => `Thank you. You will now receive e-mails from ${name}. Every e-mail has an unsubscribe link.`,
    expired: 'This link has expired. Please fill in the form again to get a new one.',
    look: 'Please check your inbox and confirm your address with the link in our e-mail.',
  },
  de: {
    subject: (name) => `Bitte bestätigen Sie Ihre Anmeldung bei ${name}`,
    asked: (name) => `Diese E-Mail-Adresse wurde in ein Formular von ${name} eingetragen, mit dieser Einwilligung:`,
    button: 'Anmeldung bestätigen',
    closing:
      'Der Link ist sieben Tage gültig. Waren Sie es nicht, ignorieren Sie diese E-Mail: Sie erhalten keine weiteren.',
    title: 'Anmeldung bestätigen',
    ask: (name) => `Möchten Sie E-Mails von ${name} erhalten? Sie haben diese Einwilligung gegeben:`,
    done: (name) => `Danke. Sie erhalten jetzt E-Mails von ${name}. Jede E-Mail enthält einen Abmeldelink.`,
    expired: 'Dieser Link ist abgelaufen. Bitte füllen Sie das Formular noch einmal aus, um einen neuen zu erhalten.',
    look: 'Bitte sehen Sie in Ihr Postfach und bestätigen Sie Ihre Adresse über den Link in unserer E-Mail.',
  },
  fr: {
    subject: (name) => `Confirmez que vous souhaitez recevoir les e-mails de ${name}`,
    asked: (name) =>
      `Quelqu’un, sans doute vous, a rempli un formulaire de ${name} avec cette adresse et a accepté ceci :`,
    button: 'Oui, j’accepte',
    closing:
      'Le lien est valable sept jours. Si ce n’était pas vous, ignorez cet e-mail : vous ne recevrez rien d’autre.',
    title: 'Merci de confirmer',
    ask: (name) => `Souhaitez-vous recevoir les e-mails de ${name} ? Vous avez accepté ceci :`,
    done: (name) => `Merci. ${name} peut désormais vous écrire ; chaque e-mail permet de se désabonner.`,
    expired: 'Ce lien est trop ancien. Remplissez à nouveau le formulaire pour en recevoir un autre.',
    look: 'Consultez votre boîte de réception : un e-mail vous y demande de confirmer votre adresse.',
  },
  es: {
    subject: (name) => `Confirme que desea recibir correos de ${name}`,
    asked: (name) => `Alguien, probablemente usted, rellenó un formulario de ${name} con esta dirección y aceptó esto:`,
    button: 'Sí, acepto',
    closing: 'El enlace es válido siete días. Si no fue usted, ignore este correo: no recibirá nada más.',
    title: 'Confirme, por favor',
    ask: (name) => `¿Desea recibir correos de ${name}? Usted aceptó esto:`,
    done: (name) => `Gracias. ${name} ya puede escribirle; en cada correo puede darse de baja.`,
    expired: 'Este enlace es demasiado antiguo. Rellene de nuevo el formulario y recibirá otro.',
    look: 'Mire en su buzón: allí un correo le pide que confirme su dirección.',
  },
  it: {
    subject: (name) => `Confermi di voler ricevere le e-mail di ${name}`,
    asked: (name) =>
      `Qualcuno, probabilmente Lei, ha compilato un modulo di ${name} con questo indirizzo e ha accettato quanto segue:`,
    button: 'Sì, accetto',
    closing: 'Il link vale sette giorni. Se non è stato Lei, ignori questa e-mail: non riceverà altro.',
    title: 'Confermi, per favore',
    ask: (name) => `Desidera ricevere le e-mail di ${name}? Ha accettato quanto segue:`,
    done: (name) => `Grazie. Ora ${name} può scriverLe; in ogni e-mail può annullare l’iscrizione.`,
    expired: 'Questo link è troppo vecchio. Compili di nuovo il modulo e ne riceverà un altro.',
    look: 'Guardi nella Sua casella: un’e-mail Le chiede di confermare l’indirizzo.',
  },
  nl: {
    subject: (name) => `Bevestig dat u e-mail van ${name} wilt ontvangen`,
    asked: (name) =>
      `Iemand, waarschijnlijk u, heeft met dit adres een formulier van ${name} ingevuld en hiermee ingestemd:`,
    button: 'Ja, ik stem in',
    closing: 'De link werkt zeven dagen. Was u het niet, laat deze e-mail dan liggen: er komt verder niets.',
    title: 'Bevestig alstublieft',
    ask: (name) => `Wilt u e-mail van ${name} ontvangen? U hebt hiermee ingestemd:`,
    done: (name) => `Bedankt. ${name} mag u nu schrijven; in elke e-mail kunt u zich afmelden.`,
    expired: 'Deze link is te oud. Vul het formulier opnieuw in, dan krijgt u een nieuwe.',
    look: 'Kijk in uw mailbox: een e-mail daar vraagt u uw adres te bevestigen.',
  },
  ar: {
    subject: (name) => `يرجى تأكيد رغبتك في تلقي رسائل من ${name}`,
    asked: (name) => `ملأ شخص ما، وهو أنت على الأرجح، نموذجًا لدى ${isolated(name)} بهذا العنوان ووافق على ما يلي:`,
    button: 'نعم، أوافق',
    closing: 'الرابط صالح سبعة أيام. إن لم تكن أنت من فعل ذلك فتجاهل هذه الرسالة: لن يصلك شيء آخر.',
    title: 'يرجى التأكيد',
    ask: (name) => `هل تريد تلقي رسائل من ${isolated(name)}؟ لقد وافقت على ما يلي:`,
    done: (name) => `شكرًا لك. يجوز الآن أن يكتب إليك ${isolated(name)}؛ وفي كل رسالة رابط لإلغاء الاشتراك.`,
    expired: 'هذا الرابط قديم. يرجى ملء النموذج مرة أخرى وستحصل على رابط جديد.',
    look: 'يرجى النظر في صندوق بريدك: هناك رسالة تطلب منك تأكيد عنوانك.',
  },
  he: {
    subject: (name) => `נא לאשר קבלת הודעות מ־${name}`,
    asked: (name) => `מישהו, כנראה את או אתה, מילא טופס של ${isolated(name)} עם הכתובת הזאת והסכים לכך:`,
    button: 'כן, אני מסכימ/ה',
    closing: 'הקישור תקף לשבעה ימים. אם לא מילאת את הטופס, אפשר להתעלם מההודעה: לא יישלח דבר נוסף.',
    title: 'נא לאשר',
    ask: (name) => `לקבל הודעות מ־${isolated(name)}? הסכמת לכך:`,
    done: (name) => `תודה. מעכשיו מותר ל־${isolated(name)} לכתוב אליך; בכל הודעה יש קישור להסרה.`,
    expired: 'הקישור הזה ישן מדי. יש למלא שוב את הטופס ולקבל קישור חדש.',
    look: 'יש להציץ בתיבת הדואר: הודעה שם מבקשת לאשר את הכתובת.',
  },
};

/**
 * The texts in the first wanted language that is available, or in English.
 * @param wanted BCP 47, best first; null if unknown.
 */
export function optInTextsFor(...wanted: readonly (string | null)[]): {
  readonly texts: OptInTexts;
  readonly lang: string;
} {
  const lang = languageAmong(Object.keys(TEXTS), wanted);
  return { texts: TEXTS[lang] as OptInTexts, lang };
}

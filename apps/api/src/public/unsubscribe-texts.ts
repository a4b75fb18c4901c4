import { isolated, languageAmong } from './public-language.js';

/**
 * Texts of the unsubscribe and preference pages, in the languages of the
 * e-mails.
 */
interface PageTexts {
  readonly title: string;
  readonly ask: (partner: string) => string;
  readonly unsubscribe: (partner: string) => string;
  readonly monthly: (partner: string) => string;
  readonly vendor: (vendor: string) => string;
  readonly topic: (topic: string, partner: string) => string;
  readonly all: string;
  readonly button: string;
  readonly unsubscribed: (partner: string) => string;
  readonly unsubscribedVendor: (vendor: string) => string;
  readonly unsubscribedTopic: (topic: string, partner: string) => string;
  readonly changed: string;
  /** The contact had unsubscribed before. */
  readonly stillUnsubscribed: (partner: string) => string;
  readonly thanks: string;
  readonly sorry: string;
}

const TEXTS: Readonly<Record<string, PageTexts>> = {
  en: {
    title: 'Unsubscribe',
    ask: (name) => `Which e-mails would you like from ${name}?`,
    unsubscribe: (name) => `Unsubscribe from all e-mails from ${name}`,
    monthly: (name) => `At most one e-mail a month from ${name}`,
    vendor: (name) => `No more e-mails about ${name}, including from other companies`,
    topic: (topic, name) => `No more e-mails about “${topic}” from ${name}`,
    all: 'Receive all e-mails',
    button: 'Save',
    unsubscribed: (name) => `You are unsubscribed. ${name} will not e-mail you any more.`,
    unsubscribedVendor: (name) =>
      `You are unsubscribed. You will not get e-mails about ${name} from any company that uses this service.`,
    unsubscribedTopic: (topic, name) => `Saved. ${name} will not e-mail you about “${topic}” any more.`,
    changed: 'Your e-mail preferences are saved.',
    stillUnsubscribed: (name) =>
      `You are already unsubscribed from ${name}. To receive e-mails again, please contact ${name}.`,
    thanks: 'Thank you',
    sorry: 'Please check these fields',
  },
  de: {
    title: 'Abmelden',
    ask: (name) => `Welche E-Mails möchten Sie von ${name} erhalten?`,
    unsubscribe: (name) => `Alle E-Mails von ${name} abbestellen`,
    monthly: (name) => `Höchstens eine E-Mail im Monat von ${name}`,
    vendor: (name) => `Keine ${name}-Werbung mehr, auch nicht von anderen Händlern`,
    topic: (topic, name) => `Keine E-Mails zum Thema „${topic}“ von ${name} mehr`,
    all: 'Alle E-Mails erhalten',
    button: 'Speichern',
    unsubscribed: (name) => `Sie sind abgemeldet. ${name} schreibt Ihnen keine E-Mails mehr.`,
    unsubscribedVendor: (name) => `Sie sind abgemeldet. Über diesen Dienst erhalten Sie keine ${name}-Werbung mehr.`,
    unsubscribedTopic: (topic, name) => `Gespeichert. ${name} schreibt Ihnen nicht mehr zum Thema „${topic}“.`,
    changed: 'Ihre Einstellungen sind gespeichert.',
    stillUnsubscribed: (name) =>
      `Sie sind von den E-Mails von ${name} bereits abgemeldet. Um wieder E-Mails zu erhalten, wenden Sie sich bitte an ${name}.`,
    thanks: 'Danke',
    sorry: 'Bitte prüfen Sie diese Felder',
  },
  fr: {
    title: 'Se désabonner',
    ask: (name) => `Ne plus recevoir d’e-mails de ${name} ?`,
    unsubscribe: (name) => `Plus aucun e-mail de ${name}`,
    monthly: (name) => `Au plus un e-mail par mois de ${name}`,
    vendor: (name) => `Plus aucun e-mail au sujet de ${name}, d’où qu’il vienne`,
    topic: (topic, name) => `Plus aucun e-mail de ${name} sur « ${topic} »`,
    all: 'Recevoir tous les e-mails',
    button: 'Confirmer',
    unsubscribed: (name) => `C’est fait. ${name} ne vous écrira plus.`,
    unsubscribedVendor: (name) =>
      `C’est fait. Plus personne ne vous écrira au sujet de ${name} par notre intermédiaire.`,
    unsubscribedTopic: (topic, name) => `C’est fait. ${name} ne vous écrira plus au sujet de « ${topic} ».`,
    changed: 'C’est fait. Nous avons noté la fréquence souhaitée.',
    stillUnsubscribed: (name) =>
      `${name} ne vous écrit pas : vous êtes désabonné, et aucun choix fait ici n’y change rien. Pour recevoir de nouveau ses e-mails, dites-le-lui.`,
    thanks: 'Merci',
    sorry: 'Veuillez vérifier ces champs',
  },
  es: {
    title: 'Darse de baja',
    ask: (name) => `¿No quiere recibir más correos de ${name}?`,
    unsubscribe: (name) => `Ningún correo más de ${name}`,
    monthly: (name) => `Como máximo un correo al mes de ${name}`,
    vendor: (name) => `Ningún correo más sobre ${name}, lo envíe quien lo envíe`,
    topic: (topic, name) => `Ningún correo más de ${name} sobre «${topic}»`,
    all: 'Recibir todos los correos',
    button: 'Confirmar',
    unsubscribed: (name) => `Hecho. ${name} no le escribirá más.`,
    unsubscribedVendor: (name) => `Hecho. Nadie le escribirá más sobre ${name} a través de nosotros.`,
    unsubscribedTopic: (topic, name) => `Hecho. ${name} no le escribirá más sobre «${topic}».`,
    changed: 'Hecho. Hemos anotado con qué frecuencia quiere recibir correos.',
    stillUnsubscribed: (name) =>
      `${name} no le escribe: se ha dado de baja, y nada de lo que elija aquí lo cambia. Si quiere volver a recibir sus correos, dígaselo.`,
    thanks: 'Gracias',
    sorry: 'Revise estos campos, por favor',
  },
  it: {
    title: 'Annulla l’iscrizione',
    ask: (name) => `Non vuole più ricevere e-mail da ${name}?`,
    unsubscribe: (name) => `Nessuna e-mail da ${name}`,
    monthly: (name) => `Al massimo un’e-mail al mese da ${name}`,
    vendor: (name) => `Nessuna e-mail su ${name}, chiunque la invii`,
    topic: (topic, name) => `Nessuna e-mail di ${name} su «${topic}»`,
    all: 'Ricevere tutte le e-mail',
    button: 'Conferma',
    unsubscribed: (name) => `Fatto. ${name} non le scriverà più.`,
    unsubscribedVendor: (name) => `Fatto. Nessuno le scriverà più su ${name} tramite noi.`,
    unsubscribedTopic: (topic, name) => `Fatto. ${name} non le scriverà più su «${topic}».`,
    changed: 'Fatto. Abbiamo annotato quanto spesso desidera ricevere e-mail.',
    stillUnsubscribed: (name) =>
      `${name} non le scrive: ha annullato l’iscrizione e nessuna scelta fatta qui lo cambia. Per ricevere di nuovo le sue e-mail, lo comunichi direttamente.`,
    thanks: 'Grazie',
    sorry: 'Controlli questi campi',
  },
  nl: {
    title: 'Afmelden',
    ask: (name) => `Wilt u geen e-mail meer van ${name}?`,
    unsubscribe: (name) => `Geen e-mail meer van ${name}`,
    monthly: (name) => `Hooguit één e-mail per maand van ${name}`,
    vendor: (name) => `Geen e-mail meer over ${name}, van wie dan ook`,
    topic: (topic, name) => `Geen e-mail meer van ${name} over “${topic}”`,
    all: 'Alle e-mails ontvangen',
    button: 'Bevestigen',
    unsubscribed: (name) => `Klaar. ${name} schrijft u niet meer.`,
    unsubscribedVendor: (name) => `Klaar. Via ons schrijft niemand u nog over ${name}.`,
    unsubscribedTopic: (topic, name) => `Klaar. ${name} schrijft u niet meer over “${topic}”.`,
    changed: 'Klaar. We hebben genoteerd hoe vaak u e-mail wilt.',
    stillUnsubscribed: (name) =>
      `${name} schrijft u niet: u bent afgemeld en niets wat u hier kiest verandert dat. Wilt u weer e-mail ontvangen, laat het hun dan weten.`,
    thanks: 'Dank u',
    sorry: 'Kijk deze velden nog eens na',
  },
  ar: {
    title: 'إلغاء الاشتراك',
    ask: (name) => `هل تريد ألا تصلك رسائل أخرى من ${isolated(name)}؟`,
    unsubscribe: (name) => `لا مزيد من الرسائل من ${isolated(name)}`,
    monthly: (name) => `رسالة واحدة في الشهر على الأكثر من ${isolated(name)}`,
    vendor: (name) => `لا مزيد من الرسائل عن ${isolated(name)}، أيًا كان مرسلها`,
    topic: (topic, name) => `لا مزيد من الرسائل من ${isolated(name)} حول «${isolated(topic)}»`,
    all: 'تلقي جميع الرسائل',
    button: 'تأكيد',
    unsubscribed: (name) => `تم. لن يكتب إليك ${isolated(name)} بعد الآن.`,
    unsubscribedVendor: (name) => `تم. لن يكتب إليك أحد عن طريقنا عن ${isolated(name)} بعد الآن.`,
    unsubscribedTopic: (topic, name) => `تم. لن يكتب إليك ${isolated(name)} حول «${isolated(topic)}» بعد الآن.`,
    changed: 'تم. سجّلنا عدد الرسائل الذي تريده.',
    stillUnsubscribed: (name) =>
      `لا يكتب إليك ${isolated(name)}: لقد ألغيت اشتراكك، ولا يغيّر أي اختيار هنا ذلك. إن أردت تلقي رسائله من جديد فأخبره بذلك.`,
    thanks: 'شكرًا لك',
    sorry: 'يرجى مراجعة هذه الحقول',
  },
  he: {
    title: 'הסרה מרשימת התפוצה',
    ask: (name) => `לא לקבל עוד הודעות מ־${isolated(name)}?`,
    unsubscribe: (name) => `בלי הודעות נוספות מ־${isolated(name)}`,
    monthly: (name) => `לכל היותר הודעה אחת בחודש מ־${isolated(name)}`,
    vendor: (name) => `בלי הודעות נוספות על ${isolated(name)}, יהיה השולח אשר יהיה`,
    topic: (topic, name) => `בלי הודעות נוספות מ־${isolated(name)} בנושא „${isolated(topic)}”`,
    all: 'הודעות כפי שהן מגיעות',
    button: 'אישור',
    unsubscribed: (name) => `בוצע. לא יישלחו אליך עוד הודעות מ־${isolated(name)}.`,
    unsubscribedVendor: (name) => `בוצע. איש לא יכתוב אליך עוד דרכנו על ${isolated(name)}.`,
    unsubscribedTopic: (topic, name) =>
      `בוצע. לא יישלחו אליך עוד הודעות מ־${isolated(name)} בנושא „${isolated(topic)}”.`,
    changed: 'בוצע. רשמנו באיזו תדירות לשלוח אליך הודעות.',
    stillUnsubscribed: (name) =>
      `${isolated(name)} לא שולחים אליך הודעות: הוסרת מרשימת התפוצה, ושום בחירה כאן לא תשנה זאת. כדי לקבל שוב הודעות, יש לפנות אליהם.`,
    thanks: 'תודה',
    sorry: 'יש לבדוק שוב את השדות האלה',
  },
};

/**
 * The texts in the first wanted language that is available, or in English.
 * @param wanted BCP 47, best first; null if unknown.
 */
export function unsubscribeTextsFor(...wanted: readonly (string | null)[]): {
  readonly texts: PageTexts;
  readonly lang: string;
} {
  const lang = languageAmong(Object.keys(TEXTS), wanted);
  return { texts: TEXTS[lang] as PageTexts, lang };
}

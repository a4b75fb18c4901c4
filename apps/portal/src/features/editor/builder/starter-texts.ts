/**
 * First texts of new blocks. Square brackets mark them as placeholders: a
 * campaign with them cannot be submitted (`isPlaceholder`).
 */
const STARTERS = {
  en: {
    heading: '[Your heading]',
    text: '[Your text]',
    button: '[Your button]',
    list: '<ul><li>[Your first point]</li><li>[Your second point]</li></ul>',
    firstPoint: '[Your first point]',
    secondPoint: '[Your second point]',
    alt: '[Your description of the picture]',
    quote: '“[Your quote]”',
    name: '[Your source of the quote]',
    offer: '[Your proposal for the partner’s offer]',
    label: 'Your offer',
    buttonLabel: 'Your button',
    picture: 'Your picture',
    help: '[Your help for partners]',
    part: '[Your name for this part]',
    choice: '[Your question to partners]',
    variant: '[Your name for this variant]',
    legal: '[Your legal text]',
    sent: 'This e-mail was sent to',
    by: 'by',
    unsubscribe: 'Unsubscribe',
    when: '[Your date and place]',
    submit: 'Send',
    consent: '[Your text of the consent]',
    next: '[Your label of the link]',
    thanks: 'Thank you. We will contact you soon.',
    imprint: 'Legal notice',
    privacy: 'Privacy',
  },
  de: {
    heading: '[Ihre Überschrift]',
    text: '[Ihr Text]',
    button: '[Ihr Button]',
    list: '<ul><li>[Ihr erster Punkt]</li><li>[Ihr zweiter Punkt]</li></ul>',
    firstPoint: '[Ihr erster Punkt]',
    secondPoint: '[Ihr zweiter Punkt]',
    alt: '[Ihre Beschreibung des Bilds]',
    quote: '„[Ihr Zitat]“',
    name: '[Ihre Quelle des Zitats]',
    offer: '[Ihr Vorschlag für das Angebot des Partners]',
    label: 'Ihr Angebot',
    buttonLabel: 'Ihr Button',
    picture: 'Ihr Bild',
    help: '[Ihre Hilfe für Partner]',
    part: '[Ihr Name für diesen Teil]',
    choice: '[Ihre Frage an Partner]',
    variant: '[Ihr Name für diese Variante]',
    legal: '[Ihr Rechtstext]',
    sent: 'Diese E-Mail ging an',
    by: 'von',
    unsubscribe: 'Abmelden',
    when: '[Ihr Datum und Ort]',
    submit: 'Absenden',
    consent: '[Ihr Text der Einwilligung]',
    next: '[Ihre Beschriftung des Links]',
    thanks: 'Vielen Dank. Wir melden uns bald bei Ihnen.',
    imprint: 'Impressum',
    privacy: 'Datenschutz',
  },
} as const;

export type Starter = keyof (typeof STARTERS)['en'];

/** The first text of a new block in a language; English where there is none. */
export const starterText = (locale: string, starter: Starter): string =>
  STARTERS[locale.split('-', 1)[0] === 'de' ? 'de' : 'en'][starter];

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Forms of address in lists of contacts, in lower case and without points. */
export const MALE = wordsOf(
  'herr herrn hr mr mister sir monsieur m sr señor senor signor sig dhr heer meneer caballero',
);
export const FEMALE = wordsOf(
  'frau fr mrs ms miss madam madame mme mademoiselle mlle sra srta señora senora señorita signora sigra signorina mevr mevrouw mw',
);
/** Titles, and how a letter writes them. Others are left out. */
export const TITLES: Readonly<Record<string, string>> = {
  dr: 'Dr.',
  doktor: 'Dr.',
  prof: 'Prof.',
  professor: 'Prof.',
  dott: 'Dott.',
  dottore: 'Dott.',
  dottssa: 'Dott.ssa',
};

/** Degrees that a German letter names before the family name, as in Austria. */
export const GERMAN_TITLES: Readonly<Record<string, string>> = {
  mag: 'Mag.',
  maga: 'Mag.a',
  mmag: 'MMag.',
  ddr: 'DDr.',
  di: 'DI',
  'dipl-ing': 'Dipl.-Ing.',
  ing: 'Ing.',
  dkfm: 'Dkfm.',
};

/** A greeting by name, or without one. */
interface GreetingForms {
  /**
   * Whose name it uses. `family`: only with a form of address or a title.
   * `given`: the first name. `none`: the language declines names.
   */
  readonly by: 'family' | 'given' | 'none';
  readonly male?: string;
  readonly female?: string;
  /** For a title without a form of address: the person may be of any gender. */
  readonly titled?: string;
  readonly given?: string;
  readonly plain: string;
}

/** `{}` is the name. By BCP 47 language. */
export const GREETINGS: Readonly<Partial<Record<string, GreetingForms>>> = {
  de: {
    by: 'family',
    male: 'Guten Tag Herr {},',
    female: 'Guten Tag Frau {},',
    titled: 'Guten Tag {},',
    plain: 'Guten Tag,',
  },
  en: {
    by: 'given',
    given: 'Hello {},',
    male: 'Hello Mr {},',
    female: 'Hello Ms {},',
    titled: 'Hello {},',
    plain: 'Hello,',
  },
  fr: { by: 'family', male: 'Bonjour Monsieur {},', female: 'Bonjour Madame {},', plain: 'Bonjour,' },
  es: { by: 'family', male: 'Estimado Sr. {}:', female: 'Estimada Sra. {}:', plain: 'Buenos días:' },
  it: { by: 'family', male: 'Gentile Signor {},', female: 'Gentile Signora {},', plain: 'Buongiorno,' },
  nl: { by: 'family', male: 'Geachte heer {},', female: 'Geachte mevrouw {},', plain: 'Goedendag,' },
  pt: { by: 'family', male: 'Caro Sr. {},', female: 'Cara Sra. {},', plain: 'Olá,' },
  ca: { by: 'none', plain: 'Bon dia,' },
  sv: { by: 'given', given: 'Hej {},', plain: 'Hej,' },
  da: { by: 'given', given: 'Hej {},', plain: 'Hej,' },
  nb: { by: 'given', given: 'Hei {},', plain: 'Hei,' },
  no: { by: 'given', given: 'Hei {},', plain: 'Hei,' },
  fi: { by: 'given', given: 'Hei {},', plain: 'Hei,' },
  pl: { by: 'none', plain: 'Dzień dobry,' },
  cs: { by: 'none', plain: 'Dobrý den,' },
  sk: { by: 'none', plain: 'Dobrý deň,' },
  sl: { by: 'none', plain: 'Pozdravljeni,' },
  hr: { by: 'none', plain: 'Poštovani,' },
  hu: { by: 'none', plain: 'Jó napot!' },
  ro: { by: 'none', plain: 'Bună ziua,' },
  bg: { by: 'none', plain: 'Здравейте,' },
  el: { by: 'none', plain: 'Καλημέρα σας,' },
  tr: { by: 'given', given: 'Merhaba {},', plain: 'Merhaba,' },
  ja: { by: 'none', plain: 'お世話になっております。' },
  zh: { by: 'none', plain: '您好：' },
  ko: { by: 'none', plain: '안녕하세요,' },
  ar: { by: 'given', given: 'مرحبًا {}،', plain: 'مرحبًا،' },
  he: { by: 'given', given: 'שלום {},', plain: 'שלום,' },
};

/** Words for mailboxes and departments, which lists have in name columns. */
export const NO_NAMES = wordsOf(
  'info information office sales contact kontakt contacto contatto mail email hello hallo support service services team admin administrator administration administracion amministrazione buchhaltung einkauf verkauf vertrieb zentrale empfang sekretariat marketing accounts accounting billing invoices rechnung enquiries inquiries reception direction comptabilite compras ventas ufficio commerciale verkoop inkoop boekhouding noreply no-reply postmaster webmaster hostmaster abuse security helpdesk edv geschäftsleitung geschäftsführung management purchasing procurement n/a na none unknown unbekannt null undefined customer client firma company',
);
/** Legal forms and words of organisations: a text with one is no person. */
export const ORGANISATION_WORDS = wordsOf(
  'gmbh ag kg ohg ug gbr mbh ek ev eg ltd limited inc llc llp plc corp corporation company sarl sas sasu eurl spa srl srls bv nv vof oy ab as aps sro kft zrt doo gesellschaft holding group gruppe systemhaus stiftung verein university universität hospital klinikum stadtwerke',
);

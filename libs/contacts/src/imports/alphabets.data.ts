/**
 * Letters beyond ASCII of each language, the most frequent first. Sources: the
 * alphabets of CLDR (exemplar characters); the order by letter statistics of
 * running text.
 */
const ALPHABETS = {
  de: 'üäöß',
  fr: 'éèêàçôîûëïâùœæÿ',
  es: 'óíáéñúü',
  pt: 'ãáçéóíêõâúôà',
  it: 'àèìòùé',
  ca: 'òàéíóèçïúü',
  nl: 'ëéïöóüè',
  sv: 'äåöé',
  da: 'øåæéö',
  fi: 'äöåé',
  is: 'áíðúþöéóýæ',
  ga: 'áéíóú',
  cs: 'íáéěřčšžýůúťďňó',
  sk: 'áíčéšžýúľôťňďóŕĺä',
  pl: 'łąęóśćżńź',
  hu: 'áéóöőüíúű',
  ro: 'ăâîşţșț',
  hr: 'čšžćđ',
  sl: 'čšž',
  sq: 'ëç',
  tr: 'ıüşğöçiâîû',
  lt: 'ėšųūžįąčę',
  lv: 'āīēšļņūģčžķ',
  et: 'äõüöšž',
  ru: 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё',
  uk: 'оанитеірвслкдмупязьйбгхчцжєшїфющґ',
  be: 'аоніелтрсўкядмуызвпбйчгхшцёжьюфэі',
  bg: 'аоеитнрсвлкдпмзугябъчцжщйхшфюь',
  sr: 'аоиеунртсјвкпмдлзбгшчцжхњћљђџф',
  el: 'αοιετσνηυρπκμλςωδγχθφβξζψάέήίόύώϊϋΐΰ',
  he: 'יוהלאמרתבשנדםעפקחטכןסגזצץףךַָֹ',
  ar: 'اليمنتربوعدفسهكحقجةطشصىخضذثأءزئغظإآپچژگک',
} as const;
type Language = keyof typeof ALPHABETS;
export const alphabetOf = (language: string): string => ALPHABETS[language as Language];

const WESTERN = 'de fr es pt it ca nl sv da fi is ga sq';
const CENTRAL = 'cs sk pl hu ro hr sl de sq';
const BALTIC = 'lt lv et de fi';
const CYRILLIC = 'ru uk be bg sr';

/**
 * Encodings of one byte a letter, as iconv-lite calls them, with the languages
 * written in them. The first of equal ones is chosen.
 */
export const SINGLE_BYTE: readonly (readonly [encoding: string, languages: string])[] = [
  ['windows-1252', WESTERN],
  ['windows-1250', CENTRAL],
  ['windows-1251', CYRILLIC],
  ['windows-1253', 'el'],
  ['windows-1254', `tr ${WESTERN}`],
  ['windows-1255', 'he'],
  ['windows-1256', 'ar'],
  ['windows-1257', BALTIC],
  ['iso-8859-2', CENTRAL],
  ['iso-8859-5', CYRILLIC],
  ['iso-8859-6', 'ar'],
  ['iso-8859-7', 'el'],
  ['iso-8859-8', 'he'],
  ['iso-8859-9', 'tr'],
  ['iso-8859-13', BALTIC],
  ['iso-8859-15', WESTERN],
  ['iso-8859-16', 'ro pl hu hr sl'],
  ['koi8-r', 'ru bg'],
  ['koi8-u', 'uk ru be'],
  ['cp850', WESTERN],
  ['cp437', WESTERN],
  ['cp852', CENTRAL],
  ['cp866', CYRILLIC],
  ['cp737', 'el'],
  ['cp857', 'tr'],
  ['cp775', BALTIC],
  ['cp862', 'he'],
  ['macintosh', WESTERN],
  ['maccenteuro', CENTRAL],
  ['maccyrillic', CYRILLIC],
  ['macgreek', 'el'],
  ['macturkish', 'tr'],
];

/** Encodings of several bytes a letter. */
export const MULTI_BYTE = ['shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr'] as const;

/** Encodings that a list may have, as iconv-lite calls them. */
export const ENCODINGS: readonly string[] = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  ...SINGLE_BYTE.map(([encoding]) => encoding),
  ...MULTI_BYTE,
];

/** Top-level domains of countries whose language has the same code or another. */
export const LANGUAGE_OF_DOMAIN: Readonly<Record<string, string>> = {
  cz: 'cs',
  at: 'de',
  ch: 'de',
  br: 'pt',
  mx: 'es',
  ar: 'es',
  be: 'fr',
  dk: 'da',
  no: 'da',
  se: 'sv',
  ee: 'et',
  gr: 'el',
  cy: 'el',
  il: 'he',
  ua: 'uk',
  by: 'be',
  rs: 'sr',
  si: 'sl',
  sa: 'ar',
  ae: 'ar',
  eg: 'ar',
  ie: 'ga',
  al: 'sq',
  md: 'ro',
};

import { createRequire } from 'node:module';
import countries from 'i18n-iso-countries';
import { countryOf } from '#kernel';
import { lettersOf } from './plain-letters.js';

const require = createRequire(import.meta.url);

/**
 * Names that lists have and neither ISO 3166-1 nor CLDR: parts of the United
 * Kingdom, former names, abbreviations. Written as `lettersOf` writes them.
 */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  AE: 'uae emirates unitedarabemirate vae emiratosarabes emiratsarabes',
  BA: 'bosnia bosnien bih bosniaherzegovina',
  CD: 'drcongo drc congokinshasa zaire',
  CG: 'congobrazzaville',
  CI: 'ivorycoast elfenbeinkuste',
  CN: 'prchina pchina mainlandchina peoplesrepublicofchina volksrepublikchina prc',
  CV: 'capeverde kapverden',
  CZ: 'czech czechrepublic czechoslovakia tschechischerepublik tschechei ceskarepublika ceskarep republiquetcheque republicacheca repubblicaceca',
  DE: 'ger brd frg bundesrepublikdeutschland federalrepublicofgermany germanyfederalrepublic westgermany',
  GB: 'england scotland wales northernireland greatbritain britain uk ukgb gbr gb grossbritannien vereinigteskonigreich schottland nordirland angleterre ecosse grandebretagne royaumeuni inglaterra escocia granbretana reinounido inghilterra granbretagna regnounito engeland schotland grootbrittannie verenigdkoninkrijk anglia szkocja wielkabrytania unitedkingdomofgreatbritainandnorthernireland',
  GR: 'hellas ellada',
  HK: 'hongkong hongkongsar hongkongchina hksar',
  IE: 'eire republicofireland irishrepublic southernireland',
  IL: 'stateofisrael',
  IR: 'iran persia',
  KP: 'northkorea dprk nordkorea coreedunord coreadelnorte',
  KR: 'southkorea republicofkorea korea korearepublic koreasouth rok sudkorea coreedusud coreadelsur coreadelsud zuidkorea',
  LA: 'laos',
  MK: 'macedonia fyrom mazedonien northmacedonia',
  MM: 'burma birma',
  MO: 'macau macao',
  NL: 'holland thenetherlands netherland dienederlande paysbas nederlanden hollande olanda holandia',
  PS: 'palestine palestina',
  RS: 'serbiaandmontenegro',
  RU: 'russianfederation russland russia rossiya rossija rf russischefoderation',
  SA: 'ksa',
  SY: 'syria',
  SZ: 'swaziland',
  TR: 'turkey turkiye turkei turquie turquia',
  TW: 'taiwan taiwanroc republicofchina chinesetaipei',
  TZ: 'tanzania',
  US: 'usa us unitedstates unitedstatesofamerica america theunitedstates theunitedstatesofamerica vereinigtestaaten vereinigtestaatenvonamerika amerika etatsunis etatsunisdamerique estadosunidos eeuu eua statiuniti statiunitidamerica usofa verenigdestaten stanyzjednoczone',
  VA: 'vatican vaticancity',
  VE: 'venezuela',
  VN: 'vietnam vietnamsocialistrepublic',
};

let codes: Map<string, string> | null = null;

/**
 * Names in every language of the library (78) and of CLDR for the same ones.
 * The library adds official and second names, CLDR the ones of daily use. Read
 * on first use: 45 ms.
 */
function namesOfCountries(): Map<string, string> {
  const found = new Map<string, string>();
  const add = (name: string | undefined, code: string): void => {
    const letters = name === undefined ? '' : lettersOf(name);
    if (letters !== '' && !found.has(letters)) found.set(letters, code);
  };
  for (const [code, names] of Object.entries(OTHER_NAMES)) for (const name of names.split(' ')) add(name, code);
  const all = Object.keys(countries.getAlpha2Codes());
  for (const code of all) add(countries.alpha2ToAlpha3(code), code);
  // English first: a name that is another country's elsewhere stays English.
  const languages = ['en', ...countries.getSupportedLanguages().filter((language) => language !== 'en')];
  for (const language of languages) {
    countries.registerLocale(require(`i18n-iso-countries/langs/${language}.json`) as countries.LocaleData);
    for (const [code, names] of Object.entries(countries.getNames(language, { select: 'all' })))
      for (const name of names) add(name, code);
    const cldr = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of all) add(cldr.of(code), code);
  }
  return found;
}

/**
 * @returns the ISO 3166-1 alpha-2 code of a code of two or three letters or of
 *   a name in any of 78 languages; null for other texts.
 */
export function countryNamed(text: string): string | null {
  const byCode = countryOf(text);
  if (byCode !== null) return byCode;
  codes ??= namesOfCountries();
  const names = codes;
  const [before = '', after = ''] = text.split(',');
  // "Congo, Democratic Republic of the".
  const whole = names.get(lettersOf(text)) ?? (after === '' ? undefined : names.get(lettersOf(after + before)));
  // "Germany (DE)" and "Paris, France". "Georgia, USA" has two: neither.
  const parts = text.split(/[()[\]/|,;:–—]| - /).flatMap((part) => {
    const code = countryOf(part.trim()) ?? names.get(lettersOf(part));
    return code === undefined ? [] : [code];
  });
  const found = whole ?? (new Set(parts).size === 1 ? parts[0] : undefined);
  return found === undefined ? null : countryOf(found);
}

import { CONTACT_FIELDS } from '../contact.js';
import { parseEmail } from '#contracts';
import type { CsvRow } from './csv-rows.js';

/** Meaning of a column; `fullName` is split into first and last name. */
const COLUMN_FIELDS = ['email', 'fullName', ...CONTACT_FIELDS] as const;
export type ColumnField = (typeof COLUMN_FIELDS)[number];
/** Field → column, from 0. */
export type ColumnMap = Partial<Record<ColumnField, number>>;

export interface ColumnGuess {
  readonly columns: ColumnMap;
  /** Whether the first row names the columns, rather than being a person. */
  readonly hasHeader: boolean;
}

/** Names of columns in several languages, as `plain` writes them. */
const NAMES: Record<ColumnField, string> = {
  email:
    'email emailaddress emailadresse emailadres mail mailadresse eposta epost adresseemail adressemail adresseelectronique courriel correo correoelectronico direcciondecorreo indirizzoemail postaelettronica enderecodeemail adresemail adresemailowy emailaddress1 workemail businessemail primaryemail contactemail emailwork elektronnayapochta электроннаяпочта почта メールアドレス メール 邮箱 电子邮件 電子郵件 이메일 البريدالإلكتروني البريدالالكتروني',
  fullName:
    'name fullname contactname contact displayname vollername ansprechpartner ansprechpartnerin kontakt nom nomcomplet nombrecompleto nomecompleto nominativo volledigenaam naam imieinazwisko 氏名 姓名 имя الاسم',
  firstName:
    'firstname givenname forename first vorname prenom nombre nombredepila nome primeironome voornaam imie fornavn fornamn etunimi 名 名前 الاسمالأول',
  lastName:
    'lastname surname familyname last nachname familienname zuname nomdefamille apellido apellidos cognome sobrenome apelido achternaam familienaam nazwisko etternavn efternavn efternamn sukunimi фамилия 姓 اسمالعائلة',
  company:
    'company companyname organization organisation account accountname employer firma unternehmen firmenname entreprise societe empresa azienda societa bedrijf bedrijfsnaam spolka companyorganization kunde компания 会社名 公司 الشركة',
  country:
    'country countrycode land landcode pays codepays pais paese nazione kraj countryregion laendercode landercode страна 国 国家 البلد',
  timeZone: 'timezone zeitzone fuseauhoraire zonahoraria fusoorario fusohorario tijdzone strefaczasowa',
  language:
    'language lang locale preferredlanguage sprache langue idioma lingua taal jezyk sprak korrespondenzsprache язык 言語 语言 اللغة',
  industry:
    'industry sector vertical branche secteur sectordeactividad industria settore setor bedrijfstak branza branch',
  persona:
    'persona role jobrole jobtitle title position funktion rolle fonction poste cargo puesto ruolo functie stanowisko',
  stage: 'stage lifecyclestage leadstatus status phase etape etapa fase etap stufe',
  segment:
    'segment marketsegment customersegment kundensegment marktsegment segmento segmentodecliente segmentodimercato segmentclient segmentdeclientele companysize unternehmensgroesse tailledentreprise tier',
};

const FIELD_OF = new Map(
  COLUMN_FIELDS.flatMap((field) => NAMES[field].split(' ').map((name) => [name, field] as const)),
);

const plain = (header: string): string =>
  header
    .replaceAll('ł', 'l')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

const isAddress = (cell: string | undefined): boolean => cell !== undefined && typeof parseEmail(cell) !== 'string';

/** The share of rows whose cell in a column is an address. */
function addressShare(rows: readonly CsvRow[], column: number): number {
  return rows.length === 0 ? 0 : rows.filter(({ cells }) => isAddress(cells[column])).length / rows.length;
}

/**
 * Finds the meaning of each column by the names in the first row.
 * The address column is found by its values, whatever its name is.
 * Without any address, `columns.email` stays unset.
 */
export function guessColumns(rows: readonly CsvRow[]): ColumnGuess {
  const [first, ...rest] = rows;
  if (first === undefined) return { columns: {}, hasHeader: false };
  const hasHeader = !first.cells.some(isAddress);
  const columns: ColumnMap = {};
  if (hasHeader) {
    first.cells.forEach((header, column) => {
      const field = FIELD_OF.get(plain(header));
      if (field !== undefined) columns[field] ??= column;
    });
  }
  const email = emailColumn(hasHeader ? rest : rows, first.cells.length, columns.email);
  // What holds the addresses holds nothing else, whatever its name says.
  const others = Object.entries(columns).filter(([, column]) => column !== email);
  return { columns: { ...Object.fromEntries(others), ...(email === undefined ? {} : { email }) }, hasHeader };
}

function emailColumn(rows: readonly CsvRow[], width: number, named: number | undefined): number | undefined {
  let best = named;
  let share = named === undefined ? 0 : addressShare(rows, named);
  // A column named as address stays, unless it has few addresses and another
  // one has many.
  const needed = named === undefined ? 0 : 0.5;
  if (share >= 0.5) return named;
  for (let column = 0; column < width; column += 1) {
    const found = addressShare(rows, column);
    if (found > share && found >= needed) [best, share] = [column, found];
  }
  return best;
}

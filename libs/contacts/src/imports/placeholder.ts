import { withoutEnds } from '../plain-letters.js';
import type { ColumnField } from './csv-columns.js';

/** Errors of a spreadsheet's formula, in English and German. */
const FORMULA_ERROR = /^#(n\/a|name\?|ref!|value!|wert!|bezug!|div\/0!|null!|num!|zahl!|nv|spill!|calc!|[!?#]*)$/;

/** Words that systems and people write into an empty cell. */
const EMPTY_WORDS = new Set(
  [
    'n/a,n.a.,n.a,n / a,not applicable,not available,not provided,not specified,not set,not known,not given,no data,no name,noname',
    'none,(none),nil,null,(null),<null>,\\n,undefined,nan,unknown,unspecified,unnamed,blank,(blank),empty,(empty),missing',
    'tbd,t.b.d.,tba,to be determined,test,testing,test test,asdf,foo,bar,dummy,xxx,xx,x,first name,last name,firstname,lastname,fname,lname',
    'k.a.,k. a.,k.a,keine angabe,keine angaben,nicht angegeben,unbekannt,nicht bekannt,leer,ohne,ohne namen,keine,entfällt,vorname,nachname',
    'inconnu,inconnue,non renseigné,non renseignée,non communiqué,nc,n.c.,aucun,sans,sans nom,néant',
    'desconocido,desconocida,no disponible,no aplica,sin nombre,sin datos,ninguno,sconosciuto,sconosciuta,non disponibile,nessuno',
    'desconhecido,não informado,nao informado,não disponível,sem nome,onbekend,niet bekend,n.v.t.,nvt,geen,nieznany,brak,brak danych',
    'neznámý,neuvedeno,ismeretlen,necunoscut,okänd,saknas,ukjent,ukendt,tuntematon,bilinmiyor,неизвестно,нет,нет данных,не указано,άγνωστο',
    '不明,未知,なし,无,無,없음,غير معروف,לא ידוע',
  ].flatMap((words) => words.split(',')),
);

/** Surnames that look like a placeholder, as people write surnames. */
const SURNAMES = new Set(['Null', 'Nan', 'Nil', 'Blank', 'Bar', 'Ohne', 'Leer', 'Keine', 'Empty', 'Test']);

/**
 * Whether a cell says that it is empty: no letter and no digit, an error of a
 * formula, or a word such as `n/a` or `[not provided]`. "Null" in a column of
 * last names is a name; `NULL` and `null` are not.
 */
export function isPlaceholder(cell: string, field: ColumnField): boolean {
  const text = cell.trim();
  if (text === '') return false;
  if (!/[\p{L}\p{N}]/u.test(text)) return true;
  if (field === 'lastName' && SURNAMES.has(text)) return false;
  const low = text.toLowerCase().replace(/\s+/g, ' ');
  return FORMULA_ERROR.test(low) || EMPTY_WORDS.has(low) || EMPTY_WORDS.has(withoutEnds(low, '])>}', '[(<{'));
}

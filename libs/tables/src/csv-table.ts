import { csvLines } from '#contacts';
import { currencyDigits, localised, moneyText, type UserLanguage } from '#contracts';
import { Texts } from '#kernel';
import de from './texts/tables/de.json' with { type: 'json' };
import en from './texts/tables/en.json' with { type: 'json' };

export const TABLE_TEXTS = new Texts(en, { de });

export type TableColumn = keyof typeof en.columns;

/** A value that programs and readers get in different forms. */
export interface TwoForms {
  readonly forPrograms: string;
  readonly forReaders: (language: UserLanguage) => string;
  readonly isAmount?: boolean;
  /** On a page; absent: as for readers. */
  readonly onPaper?: (language: UserLanguage) => string;
}

export type TableCell = string | number | null | Date | TwoForms;

/** Columns with ids; another column of the same table has the name. */
const IDS: readonly TableColumn[] = ['partnerId', 'campaignId'];

/** Columns with shares of 1. */
const SHARES: readonly TableColumn[] = ['roi', 'rate', 'share', 'own', 'median-from', 'median-to'];

/** Columns that programs have known by another name than their key. */
const PROGRAM_NAMES: Partial<Readonly<Record<TableColumn, string>>> = { metric: 'number' };

const VALUES = { en: en.values, de: de.values };

/** The name of a value in its column; the value itself if it has none. */
export function valueName(language: UserLanguage, column: TableColumn, value: string): string {
  const names: Readonly<Record<string, Readonly<Record<string, string>>>> = VALUES[language];
  return names[column]?.[value] ?? value;
}

const LANGUAGES = ['en', 'de'] as const satisfies readonly UserLanguage[];
const wordsOf = (text: string): string => text.normalize('NFKC').trim().toLocaleLowerCase('en');

/**
 * The value that a table writes by a name in any language, for an import of the
 * table; undefined: no such name.
 */
export function valueNamed(column: TableColumn, name: string): string | undefined {
  const words = wordsOf(name);
  return LANGUAGES.flatMap((language) => {
    const names: Readonly<Record<string, Readonly<Record<string, string>>>> = VALUES[language];
    return Object.entries(names[column] ?? {});
  }).find(([value, written]) => value === words || wordsOf(written) === words)?.[0];
}

/** The names that a table gives a column, for programs and in each language. */
export const columnNames = (column: TableColumn): string[] => [
  column,
  ...LANGUAGES.map((language) => TABLE_TEXTS.in(language).t(`columns.${column}`)),
];

/** Programs read the point, spreadsheets the sign of their language. */
const decimalSign = (language: UserLanguage): string =>
  new Intl.NumberFormat(language).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.';

/**
 * A table as CSV, in one of two forms. Programs get stable keys, ids, instants
 * and `,`. Readers get names in their language, days, and the separator that
 * spreadsheets of that language expect: `;` where the decimal sign is a comma.
 */
export class CsvTable {
  private readonly columns: readonly TableColumn[];

  /** @param language of the reader; undefined: for programs. */
  constructor(
    private readonly allColumns: readonly TableColumn[],
    private readonly language: UserLanguage | undefined,
  ) {
    this.columns = language === undefined ? allColumns : allColumns.filter((column) => !IDS.includes(column));
  }

  /** The row with the names of the columns, after a byte order mark: it tells Excel that the file is UTF-8. */
  heading(): string {
    const { language } = this;
    const { t } = TABLE_TEXTS.in(language ?? 'en');
    const names = this.columns.map((column) =>
      language === undefined ? (PROGRAM_NAMES[column] ?? column) : t(`columns.${column}`),
    );
    return `\ufeff${csvLines([names], this.separator())}`;
  }

  /** Rows whose cells are in the order of all columns, ids too. */
  lines(rows: readonly (readonly TableCell[])[]): string {
    return csvLines(this.shown(rows), this.separator());
  }

  /** For a page: names of the columns, cells as the reader writes them, and which columns have numbers. */
  printed(rows: readonly (readonly TableCell[])[]): PrintedTable {
    const { language = 'en', allColumns } = this;
    const { t } = TABLE_TEXTS.in(language);
    const isShown = allColumns.map((column) => this.columns.includes(column));
    const shown = rows.map((row) => row.filter((_, at) => isShown[at]));
    return {
      headings: this.columns.map((column) => t(`columns.${column}`)),
      rows: shown.map((row) => row.map((cell, at) => this.printedCell(this.columns[at] as TableColumn, cell))),
      isNumber: this.columns.map((_, at) => {
        const cells = shown.map((row) => row[at] ?? null).filter((cell) => cell !== null);
        return cells.length > 0 && cells.every(isNumeric);
      }),
    };
  }

  private printedCell(column: TableColumn, cell: TableCell): string {
    const onPaper = cell === null || typeof cell !== 'object' || cell instanceof Date ? undefined : cell.onPaper;
    if (onPaper !== undefined) return onPaper(this.language ?? 'en');
    if (typeof cell !== 'number') return String(this.text(column, cell) ?? '');
    const isShare = SHARES.includes(column);
    const style = isShare ? ({ style: 'percent', maximumFractionDigits: 1 } as const) : {};
    return new Intl.NumberFormat(this.language ?? 'en', style).format(cell);
  }

  private shown(rows: readonly (readonly TableCell[])[]): (string | number | null)[][] {
    const isShown = this.allColumns.map((column) => this.columns.includes(column));
    return rows.map((row) =>
      row.map((cell, at) => this.text(this.allColumns[at] as TableColumn, cell)).filter((_, at) => isShown[at]),
    );
  }

  private separator(): ',' | ';' {
    return this.language !== undefined && decimalSign(this.language) === ',' ? ';' : ',';
  }

  private text(column: TableColumn, cell: TableCell): string | number | null {
    const { language } = this;
    if (cell === null) return null;
    if (cell instanceof Date) return language === undefined ? cell.toISOString() : readersTime(cell);
    if (typeof cell === 'object') return language === undefined ? cell.forPrograms : cell.forReaders(language);
    return language === undefined || typeof cell === 'number' ? cell : valueName(language, column, cell);
  }
}

interface PrintedTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly isNumber: readonly boolean[];
}

const isNumeric = (cell: Exclude<TableCell, null>): boolean =>
  typeof cell === 'number' || (typeof cell === 'object' && !(cell instanceof Date) && cell.isAmount === true);

/** `2026-11-26 15:04`, in UTC: spreadsheets of every language read it as a time. */
const readersTime = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ');

/** A sentence that the API has in English for a code; readers get it in their language. */
export const sentenceCell = (code: string, english: string): TwoForms => ({
  forPrograms: english,
  forReaders: (language) => {
    const sentence = valueName(language, 'message', code);
    return sentence === code ? english : sentence;
  },
});

interface Amount {
  readonly minorUnits: number;
  readonly currency: string;
}

/** Sums of several currencies: `120000 EUR; 5000 GBP`, for readers `€1,200.00; £50.00`. */
export const amountsCell = (amounts: readonly Amount[]): TwoForms => ({
  forPrograms: amounts.map(({ minorUnits, currency }) => `${minorUnits} ${currency}`).join('; '),
  forReaders: (language) => amounts.map((amount) => moneyText(language, amount)).join('; '),
  isAmount: true,
});

/**
 * An amount in whole units of its currency, as an import reads it: `1234.5`. With
 * three decimals, as of KWD, it gets a fourth: `12.375` may be of thousands. On
 * paper it has all decimals of its currency: `1,234.50`.
 */
export function wholeUnitsCell({ minorUnits, currency }: Amount): TwoForms {
  const digits = currencyDigits(currency);
  const units = minorUnits / 10 ** digits;
  const text = /\.\d{3}$/.test(String(units)) ? `${units}0` : String(units);
  return {
    forPrograms: text,
    forReaders: (language) => text.replace('.', decimalSign(language)),
    onPaper: (language) =>
      new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(units),
    isAmount: true,
  };
}

/**
 * A campaign by its title; readers get it in their language, and a name for what
 * is of no single campaign.
 * @param titles by language.
 */
export const campaignCell = (title: string, titles: Readonly<Record<string, string>> = {}): TwoForms => ({
  forPrograms: title,
  forReaders: (language) => localised(titles, language) || title || TABLE_TEXTS.in(language).t('noCampaign'),
});

/** What programs know by its key, and readers by its name. */
export const namedCell = (key: string, name: string): TwoForms => ({ forPrograms: key, forReaders: () => name || key });

interface Group {
  readonly tiers: readonly string[];
  readonly regions: readonly string[];
  readonly countries: readonly string[];
  readonly isHandPicked: boolean;
}

/** The rule by which a vendor grouped partners; null: those in no group. */
export function groupCell(group: Group | null): TwoForms {
  const text = (language: UserLanguage): string => {
    const { t } = TABLE_TEXTS.in(language);
    if (group === null) return t('groups.none');
    const either = new Intl.ListFormat(language, { type: 'disjunction' });
    const rules = [
      ...(group.tiers.length > 0 ? [t('groups.tier', { names: either.format(group.tiers) })] : []),
      ...(group.regions.length > 0 ? [t('groups.region', { names: either.format(group.regions) })] : []),
      ...(group.countries.length > 0 ? [t('groups.country', { names: either.format(group.countries) })] : []),
      ...(group.isHandPicked ? [t('groups.handPicked')] : []),
    ];
    return rules.length === 0 ? t('groups.all') : rules.join(', ');
  };
  return { forPrograms: text('en'), forReaders: text };
}

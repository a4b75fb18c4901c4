import { csvLines } from '#contacts';
import { localised, type UserLanguage } from '#contracts';
import { Texts } from '#kernel';
import { isAmountText, isMoney, type MoneyCell, moneyOnPaper, rowsByCurrency } from './money-cell.js';
import { isWithheld, type WithheldCell } from './withheld-cell.js';
import de from './texts/tables/de.json' with { type: 'json' };
import en from './texts/tables/en.json' with { type: 'json' };

export const TABLE_TEXTS = new Texts(en, { de });

export type TableColumn = keyof typeof en.columns;

/** A value that programs and readers get in different forms. */
export interface TwoForms {
  readonly forPrograms: string;
  readonly forReaders: (language: UserLanguage) => string;
}

export type TableCell = string | number | null | Date | TwoForms | MoneyCell | WithheldCell;

/** Columns with ids; another column of the same table has the name. */
const IDS: readonly TableColumn[] = ['partnerId', 'campaignId'];

/** Columns with shares of 1. */
const SHARES: readonly TableColumn[] = ['roi', 'rate', 'share', 'own', 'median-from', 'median-to'];

/** Columns that programs have known by another name than their key. */
const PROGRAM_NAMES: Partial<Readonly<Record<TableColumn, string>>> = {
  metric: 'number',
  'people-won': 'won',
  'people-won-margin': 'won-margin',
};

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

  /**
   * Rows whose cells are in the order of all columns, ids too. The cell of `currency` is null: the amounts of the row
   * fill it.
   */
  lines(rows: readonly (readonly TableCell[])[]): string {
    return csvLines(this.shown(rows), this.separator());
  }

  /**
   * For a page: names of the columns, cells as the reader writes them, and which columns have numbers. Amounts have
   * their currency beside them, instead of in a column.
   */
  printed(rows: readonly (readonly TableCell[])[]): PrintedTable {
    const { language = 'en', allColumns } = this;
    const { t } = TABLE_TEXTS.in(language);
    const columns: readonly TableColumn[] = this.columns.filter((column) => column !== 'currency');
    const isShown = allColumns.map((column) => columns.includes(column));
    const shown = rows.map((row) => row.filter((_, at) => isShown[at]));
    return {
      headings: columns.map((column) => t(`columns.${column}`)),
      rows: shown.map((row) => row.map((cell, at) => this.printedCell(columns[at] as TableColumn, cell))),
      isNumber: columns.map((_, at) => {
        const cells = shown.map((row) => row[at] ?? null).filter((cell) => cell !== null && !isWithheld(cell));
        return cells.length > 0 && cells.every((cell) => typeof cell === 'number' || isMoney(cell));
      }),
    };
  }

  private printedCell(column: TableColumn, cell: TableCell): string {
    const { language = 'en' } = this;
    if (isMoney(cell)) return moneyOnPaper(cell, language);
    if (typeof cell !== 'number') return String(this.text(column, cell) ?? '');
    const isShare = SHARES.includes(column);
    const style = isShare ? ({ style: 'percent', maximumFractionDigits: 1 } as const) : {};
    return new Intl.NumberFormat(language, style).format(cell);
  }

  private shown(rows: readonly (readonly TableCell[])[]): (string | number | null)[][] {
    const isShown = this.allColumns.map((column) => this.columns.includes(column));
    return rows
      .flatMap((row) => rowsByCurrency(this.allColumns, row))
      .map((row) =>
        row
          .map((cell, at) =>
            isAmountText(cell) ? this.amountText(cell.amount) : this.text(this.allColumns[at] as TableColumn, cell),
          )
          .filter((_, at) => isShown[at]),
      );
  }

  /** Spreadsheets of a reader take a point for the one of a date where their decimal sign is a comma. */
  private amountText(amount: string): string {
    return this.language === undefined ? amount : amount.replace('.', decimalSign(this.language));
  }

  private separator(): ',' | ';' {
    return this.language !== undefined && decimalSign(this.language) === ',' ? ';' : ',';
  }

  private text(column: TableColumn, cell: Exclude<TableCell, MoneyCell>): string | number | null {
    const { language } = this;
    if (cell === null) return null;
    if (cell instanceof Date) return language === undefined ? cell.toISOString() : readersTime(cell);
    if (isWithheld(cell)) {
      const { withheld } = cell;
      return language === undefined ? withheld : TABLE_TEXTS.in(language).t(`withheld.${withheld}`);
    }
    if (typeof cell === 'object') return language === undefined ? cell.forPrograms : cell.forReaders(language);
    return language === undefined || typeof cell === 'number' ? cell : valueName(language, column, cell);
  }
}

interface PrintedTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly isNumber: readonly boolean[];
}

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

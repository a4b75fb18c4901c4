import { dateIn, dayOrderOf, type ListTable } from '#contacts';
import {
  type Amount,
  type ChangeDeal,
  DealStage,
  type DealRowFault,
  idSchema,
  LostReason,
  MAX_DEAL,
  MAX_PRODUCTS,
  PRODUCT_LENGTH,
} from '#contracts';
import type { DealId } from '#kernel';
import type { ImportedDeal } from '#leads';
import { valueNamed } from '#tables';
import { amountIn } from '../http/table-amounts.js';
import { columnsNamed, givenFields, namesInTables, withoutForeignIds } from '../http/table-columns.js';
import { decimalSignOf, type DecimalSign, keyOf } from '../http/table-numbers.js';

/** Deals of a table, and headings that mean nothing here. */
export interface TableOfDeals {
  readonly rows: readonly ImportedDeal[];
  readonly ignoredColumns: readonly string[];
}

type Column = keyof typeof NAMES;

/** Names of columns in small letters and digits alone, also those that the table of deals has. */
const NAMES = {
  externalId: [
    'externalid',
    'externeid',
    'dealid',
    'opportunityid',
    'number',
    'nummer',
    'id',
    'dealnumber',
    'geschaftsnummer',
  ],
  /** Of the table of deals, beside `externalId`. */
  ownId: ['id'],
  email: ['email', 'emailaddress', 'mail', 'emailadresse', 'contact', 'kontakt', 'contactemail'],
  stage: ['stage', 'status', 'phase', 'stufe'],
  amount: ['amount', 'value', 'betrag', 'wert', 'volume', 'volumen'],
  currency: ['currency', 'wahrung', 'currencycode'],
  expectedOn: [
    'expectedon',
    'expectedclose',
    'expectedclosedate',
    'expected',
    'erwartetam',
    'erwartet',
    'decisionexpected',
    ...namesInTables('expectedOn'),
  ],
  closedOn: [
    'closedon',
    'closedate',
    'closed',
    'abgeschlossenam',
    'abschluss',
    'geschlossenam',
    'decidedon',
    ...namesInTables('closedOn'),
  ],
  products: ['products', 'product', 'produkte', 'produkt'],
  lostReason: ['lostreason', 'reason', 'verlustgrund', 'grund', ...namesInTables('lostReason')],
} as const satisfies Record<string, readonly string[]>;

/** Stages by the words of common CRMs, as `keyOf` writes them. */
const STAGES: Readonly<Record<string, DealStage>> = {
  open: 'qualified',
  offen: 'qualified',
  qualifiziert: 'qualified',
  qualification: 'qualified',
  angebot: 'proposal',
  quote: 'proposal',
  verhandlung: 'negotiation',
  closedwon: 'won',
  gewonnen: 'won',
  closedlost: 'lost',
  verloren: 'lost',
};

/**
 * Reads a table whose headings are names of fields. An empty cell changes nothing.
 * Amounts are in whole units of the currency: `1,234.50`.
 */
export function dealsOfTable({ headings, decimalSign, rows }: ListTable): TableOfDeals {
  const columns = withoutForeignIds(columnsNamed(NAMES, headings), 'ownId', rows);
  const place = (column: Column): number => columns.indexOf(column);
  const cells = (column: Column): string[] => rows.map((row) => row.cells[place(column)] ?? '');
  const readers: Readers = {
    sign: decimalSign ?? decimalSignOf(cells('amount')),
    expectedOn: dayOrderOf(cells('expectedOn')),
    closedOn: dayOrderOf(cells('closedOn')),
  };
  return {
    rows: rows.map(({ number, cells: row }) =>
      dealOfRow(number, (column) => row[place(column)]?.trim() ?? '', readers),
    ),
    ignoredColumns: headings.filter((heading, at) => columns[at] === null && heading !== ''),
  };
}

/** What the cells of a column decide together. */
interface Readers {
  readonly sign: DecimalSign | null;
  readonly expectedOn: ReturnType<typeof dayOrderOf>;
  readonly closedOn: ReturnType<typeof dayOrderOf>;
}

function dealOfRow(line: number, cell: (column: Column) => string, readers: Readers): ImportedDeal {
  const faults: ImportedDeal['faults'][number][] = [];
  const read = <Value>(column: Column, valueOf: (text: string) => Value | undefined): Value | undefined => {
    const text = cell(column);
    if (text === '') return undefined;
    const value = valueOf(text);
    if (value === undefined) faults.push(fault('value-invalid', column, text));
    return value;
  };
  const amountOf = (text: string): Amount | undefined => {
    if (text === '') return undefined;
    const amount = amountIn(text, cell('currency'), readers.sign, MAX_DEAL);
    if (!('reason' in amount)) return amount;
    faults.push(amount);
    return undefined;
  };
  const fields = {
    stage: read('stage', stageNamed),
    amount: amountOf(cell('amount')),
    expectedOn: read('expectedOn', (text) => dayIn(text, readers.expectedOn)),
    closedOn: read('closedOn', (text) => dayIn(text, readers.closedOn)),
    products: read('products', productsIn),
    lostReason: read('lostReason', lostReasonNamed),
  };
  const externalId = cell('externalId');
  if (externalId.length > 100) faults.push(fault('value-invalid', 'externalId', externalId));
  const email = cell('email');
  return {
    line,
    id: idSchema<DealId>().safeParse(cell('ownId')).data ?? null,
    externalId,
    email: email === '' ? null : email,
    change: givenFields<ChangeDeal>(fields),
    faults,
  };
}

const fault = (reason: DealRowFault, field: string, value: string) => ({ reason, field, value });

const stageNamed = (text: string): DealStage | undefined =>
  DealStage.safeParse(valueNamed('stage', text)).data ?? STAGES[keyOf(text)];

const lostReasonNamed = (text: string): LostReason | undefined =>
  LostReason.safeParse(valueNamed('lostReason', text) ?? text.toLowerCase().replaceAll(' ', '-')).data;

function dayIn(text: string, order: Readers['closedOn']): string | undefined {
  const read = dateIn(text, order);
  return 'value' in read ? read.value : undefined;
}

function productsIn(text: string): string[] | undefined {
  // With a bar, a semicolon belongs to a name, and so does `\|`: the table of deals writes them so.
  const products = text
    .split(text.includes('|') ? /(?<!\\)\|/ : ';')
    .map((product) => product.trim().replaceAll('\\|', '|'))
    .filter((product) => product !== '');
  return products.length <= MAX_PRODUCTS && products.every(({ length }) => length <= PRODUCT_LENGTH)
    ? products
    : undefined;
}

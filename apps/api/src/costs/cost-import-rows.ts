import { dateIn, dayOrderOf, type ListTable } from '#contacts';
import { type Amount, type ChangeCost, COST_TACTICS, idSchema, MAX_COST } from '#contracts';
import type { CostFault, CostId, ImportedCost } from '#insight';
import { valueNamed } from '#tables';
import { amountIn } from '../http/table-amounts.js';
import { columnsNamed, givenFields, withoutForeignIds } from '../http/table-columns.js';
import { decimalSignOf, type DecimalSign, keyOf } from '../http/table-numbers.js';

/** Costs of a table, and headings that mean nothing here. */
export interface TableOfCosts {
  readonly rows: readonly ImportedCost[];
  readonly ignoredColumns: readonly string[];
}

type Column = keyof typeof NAMES;

/** Names of columns in small letters and digits alone. */
const NAMES = {
  reference: [
    'reference',
    'referenz',
    'invoice',
    'invoicenumber',
    'rechnungsnummer',
    'rechnung',
    'number',
    'nummer',
    'id',
  ],
  /** Of the table of costs, beside `reference`. */
  ownId: ['id'],
  description: ['description', 'beschreibung', 'text', 'what', 'was', 'zweck'],
  amount: ['amount', 'cost', 'costs', 'betrag', 'kosten', 'value', 'wert'],
  currency: ['currency', 'wahrung', 'currencycode'],
  from: ['from', 'firstday', 'date', 'day', 'von', 'erstertag', 'datum', 'tag', 'start'],
  to: ['to', 'lastday', 'bis', 'letztertag', 'ende', 'end'],
  campaign: ['campaign', 'kampagne'],
  campaignId: ['campaignid', 'kampagnenid'],
  partner: ['partner'],
  partnerId: ['partnerid'],
  tactic: ['tactic', 'taktik', 'kind', 'art'],
} as const satisfies Record<string, readonly string[]>;

/**
 * Reads a table whose headings are names of fields. An empty cell of a known
 * cost changes nothing. Amounts are in whole units of the currency: `1,234.50`.
 */
export function costsOfTable({ headings, decimalSign, rows }: ListTable): TableOfCosts {
  const columns = withoutForeignIds(columnsNamed(NAMES, headings), 'ownId', rows);
  const place = (column: Column): number => columns.indexOf(column);
  const cells = (column: Column): string[] => rows.map((row) => row.cells[place(column)] ?? '');
  const readers: Readers = {
    sign: decimalSign ?? decimalSignOf(cells('amount')),
    days: dayOrderOf([...cells('from'), ...cells('to')]),
  };
  return {
    rows: rows.map(({ number, cells: row }) =>
      costOfRow(number, (column) => row[place(column)]?.trim() ?? '', readers),
    ),
    ignoredColumns: headings.filter((heading, at) => columns[at] === null && heading !== ''),
  };
}

/** What the cells of a column decide together. */
interface Readers {
  readonly sign: DecimalSign | null;
  readonly days: ReturnType<typeof dayOrderOf>;
}

function costOfRow(line: number, cell: (column: Column) => string, { sign, days }: Readers): ImportedCost {
  const faults: CostFault[] = [];
  const read = <Value>(column: Column, valueOf: (text: string) => Value | undefined): Value | undefined => {
    const text = cell(column);
    if (text === '') return undefined;
    const value = valueOf(text);
    if (value === undefined) faults.push({ reason: 'value-invalid', field: column, value: text });
    return value;
  };
  const dayIn = (text: string): string | undefined => {
    const found = dateIn(text, days);
    return 'value' in found ? found.value : undefined;
  };
  const amountOf = (text: string): Amount | undefined => {
    if (text === '') return undefined;
    const amount = amountIn(text, cell('currency'), sign, MAX_COST);
    if (!('reason' in amount) && amount.minorUnits > 0) return amount;
    faults.push('reason' in amount ? amount : { reason: 'value-invalid', field: 'amount', value: text });
    return undefined;
  };
  const fields = {
    description: read('description', (text) => (text.length <= 200 ? text : undefined)),
    amount: amountOf(cell('amount')),
    from: read('from', dayIn),
    to: read('to', dayIn),
    tactic: read('tactic', (text) =>
      COST_TACTICS.find((tactic) => tactic === (valueNamed('tactic', text) ?? keyOf(text))),
    ),
  };
  const reference = cell('reference');
  if (reference.length > 100) faults.push({ reason: 'value-invalid', field: 'reference', value: reference });
  // By the id if there is one: several campaigns can have one title.
  const named = (...columns: Column[]): string | undefined => columns.map(cell).find((text) => text !== '');
  return {
    line,
    id: idSchema<CostId>().safeParse(cell('ownId')).data ?? null,
    reference,
    change: givenFields<ChangeCost>(fields),
    campaign: named('campaignId', 'campaign'),
    partner: named('partnerId', 'partner'),
    faults,
  };
}

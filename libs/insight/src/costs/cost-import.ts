import type { Amount, ChangeCost, CostChoices, CostField, CostRowFault, NewCost } from '#contracts';
import { DomainError, groupBy, type OrganisationId } from '#kernel';
import { changedCost, changedCostFields, type Cost, type CostId, newCost } from './cost.js';

/** A cost as a file has it. What is absent stays as it is. */
export interface ImportedCost {
  /** Row of the spreadsheet. */
  readonly line: number;
  /** Of the cost itself, as its table has it: the row may give that cost another reference. */
  readonly id?: CostId | null;
  /** Empty: none. */
  readonly reference: string;
  readonly change: Omit<ChangeCost, 'reference' | 'campaignId' | 'partnerId'>;
  /** Title or id; undefined: no such cell. */
  readonly campaign: string | undefined;
  /** Name or id; undefined: no such cell. */
  readonly partner: string | undefined;
  /** What could not be read. */
  readonly faults: readonly CostFault[];
}

/** Why a row is refused. */
export interface CostFault {
  readonly reason: CostRowFault;
  readonly field: string;
  readonly value: string;
  /** Of an amount that is too large: the largest. */
  readonly most?: Amount;
  /** Of an amount with more decimals than its currency: how many that has. */
  readonly decimals?: number;
}

/** What an import knows before it begins. */
export interface CostImportContext extends Omit<CostChoices, 'currencies'> {
  readonly ownerId: OrganisationId;
  readonly byReference: ReadonlyMap<string, Cost>;
  readonly byId: ReadonlyMap<CostId, Cost>;
  /** Those without a reference that rows may be about. */
  readonly withoutReference: readonly Cost[];
}

/** What an import does with a row. */
export interface PlannedCost {
  readonly row: ImportedCost;
  readonly outcome: 'new' | 'changed' | 'unchanged' | 'refused';
  /** The known cost; null: a new or refused row. */
  readonly before: Cost | null;
  /** Null: refused. A new one has no id yet. */
  readonly after: Cost | null;
  readonly changes: readonly CostField[];
  readonly faults: readonly CostFault[];
}

/** What an import does, or did. */
export interface PlannedCosts {
  readonly rows: readonly PlannedCost[];
  /** The same for the same rows while nothing else changes. */
  readonly version: string;
}

/**
 * What an import would do with each row. A row is about the cost with its
 * reference, or else with its id. Without both it is about an equal cost without a reference, each of
 * which is met once; or else it adds a cost.
 */
export function planCosts(rows: readonly ImportedCost[], context: CostImportContext): PlannedCost[] {
  const seen = new Set<string>();
  // A list of 5,000 rows in a programme of 2,000 partners would compare ten million names.
  const purposes = {
    campaign: idsOf(context.campaigns.map(({ id, titles }) => ({ id, names: Object.values(titles) }))),
    partner: idsOf(context.partners.map(({ id, name }) => ({ id, names: [name] }))),
  };
  const named = new Set(rows.flatMap((row) => knownOf(row, context)?.id ?? []));
  const unmet = groupBy(
    context.withoutReference.filter(({ id }) => !named.has(id)),
    ({ description }) => description,
  );
  return rows.map((row) => {
    const known = knownOf(row, context);
    if (row.reference === '' && known === null) return planWithoutReference(row, context, purposes, unmet);
    // A reference that one row gives to a cost cannot be that of another row.
    const keys = [
      ...(known === null ? [] : [`id ${known.id}`]),
      ...(row.reference === '' ? [] : [`reference ${row.reference}`]),
    ];
    const isRepeated = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    const planned = planRow(row, context, purposes);
    const value = row.reference || (known?.id ?? '');
    return isRepeated ? refused(row, [...planned.faults, { reason: 'repeated', field: 'reference', value }]) : planned;
  });
}

function knownOf({ reference, id }: ImportedCost, { byReference, byId }: CostImportContext): Cost | null {
  return byReference.get(reference) ?? (id == null ? undefined : byId.get(id)) ?? null;
}

type Purposes = Readonly<Record<'campaign' | 'partner', IdsByName>>;

function planWithoutReference(
  row: ImportedCost,
  context: CostImportContext,
  purposes: Purposes,
  unmet: Map<string, Cost[]>,
): PlannedCost {
  const alike = unmet.get(row.change.description ?? '') ?? [];
  const isWhole = row.faults.length === 0 && missingFaults(row, null).length === 0;
  const at = alike.findIndex((cost) => {
    const { change, faults } = changeOf(row, cost, purposes);
    const added = !isWhole || faults.length > 0 ? null : tryChange(null, change, context.ownerId);
    return added !== null && changedCostFields(cost, added).length === 0;
  });
  const [known] = at < 0 ? [] : alike.splice(at, 1);
  if (known === undefined) return planRow(row, context, purposes);
  return { row, outcome: 'unchanged', before: known, after: known, changes: [], faults: [] };
}

function planRow(row: ImportedCost, context: CostImportContext, purposes: Purposes): PlannedCost {
  const before = knownOf(row, context);
  const { change, faults: unread } = changeOf(row, before, purposes);
  const faults = [...row.faults, ...missingFaults(row, before), ...unread];
  if (before !== null && row.id != null && before.id !== row.id && context.byId.has(row.id))
    faults.push({ reason: 'reference-taken', field: 'reference', value: row.reference });
  if (faults.length > 0) return refused(row, faults);
  const after = tryChange(before, change, context.ownerId);
  if (after === null) return refused(row, [{ reason: 'period', field: 'to', value: change.to ?? '' }]);
  const changes = before === null ? [] : changedCostFields(before, after);
  const outcome = before === null ? 'new' : changes.length === 0 ? 'unchanged' : 'changed';
  return { row, outcome, before, after, changes, faults: [] };
}

/** What a row says of a cost. A name that several things have is that of the known cost, if it is among them. */
function changeOf(
  row: ImportedCost,
  before: Cost | null,
  purposes: Purposes,
): { readonly change: ChangeCost; readonly faults: readonly CostFault[] } {
  const campaignId = named(row.campaign, purposes.campaign, before?.campaignId);
  const partnerId = named(row.partner, purposes.partner, before?.partnerId);
  const faults: CostFault[] = [];
  if (row.campaign !== undefined && campaignId === undefined)
    faults.push({ reason: 'campaign-unknown', field: 'campaign', value: row.campaign });
  if (row.partner !== undefined && partnerId === undefined)
    faults.push({ reason: 'partner-unknown', field: 'partner', value: row.partner });
  const change = {
    ...row.change,
    ...(row.reference === '' ? {} : { reference: row.reference }),
    ...(campaignId === undefined ? {} : { campaignId }),
    ...(partnerId === undefined ? {} : { partnerId }),
  };
  return { change, faults };
}

interface Named {
  readonly id: string;
  readonly names: readonly string[];
}

/** By id and by name, in lower case; several things may have one name. */
type IdsByName = ReadonlyMap<string, ReadonlySet<string>>;

function idsOf(known: readonly Named[]): IdsByName {
  const ids = new Map<string, Set<string>>();
  for (const { id, names } of known)
    for (const name of [id, ...names]) {
      const key = name.toLocaleLowerCase('en');
      ids.set(key, (ids.get(key) ?? new Set()).add(id));
    }
  return ids;
}

/**
 * The id of what a cell names; undefined: no cell, or it names nothing or several.
 * @param present the one that the known cost has.
 */
function named(cell: string | undefined, known: IdsByName, present: string | null | undefined): string | undefined {
  if (cell === undefined) return undefined;
  const ids = known.get(cell.toLocaleLowerCase('en')) ?? new Set<string>();
  if (present != null && ids.has(present)) return present;
  const [id, ...others] = ids;
  return others.length === 0 ? id : undefined;
}

function missingFaults({ change, faults }: ImportedCost, before: Cost | null): CostFault[] {
  const needed = before === null ? (['description', 'amount', 'from'] as const) : [];
  // An amount without a currency has its own fault.
  const isRead = (field: string): boolean =>
    !faults.some((fault) => fault.field === field || (field === 'amount' && fault.field === 'currency'));
  return needed
    .filter((field) => change[field] === undefined && isRead(field))
    .map((field) => ({ reason: 'missing', field, value: '' }));
}

/** Null: the period is not possible. */
function tryChange(before: Cost | null, change: ChangeCost, ownerId: OrganisationId): Cost | null {
  try {
    // A file with one day for a cost of several days moves its end, too.
    const to =
      change.to ??
      (before !== null && change.from !== undefined && before.from === before.to ? change.from : undefined);
    return before === null
      ? newCost({ id: '' as CostId, ownerId }, change as NewCost)
      : changedCost(before, { ...change, to });
  } catch (error) {
    if (error instanceof DomainError && error.code === 'cost.period') return null;
    throw error;
  }
}

const refused = (row: ImportedCost, faults: readonly CostFault[]): PlannedCost => ({
  row,
  outcome: 'refused',
  before: null,
  after: null,
  changes: [],
  faults,
});

import {
  type AttributeValue,
  MAX_ATTRIBUTE_TEXT,
  parseEmail,
  type RowFaultReason,
  type UserLanguage,
} from '#contracts';
import { countryOf, type PartnerAttributeId, type PartnerId } from '#kernel';
import { nameProblem } from '#rendering';
import type { MembershipStatus } from './membership.js';
import { columnsOf, type PartnerAttribute, valueFault } from './partner-attribute.js';
import { traitKey } from './trait-key.js';

/** Fields of an imported partner that are texts. */
export type ImportField = 'partnerId' | 'externalId' | 'organisationName' | 'email' | 'countryCode' | 'tier' | 'region';

/** A partner as a file or a program has it. What is absent stays as it is. */
export type ImportedPartner = Readonly<Partial<Record<ImportField, string | undefined>>> & {
  /** Row of the spreadsheet, or place in the list, from 1. */
  readonly line: number;
  /** Of the invitation; absent: that of the country. */
  readonly language?: UserLanguage | undefined;
  /** Null takes a value away. */
  readonly attributes: ReadonlyMap<PartnerAttributeId, AttributeValue | null>;
  /** What could not be read. */
  readonly faults?: readonly RowFault[];
};

/** Why a row is refused. */
export interface RowFault {
  readonly reason: RowFaultReason;
  /** A field, or the name of an attribute. */
  readonly field: string;
  readonly value: string;
  /** The row that has it too; null: no row has. */
  readonly otherLine: number | null;
}

/** A partner of the vendor before the import. */
export interface KnownPartner {
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly tier: string;
  readonly region: string;
  readonly externalId: string | null;
  readonly status: MembershipStatus;
  readonly values: ReadonlyMap<PartnerAttributeId, AttributeValue>;
}

export interface FieldChange {
  readonly field: 'tier' | 'region' | 'externalId' | 'attribute';
  /** Null: it is no attribute. */
  readonly attributeId: PartnerAttributeId | null;
  readonly before: AttributeValue | null;
  readonly after: AttributeValue | null;
}

/** What an import does with a row. */
export type PlannedRow = { readonly line: number; readonly name: string } & (
  | { readonly outcome: 'new'; readonly partner: NewcomerFields; readonly changes: readonly FieldChange[] }
  | { readonly outcome: 'changed'; readonly partnerId: PartnerId; readonly changes: readonly FieldChange[] }
  | { readonly outcome: 'unchanged'; readonly partnerId: PartnerId }
  | { readonly outcome: 'refused'; readonly faults: readonly RowFault[] }
);

/** What an invitation needs. */
interface NewcomerFields {
  readonly organisationName: string;
  readonly email: string;
  readonly countryCode: string;
  readonly tier: string;
  readonly region: string;
  readonly externalId: string | null;
}

export interface ImportContext {
  readonly partners: readonly KnownPartner[];
  /** Partners by the address of an invitation of the vendor, in lower case. */
  readonly byEmail: ReadonlyMap<string, PartnerId>;
  readonly attributes: ReadonlyMap<PartnerAttributeId, PartnerAttribute>;
  /** Rules decide the tiers of active partners. */
  readonly hasTiersByRule: boolean;
}

const NEEDED = ['organisationName', 'email', 'countryCode', 'tier', 'region'] as const;
const LENGTHS: Readonly<Partial<Record<ImportField, number>>> = { externalId: 100, tier: 60, region: 60 };
const NAME_CHARACTERS = 120;

/**
 * What an import would do with each row, without doing it. A row is about the
 * partner that its `partnerId` names, else its external id, else its address,
 * else its name if one partner alone has it. Name, address and country of a
 * known partner are the partner's own and are not changed.
 */
export function planImport(rows: readonly ImportedPartner[], context: ImportContext): PlannedRow[] {
  const find = finder(context);
  const seen = new Map<string, number>();
  const externalIds = new Map(
    context.partners.flatMap(({ externalId, partnerId }) => (externalId === null ? [] : [[externalId, partnerId]])),
  );
  return rows.map((row) => {
    const known = row.partnerId === undefined ? find(row) : find.byId(row.partnerId);
    const name = known?.name ?? row.organisationName ?? row.externalId ?? row.email ?? '';
    const faults = [
      ...(row.faults ?? []),
      ...valueFaults(row, context),
      ...(row.partnerId !== undefined && known === undefined
        ? [fault('partner-unknown', 'partnerId', row.partnerId)]
        : []),
      ...(known === undefined && row.partnerId === undefined ? newcomerFaults(row, context) : []),
      ...(known?.status === 'ended' ? [fault('partner-left', 'organisationName', known.name)] : []),
      ...tierFaults(row, known, context),
      ...repeatFaults(row, known, seen),
      ...idFaults(row, known, externalIds),
    ];
    if (faults.length > 0) return { line: row.line, name, outcome: 'refused', faults };
    const changes = changesOf(row, known, context);
    if (known === undefined) return { line: row.line, name, outcome: 'new', partner: newcomerOf(row), changes };
    const about = { line: row.line, name, partnerId: known.partnerId };
    return changes.length === 0 ? { ...about, outcome: 'unchanged' } : { ...about, outcome: 'changed', changes };
  });
}

function fault(reason: RowFault['reason'], field: string, value = '', otherLine: number | null = null): RowFault {
  return { reason, field, value, otherLine };
}

/** Finds the partner that a row is about. */
function finder({ partners, byEmail }: ImportContext) {
  const byId = new Map<string, KnownPartner>(partners.map((one) => [one.partnerId, one]));
  const byExternalId = new Map(partners.map((one) => [one.externalId, one]));
  const byName = new Map<string, KnownPartner | null>();
  for (const one of partners) byName.set(traitKey(one.name), byName.has(traitKey(one.name)) ? null : one);
  const find = ({ externalId, email, organisationName }: ImportedPartner): KnownPartner | undefined => {
    const exact = externalId === undefined ? undefined : byExternalId.get(externalId);
    const address = email === undefined ? undefined : byEmail.get(email.trim().toLowerCase());
    const similar = (address && byId.get(address)) ?? byName.get(traitKey(organisationName ?? '')) ?? undefined;
    // A partner with another external id is another company, of the same name or address.
    const isOther = externalId !== undefined && similar?.externalId != null;
    return exact ?? (isOther ? undefined : similar);
  };
  return Object.assign(find, { byId: (id: string) => byId.get(id) });
}

function newcomerFaults(row: ImportedPartner, { byEmail }: ImportContext): RowFault[] {
  const { countryCode, email, organisationName } = row;
  const isUnread = (field: string): boolean => (row.faults ?? []).some((one) => one.field === field);
  const missing = NEEDED.filter((field) => row[field] === undefined && !isUnread(field)).map((field) =>
    fault('missing', field),
  );
  return [
    ...missing,
    ...(countryCode !== undefined && countryOf(countryCode) !== countryCode
      ? [fault('country-unknown', 'countryCode', countryCode)]
      : []),
    ...(email !== undefined && typeof parseEmail(email) === 'string' ? [fault('address-invalid', 'email', email)] : []),
    ...(email !== undefined && byEmail.has(email.trim().toLowerCase()) ? [fault('address-taken', 'email', email)] : []),
    ...(organisationName !== undefined && nameProblem('organisationName', organisationName, NAME_CHARACTERS) !== null
      ? [fault('name-unusable', 'organisationName', organisationName)]
      : []),
  ];
}

function valueFaults(row: ImportedPartner, { attributes }: ImportContext): RowFault[] {
  const tooLong = (Object.entries(LENGTHS) as [ImportField, number][]).flatMap(([field, most]) =>
    (row[field]?.length ?? 0) > most ? [fault('too-long', field, row[field])] : [],
  );
  const values = [...row.attributes].flatMap(([id, value]) => {
    const attribute = attributes.get(id);
    if (attribute === undefined) return [fault('attribute-unknown', id)];
    if (attribute.owner === 'partner') return [fault('kept-by-partner', attribute.name)];
    if (isLong(value)) return [fault('too-long', attribute.name)];
    return value !== null && valueFault(attribute, value) !== null
      ? [fault('value-invalid', attribute.name, Array.isArray(value) ? value.join(', ') : JSON.stringify(value))]
      : [];
  });
  return [...tooLong, ...values];
}

/** As the contract: a file has longer cells. */
function isLong(value: AttributeValue | null): boolean {
  const text = typeof value === 'object' && value !== null && 'number' in value ? value.number : value;
  return typeof text === 'string' && text.length > MAX_ATTRIBUTE_TEXT;
}

/** A second row about the same partner, external id or address. */
function repeatFaults(row: ImportedPartner, known: KnownPartner | undefined, seen: Map<string, number>): RowFault[] {
  const marks: [string, string, string][] = [];
  if (known !== undefined) marks.push([`partner ${known.partnerId}`, 'organisationName', known.name]);
  if (row.externalId !== undefined) marks.push([`id ${row.externalId}`, 'externalId', row.externalId]);
  if (row.email !== undefined && known === undefined)
    marks.push([`address ${row.email.trim().toLowerCase()}`, 'email', row.email]);
  const repeated = marks.find(([mark]) => seen.has(mark));
  for (const [mark] of marks) if (!seen.has(mark)) seen.set(mark, row.line);
  if (repeated === undefined) return [];
  const [mark, field, value] = repeated;
  return [fault('repeated', field, value, seen.get(mark) ?? null)];
}

function idFaults(
  { externalId }: ImportedPartner,
  known: KnownPartner | undefined,
  taken: ReadonlyMap<string | PartnerId, string | PartnerId>,
): RowFault[] {
  if (externalId === undefined) return [];
  const owner = taken.get(externalId);
  return owner !== undefined && owner !== known?.partnerId
    ? [fault('external-id-taken', 'externalId', externalId)]
    : [];
}

function tierFaults(
  { tier }: ImportedPartner,
  known: KnownPartner | undefined,
  { hasTiersByRule }: ImportContext,
): RowFault[] {
  if (!hasTiersByRule || tier === undefined || known?.status !== 'active' || known.tier === tier) return [];
  return [fault('tier-by-rule', 'tier', tier)];
}

function newcomerOf(row: ImportedPartner): NewcomerFields {
  const { organisationName = '', email = '', countryCode = '', tier = '', region = '', externalId = null } = row;
  return { organisationName, email, countryCode, tier, region, externalId };
}

const isSame = (attribute: PartnerAttribute, one: AttributeValue | null, other: AttributeValue | null): boolean =>
  one === null || other === null
    ? one === other
    : JSON.stringify(columnsOf(attribute, one)) === JSON.stringify(columnsOf(attribute, other));

/** @param known undefined: a new partner, of which only attributes are changes. */
function changesOf(
  row: ImportedPartner,
  known: KnownPartner | undefined,
  { attributes }: ImportContext,
): FieldChange[] {
  const fields =
    known === undefined
      ? []
      : (['tier', 'region', 'externalId'] as const).flatMap((field) => {
          const after = row[field];
          return after === undefined || after === known[field]
            ? []
            : [{ field, attributeId: null, before: known[field], after }];
        });
  const values = [...row.attributes].flatMap(([id, after]): FieldChange[] => {
    const attribute = attributes.get(id);
    const before = known?.values.get(id) ?? null;
    return attribute === undefined || isSame(attribute, before, after)
      ? []
      : [{ field: 'attribute', attributeId: id, before, after }];
  });
  return [...fields, ...values];
}

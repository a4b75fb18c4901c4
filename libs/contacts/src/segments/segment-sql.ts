import type { ContactTextField, SegmentCondition, SegmentRule } from '#contracts';
import { type ContactId, DAY_MS, type PartnerId } from '#kernel';

/** Whose contacts a rule is asked of. */
export interface SegmentScope {
  readonly partnerId: PartnerId;
  /** Instants and days of the rule are counted from it. */
  readonly now: Date;
  /** Contacts to look at; null: all of the partner. */
  readonly only: readonly ContactId[] | null;
}

/** A condition on rows of `contacts.contact c`, and its parameters from `$1` on. */
export interface SegmentSql {
  readonly where: string;
  readonly parameters: readonly unknown[];
}

/** The only columns that a rule can name. */
const COLUMNS: Readonly<Record<ContactTextField, string>> = {
  firstName: 'c.first_name',
  lastName: 'c.last_name',
  salutation: 'c.salutation',
  company: 'c.company',
  phone: 'c.phone',
  country: 'c.country',
  timeZone: 'c.time_zone',
  language: 'c.language',
  industry: 'c.industry',
  persona: 'c.persona',
  stage: 'c.stage',
  segment: 'c.segment',
};

/** As `search_text` of a contact: with the C locale, `lower` knows ASCII only. */
const lower = (text: string): string => `lower(${text} COLLATE "pg_c_utf8")`;

const STATED = `c.consent_basis NOT IN ('unknown', 'pending')`;

/**
 * Compiles a rule to SQL. Every value is a parameter, and every name comes from
 * a table of this file: nothing that a user writes becomes part of the text.
 * The contacts to look at also narrow what is read of their acts and leads.
 */
export function segmentSql({ match, conditions }: SegmentRule, { partnerId, now, only }: SegmentScope): SegmentSql {
  const parameters: unknown[] = [partnerId, only];
  const bind = (value: unknown, type: string): string => `$${parameters.push(value)}::${type}`;
  const since = (days: number | null): string =>
    bind(days === null ? null : new Date(now.getTime() - days * DAY_MS), 'timestamptz');
  const parts = conditions.map((condition) => {
    const holds = conditionSql(condition, { bind, since, now });
    // An unknown field is not equal to anything, so `not` holds for it.
    return condition.not ? `(${holds}) IS NOT TRUE` : `(${holds})`;
  });
  return {
    where: `c.partner_id = $1 AND ($2::uuid[] IS NULL OR c.id = ANY ($2)) AND (${parts.join(match === 'all' ? ' AND ' : ' OR ')})`,
    parameters,
  };
}

interface Binding {
  readonly bind: (value: unknown, type: string) => string;
  readonly since: (days: number | null) => string;
  readonly now: Date;
}

function conditionSql(condition: SegmentCondition, { bind, since, now }: Binding): string {
  switch (condition.on) {
    case 'field':
      return fieldSql(
        condition.field,
        bind(
          condition.is.map((value) => value.toLowerCase()),
          'text[]',
        ),
      );
    case 'field-contains':
      return `strpos(${lower(COLUMNS[condition.field])}, ${bind(condition.text.toLowerCase(), 'text')}) > 0`;
    case 'field-known':
      return `${COLUMNS[condition.field]} IS NOT NULL`;
    case 'consent': {
      const today = `(${bind(now, 'timestamptz')} AT TIME ZONE 'UTC')::date`;
      // An expiry is the last day (UTC) on which a basis holds.
      const state = `CASE WHEN NOT ${STATED} THEN c.consent_basis WHEN c.consent_expires_on < ${today} THEN 'expired' ELSE 'recorded' END`;
      return `${state} = ANY (${bind(condition.states, 'text[]')})`;
    }
    case 'added':
      return `c.created_at >= ${since(condition.withinDays)}`;
    case 'engaged':
      return `c.id IN (SELECT e FROM contacts.engaged($1, $2, ${bind(condition.did, 'text')}, ${since(condition.withinDays)}, ${bind(condition.campaignId, 'uuid')}) e)`;
    case 'lead':
      return `c.id IN (SELECT l FROM contacts.leads_in($1, $2, ${bind(condition.states, 'text[]')}, ${since(condition.withinDays)}, ${bind(condition.campaignId, 'uuid')}) l)`;
  }
}

/** A language is also each of its longer forms: `de` is `de-AT`, too. */
function fieldSql(field: ContactTextField, values: string): string {
  const value = lower(COLUMNS[field]);
  return field === 'language'
    ? `${value} = ANY (${values}) OR split_part(${value}, '-', 1) = ANY (${values})`
    : `${value} = ANY (${values})`;
}

/** Whether the passing of time alone changes who is in the segment. */
export const dependsOnTime = ({ conditions }: SegmentRule): boolean =>
  conditions.some(
    (condition) => condition.on === 'consent' || ('withinDays' in condition && condition.withinDays !== null),
  );

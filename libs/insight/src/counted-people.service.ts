import { Injectable } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import type { CampaignId, ContactId, VendorId } from '#kernel';
import {
  type Contribution,
  partContributions,
  type PersonFact,
  responseContributions,
  type ResultTableName,
  weekContributions,
} from './contribution.js';
import { nextStart, type Rhythm, withSpan } from './release-calendar.js';

/** A person's facts of a span, and in which spans it was counted. */
interface PersonRow {
  readonly contactId: ContactId;
  readonly weeks: readonly string[];
  readonly responseSpans: readonly string[];
  readonly partSpans: readonly string[];
  readonly facts: readonly PersonFact[];
}

/** One span of a vendor's results. */
export interface Span {
  readonly vendorId: VendorId;
  readonly rhythm: Rhythm;
  readonly startsOn: string;
  /** The cells of steps and variants that are released, by campaign. */
  readonly parts: ReadonlyMap<CampaignId, ReadonlySet<string>>;
}

/** Exact sums of a span. Only the release of them may leave this lib. */
export class ExactCounts {
  private readonly counts = new Map<string, number>();

  add({ table, campaignId, cell, n }: Contribution): void {
    const key = keyOf(table, campaignId, cell);
    this.counts.set(key, (this.counts.get(key) ?? 0) + n);
  }

  countOf(table: ResultTableName, campaignId: CampaignId, cell: string): number {
    return this.counts.get(keyOf(table, campaignId, cell)) ?? 0;
  }
}

const keyOf = (table: ResultTableName, campaignId: CampaignId, cell: string): string =>
  `${table} ${campaignId} ${cell}`;

/** People are read in pages of this many: a vendor may reach millions. */
const PAGE = 5_000;

/**
 * Counts the people of a span. Each person moves the counts by no more than the
 * bounds of `RESULT_TABLES`, and only in a limited number of spans of a year.
 */
@Injectable()
export class CountedPeople {
  constructor(private readonly database: Database) {}

  /**
   * Counts a span, and records which people it counted, in the open
   * transaction. Called once for each span, in order of time.
   */
  async count(span: Span): Promise<ExactCounts> {
    const { vendorId, rhythm, startsOn } = span;
    const counts = new ExactCounts();
    await this.database.withoutTimeLimit();
    await this.database.query(`DECLARE people NO SCROLL CURSOR FOR ${FACTS[rhythm]}`, [
      vendorId,
      startsOn,
      nextStart(rhythm, startsOn),
    ]);
    for (;;) {
      const people = await this.database.query<PersonRow>(`FETCH ${PAGE} FROM people`);
      if (people.length === 0) break;
      const counted = people.flatMap((person) => countPerson(span, person, counts));
      if (counted.length > 0) await this.record(span, counted);
    }
    await this.database.query('CLOSE people');
    return counts;
  }

  private async record({ vendorId, rhythm, startsOn }: Span, counted: readonly Counted[]): Promise<void> {
    const given = unnestRows(
      counted,
      { contactId: 'uuid', weeks: 'jsonb', responseSpans: 'jsonb', partSpans: 'jsonb' },
      [vendorId, startsOn],
    );
    await this.database.query(
      `INSERT INTO insight.counted_person (vendor_id, contact_id, weeks, response_spans, part_spans, last_on)
       SELECT $1, contact_id, weeks, response_spans, part_spans, $2 FROM ${given.from}
       ON CONFLICT (vendor_id, contact_id) DO UPDATE SET ${CHANGED[rhythm]}, last_on = greatest(counted_person.last_on, excluded.last_on)`,
      given.parameters,
    );
  }
}

/**
 * The two rhythms may run at once: neither writes what it read of the other.
 */
const CHANGED = {
  week: 'weeks = excluded.weeks',
  'four-weeks': 'response_spans = excluded.response_spans, part_spans = excluded.part_spans',
} as const satisfies Record<Rhythm, string>;

type Counted = Omit<PersonRow, 'facts'>;

/** @returns the spans to record; none if the person is not counted. */
function countPerson({ rhythm, startsOn, parts }: Span, person: PersonRow, counts: ExactCounts): Counted[] {
  const { contactId, weeks, responseSpans, partSpans, facts } = person;
  const countWithin = (used: readonly string[], contributions: readonly Contribution[]): readonly string[] => {
    const spans = contributions.length === 0 ? null : withSpan(rhythm, used, startsOn);
    if (spans !== null) for (const contribution of contributions) counts.add(contribution);
    return spans ?? used;
  };
  if (rhythm === 'week') {
    const after = countWithin(weeks, weekContributions(facts));
    return after === weeks ? [] : [{ contactId, weeks: after, responseSpans, partSpans }];
  }
  const responses = countWithin(responseSpans, responseContributions(facts));
  const inParts = countWithin(partSpans, partContributions(facts, parts));
  return responses === responseSpans && inParts === partSpans
    ? []
    : [{ contactId, weeks, responseSpans: responses, partSpans: inParts }];
}

/**
 * Messages and responses that became known in the days from $2 to before $3
 * ($1: the vendor). A bounce counts when it was reported, a click when it was
 * judged: what is known late counts late, and no released number moves.
 */
const KNOWN = `
  span AS (SELECT $2::date AT TIME ZONE 'UTC' AS starts_at, $3::date AT TIME ZONE 'UTC' AS ends_at),
  own AS MATERIALIZED (
    SELECT a.id, a.campaign_id FROM activations.activation_view a, span WHERE a.vendor_id = $1 AND a.launched_at < span.ends_at),
  message AS (
    SELECT m.id, m.contact_id, own.campaign_id, m.step_key, coalesce(m.variant, '') AS variant, m.state, m.settled_at
    FROM own JOIN delivery.message_view m ON m.activation_id = own.id
    WHERE m.state IN ('accepted', 'delivered', 'bounced', 'complained'))`;

const SENT = `
  SELECT m.contact_id, 'sent' AS kind, m.campaign_id, m.step_key, m.variant, m.settled_at AS at FROM message m`;

/** @param kinds of the reports that made the message what it is. */
const reported = (state: 'bounced' | 'complained', kinds: string): string => `
  SELECT m.contact_id, '${state}' AS kind, m.campaign_id, m.step_key, m.variant, coalesce(e.at, m.settled_at) AS at
  FROM message m LEFT JOIN LATERAL (
    SELECT min(at) AS at FROM delivery.message_event_view WHERE message_id = m.id AND kind IN (${kinds})) e ON true
  WHERE m.state = '${state}'`;

const INTERACTIONS = `
  SELECT coalesce(t.contact_id, m.contact_id), CASE t.kind WHEN 'click' THEN 'clicked' WHEN 'reply' THEN 'replied'
      WHEN 'unsubscribe' THEN 'unsubscribed' WHEN 'lead' THEN 'leads' ELSE 'won' END,
    own.campaign_id, coalesce(m.step_key, ''), coalesce(m.variant, ''), t.known_at
  FROM own JOIN engagement.interaction_with_verdict t ON t.activation_id = own.id
  LEFT JOIN delivery.message_view m ON m.id = t.message_id
  WHERE (t.kind = 'click' AND t.verdict = 'human') OR (t.kind = 'lead' AND t.verdict IS DISTINCT FROM 'machine')
    OR (t.kind = 'won' AND t.verdict IS DISTINCT FROM 'reversed') OR t.kind IN ('reply', 'unsubscribe')`;

const perPerson = (facts: readonly string[]): string => `
  WITH ${KNOWN},
  fact AS (${facts.join(' UNION ALL ')}),
  summed AS (
    SELECT f.contact_id, f.kind, f.campaign_id, f.step_key, f.variant, count(*)::int AS n, min(f.at) AS at
    FROM fact f, span WHERE f.contact_id IS NOT NULL AND f.at >= span.starts_at AND f.at < span.ends_at GROUP BY 1, 2, 3, 4, 5),
  person AS (
    SELECT contact_id, jsonb_agg(jsonb_build_object('kind', kind, 'campaignId', campaign_id, 'stepKey', step_key, 'variant', variant, 'n', n)
      ORDER BY at, campaign_id, step_key, variant, kind) AS facts
    FROM summed GROUP BY 1)
  SELECT p.contact_id, coalesce(c.weeks, '[]') AS weeks, coalesce(c.response_spans, '[]') AS response_spans,
    coalesce(c.part_spans, '[]') AS part_spans, p.facts
  FROM person p LEFT JOIN insight.counted_person c ON c.vendor_id = $1 AND c.contact_id = p.contact_id`;

const BOUNCES = `'hard', 'soft', 'block', 'unknown'`;

const FACTS = {
  week: perPerson([SENT, reported('bounced', BOUNCES)]),
  'four-weeks': perPerson([SENT, reported('complained', `'complaint'`), INTERACTIONS]),
} as const satisfies Record<Rhythm, string>;

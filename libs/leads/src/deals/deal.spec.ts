import type { ChangeDeal } from '#contracts';
import { type ContactId, type DealId, DomainError, newId, type PartnerId } from '#kernel';
import { checkLeadMove, statusesBetween } from '../lead.js';
import { changedDeal, type Deal, newDeal, refundedDeal } from './deal.js';
import { type DealImportContext, type ImportedDeal, planDeals } from './deal-import.js';

const NOW = new Date('2026-11-17T10:00:00Z');
const TODAY = '2026-11-17';
const EUR = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });
const deal = (changes: Partial<Deal> = {}): Deal => ({
  ...newDeal(
    {
      id: newId<DealId>(),
      partnerId: newId<PartnerId>(),
      leadId: null,
      contactId: newId<ContactId>(),
      activationId: null,
    },
    NOW,
  ),
  ...changes,
});
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
  }
  return 'none';
};

describe('a deal', () => {
  it('closes today or on a day before, and is open again without that day and its reason', () => {
    const lost = changedDeal(deal(), { stage: 'lost', lostReason: 'price' }, TODAY);
    expect(lost).toMatchObject({ stage: 'lost', closedOn: TODAY, lostReason: 'price' });
    expect(changedDeal(lost, { stage: 'proposal' }, TODAY)).toMatchObject({ closedOn: null, lostReason: null });
    expect(changedDeal(deal(), { stage: 'won', closedOn: '2026-10-01' }, TODAY).closedOn).toBe('2026-10-01');
    expect(codeOf(() => changedDeal(deal(), { stage: 'won', closedOn: '2026-11-18' }, TODAY))).toBe(
      'deal.closed-later',
    );
    expect(codeOf(() => changedDeal(deal(), { closedOn: TODAY }, TODAY))).toBe('deal.closed-later');
    expect(codeOf(() => changedDeal(deal(), { stage: 'won', closedOn: '1970-01-01' }, TODAY))).toBe(
      'deal.closed-early',
    );
    expect(codeOf(() => changedDeal(deal(), { stage: 'won', lostReason: 'price' }, TODAY))).toBe('deal.lost-reason');
  });

  it('is refunded at most in whole, and stays won in its currency then', () => {
    const won = changedDeal(deal(), { stage: 'won', amount: EUR(1000) }, TODAY);
    const refunded = refundedDeal(refundedDeal(won, 300), 700);
    expect(refunded.refundedMinor).toBe(1000);
    expect(codeOf(() => refundedDeal(refunded, 1))).toBe('deal.refund');
    expect(codeOf(() => refundedDeal(deal({ amount: EUR(10) }), 1))).toBe('deal.not-won');
    expect(codeOf(() => refundedDeal(deal({ stage: 'won' }), 1))).toBe('deal.no-amount');
    const much = deal({ stage: 'won', amount: EUR(629_050), refundedMinor: 29_050 });
    expect(() => refundedDeal(much, 600_001)).toThrow('Refund at most €6,000.00.');
    for (const change of [{ stage: 'lost' }, { amount: EUR(999) }, { amount: null }] satisfies ChangeDeal[])
      expect(codeOf(() => changedDeal(refunded, change, TODAY))).toBe('deal.refunded');
    expect(changedDeal(refunded, { amount: EUR(1001) }, TODAY).amount).toEqual(EUR(1001));
  });

  it('takes its lead over the statuses between', () => {
    expect(statusesBetween('new', 'won')).toEqual(['accepted', 'won']);
    expect(statusesBetween('won', 'lost')).toEqual(['working', 'lost']);
    expect(codeOf(() => statusesBetween('withdrawn', 'won'))).toBe('lead.withdrawn');
    expect(codeOf(() => checkLeadMove('accepted', 'new'))).toBe('lead.state');
    expect(() => checkLeadMove('accepted', 'new')).toThrow('From there it can become working, won, or lost.');
    expect(() => statusesBetween('withdrawn', 'won')).toThrow('Its clicks were a program’s.');
  });
});

describe('an import of deals', () => {
  const row = (changes: Partial<ImportedDeal>): ImportedDeal => ({
    line: 2,
    externalId: 'A-1',
    email: null,
    change: {},
    faults: [],
    ...changes,
  });
  const known = deal({ externalId: 'A-1', amount: EUR(500) });
  const contactId = newId<ContactId>();
  const context: DealImportContext = {
    byExternalId: new Map([['A-1', known]]),
    byId: new Map([[known.id, known]]),
    contacts: new Map([['ada@prospect.example', contactId]]),
    freeLeads: new Map(),
    leadStatuses: new Map(),
    today: TODAY,
    now: NOW,
  };
  const plan = (...rows: ImportedDeal[]) => planDeals(rows, context);

  it('finds deals by their external id, and says what changes', () => {
    expect(plan(row({ change: { stage: 'won', amount: EUR(700) } }))).toMatchObject([
      { outcome: 'changed', deal: known, changes: ['stage', 'amount', 'closedOn'] },
    ]);
    expect(plan(row({ change: { amount: EUR(500) } }))).toMatchObject([{ outcome: 'unchanged' }]);
    expect(plan(row({ externalId: 'A-2', email: 'Ada@prospect.example' }))).toMatchObject([
      { outcome: 'new', contactId, after: { externalId: 'A-2' } },
    ]);
  });

  it('finds deals without external id by their own id, as the table of deals has it', () => {
    expect(plan(row({ externalId: '', id: known.id, change: { amount: EUR(500) } }))).toMatchObject([
      { outcome: 'unchanged', deal: known },
    ]);
    expect(plan(row({ externalId: '', id: newId<DealId>() }))).toMatchObject([{ outcome: 'refused' }]);
  });

  it('gives a deal that it finds by its own id another external id', () => {
    expect(plan(row({ externalId: 'A-7', id: known.id }))).toMatchObject([
      { outcome: 'changed', deal: known, changes: ['externalId'], after: { externalId: 'A-7' } },
    ]);
    const other = deal({ externalId: 'B-1', id: newId<DealId>() });
    const both = {
      ...context,
      byExternalId: new Map([...context.byExternalId, ['B-1', other] as const]),
      byId: new Map([...context.byId, [other.id, other] as const]),
    };
    expect(planDeals([row({ externalId: 'B-1', id: known.id })], both)).toMatchObject([
      { outcome: 'refused', faults: [{ reason: 'external-id-taken', field: 'externalId', value: 'B-1' }] },
    ]);
  });

  it('refuses two rows about one deal, one by its external id and one by its own', () => {
    expect(plan(row({}), row({ externalId: '', id: known.id }))).toMatchObject([
      { outcome: 'unchanged' },
      { outcome: 'refused', faults: [{ reason: 'repeated', field: 'id', value: known.id }] },
    ]);
    expect(
      plan(row({ externalId: 'A-7', id: known.id }), row({ externalId: 'A-7', email: 'ada@prospect.example' })),
    ).toMatchObject([{ outcome: 'changed' }, { outcome: 'refused', faults: [{ reason: 'repeated' }] }]);
  });

  it('refuses rows without number or known contact, second rows, and deals of other contacts', () => {
    const reasons = (...rows: ImportedDeal[]) => plan(...rows).map(({ faults }) => faults.map(({ reason }) => reason));
    expect(reasons(row({ externalId: '', email: 'ada@prospect.example' }))).toEqual([['missing']]);
    expect(reasons(row({ externalId: 'A-2' }))).toEqual([['missing']]);
    expect(reasons(row({ externalId: 'A-2', email: 'bob@prospect.example' }))).toEqual([['contact-unknown']]);
    expect(reasons(row({ email: 'ada@prospect.example' }))).toEqual([['of-another-contact']]);
    expect(reasons(row({}), row({ line: 3 }))).toEqual([[], ['repeated']]);
    expect(reasons(row({ change: { lostReason: 'price' } }))).toEqual([['lost-reason']]);
  });
});

import { addMonths, barOf, monthsFrom, periodOf, type PlanItem } from './plan';

const SHOWN = { from: '2026-11-01', to: '2027-01-31' };
const item = (rest: Partial<PlanItem>): PlanItem => ({
  kind: 'window',
  campaignId: 'c',
  number: 1,
  title: {},
  from: '2026-11-10',
  to: '2026-11-20',
  by: '',
  forEveryone: true,
  groups: [],
  isStopped: false,
  ...rest,
});

describe('the planner', () => {
  it('shows months across a year', () => {
    expect(monthsFrom('2026-12-01', 3)).toEqual(['2026-12-01', '2027-01-01', '2027-02-01']);
    expect(addMonths('2026-01-01', -1)).toBe('2025-12-01');
  });

  it('places a period within the shown days, and cuts it there', () => {
    expect(barOf({ from: '2026-11-01', to: '2027-01-31' }, SHOWN)).toEqual({ start: 0, width: 100 });
    expect(barOf({ from: '2026-01-01', to: '2028-01-01' }, SHOWN)).toEqual({ start: 0, width: 100 });
    expect(barOf({ from: '2027-01-31', to: '2027-02-10' }, SHOWN)?.width).toBeCloseTo(100 / 92);
    expect(barOf({ from: '2027-02-01', to: '2027-02-10' }, SHOWN)).toBeNull();
  });

  it('has a day for a review with a day, and none for a draft', () => {
    expect(periodOf(item({ kind: 'review', to: '2026-12-01' }))).toEqual({ from: '2026-12-01', to: '2026-12-01' });
    expect(periodOf(item({ kind: 'review', to: null }))).toBeNull();
    expect(periodOf(item({ kind: 'draft', to: null }))).toBeNull();
  });
});

import type { ActivationExperiments, VendorExperiments } from '#contracts';
import { CsvTable as Table } from '#tables';
import { PARTNER_COLUMNS, partnerRows, VENDOR_COLUMNS, vendorRows } from './experiment-tables.js';

const READ_AT = '2026-12-14T09:00:00.000Z';
const difference = { estimate: 0.04, from: -0.01, to: 0.09 };

describe('the table of a partner', () => {
  const experiments: ActivationExperiments = {
    holdOut: {
      version: 2,
      percent: 10,
      written: { people: 90, leads: 9 },
      heldOut: { people: 10, leads: 0 },
      notCounted: 0,
      difference,
      smallest: 0.2,
      verdict: 'none',
      readAt: READ_AT,
    },
    earlierHoldOuts: [],
    test: {
      stepKey: 'welcome',
      of: 'time',
      arms: ['09:00-11:00', '14:00-16:00'].map((arm, at) => ({
        arm,
        time: null,
        subject: 'Welcome',
        people: 45,
        clicked: 5 + at,
        replied: 1,
        difference: at === 0 ? null : difference,
        verdict: 'open' as const,
      })),
      notCounted: 0,
      waiting: 0,
      smallest: null,
      readAt: READ_AT,
      winner: null,
    },
  };

  it('has a row per group, with a cell for each column', () => {
    const rows = partnerRows(experiments);
    expect(rows.every(({ length }) => length === PARTNER_COLUMNS.length)).toBe(true);
    expect(rows[0]).toEqual([
      'hold-out',
      'with-campaign',
      null,
      90,
      9,
      null,
      null,
      0.04,
      -0.01,
      0.09,
      'none',
      new Date(READ_AT),
      2,
    ]);
    expect(rows.slice(2).map(([experiment, arm, , people, , clicked]) => [experiment, arm, people, clicked])).toEqual([
      ['test-time', '09:00-11:00', 45, 5],
      ['test-time', '14:00-16:00', 45, 6],
    ]);
  });

  it('has differences below zero as numbers', () => {
    expect(new Table(PARTNER_COLUMNS, 'de').lines(partnerRows(experiments))).toContain(';0,04;-0,01;0,09;');
    expect(new Table(PARTNER_COLUMNS, 'en').lines(partnerRows(experiments))).toContain(',0.04,-0.01,0.09,');
    expect(new Table(PARTNER_COLUMNS, undefined).lines(partnerRows(experiments))).toContain(',0.04,-0.01,0.09,');
  });

  it('has rows for the hold-out of an earlier version, with its number', () => {
    const earlier = { ...experiments.holdOut!, version: 1 };
    const rows = partnerRows({ ...experiments, earlierHoldOuts: [earlier], test: null });
    expect(rows.map((row) => row.at(-1))).toEqual([2, 2, 1, 1]);
    expect(partnerRows({ holdOut: null, earlierHoldOuts: [earlier], test: null })).toHaveLength(2);
  });

  it('is empty for a campaign without experiments', () => {
    expect(partnerRows({ holdOut: null, earlierHoldOuts: [], test: null })).toEqual([]);
  });
});

describe('a tested time', () => {
  it('is named in the language of a reader', () => {
    const [, row] = vendorRows({
      version: 1,
      holdOut: null,
      test: {
        stepKey: 'welcome',
        of: 'time',
        nextOn: '2026-12-28',
        winner: null,
        arms: ['09:00-11:00', '14:00-16:00 tue,thu'].map((arm) => ({
          arm,
          time: { from: '14:00', to: '16:00', weekdays: ['tue', 'thu'] },
          subject: null,
          sent: null,
          clicked: null,
          difference: null,
          verdict: 'open',
        })),
      },
    });
    const text = new Table(VENDOR_COLUMNS, 'de').lines(row === undefined ? [] : [row]);
    expect(text).toContain('14:00–16:00 (Di, Do)');
    expect(new Table(VENDOR_COLUMNS, undefined).lines(row === undefined ? [] : [row])).toContain('14:00-16:00 tue,thu');
  });
});

describe('the table of a vendor', () => {
  const test: VendorExperiments['test'] = {
    stepKey: 'welcome',
    of: 'email',
    nextOn: '2026-12-28',
    winner: null,
    arms: ['welcome', 'welcome-2'].map((arm, at) => ({
      arm,
      time: null,
      subject: null,
      sent: { value: 1_000, margin: 40, smallest: 50 },
      clicked: at === 0 ? { value: null, margin: 40, smallest: 50 } : null,
      difference: null,
      verdict: 'open' as const,
    })),
  };

  it('has the margins of released numbers, and says which are not told', () => {
    const rows = vendorRows({ version: 2, holdOut: null, test });
    expect(rows.every(({ length }) => length === VENDOR_COLUMNS.length)).toBe(true);
    expect(rows[1]).toEqual([
      'test-email',
      'welcome-2',
      null,
      null,
      null,
      1_000,
      40,
      { withheld: 'not-released' },
      null,
      null,
      null,
      null,
      'open',
    ]);
    expect(rows[0]?.slice(7, 9)).toEqual([{ withheld: 'withheld' }, 40]);
  });

  it('leaves out hold-outs that no batch has told yet', () => {
    const group = { people: 0, leads: 0 };
    const holdOut = {
      percent: 10,
      partners: 0,
      written: group,
      heldOut: group,
      difference: null,
      verdict: 'open' as const,
      madeOn: null,
      partnersNeeded: 5,
      heldOutNeeded: 50,
    };
    expect(vendorRows({ version: 1, holdOut, test: null })).toEqual([]);
    expect(vendorRows({ version: 1, holdOut: { ...holdOut, madeOn: '2026-12-14' }, test: null })).toHaveLength(2);
  });
});

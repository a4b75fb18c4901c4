import { type Source, sourceRows } from './source-rows';

const counted = (numbers: Partial<Source>): Source => ({
  source: 'email',
  stepKey: null,
  visits: 0,
  machineVisits: 0,
  formStarts: 0,
  forms: 0,
  documents: 0,
  entries: 0,
  ...numbers,
});

describe('rows of visitors by source', () => {
  it('add the visits of the steps to those of their source, so that forms are compared with all visits', () => {
    const rows = sourceRows([
      counted({ forms: 3 }),
      counted({ stepKey: 'welcome', visits: 7 }),
      counted({ stepKey: 'proof', visits: 2, machineVisits: 1 }),
      counted({ source: 'qr', visits: 4, forms: 1 }),
    ]);
    expect(rows.map(({ source, stepKey, counts }) => [source, stepKey, counts.visits, counts.forms])).toEqual([
      ['email', null, 9, 3],
      ['email', 'welcome', 7, null],
      ['email', 'proof', 2, null],
      ['qr', null, 4, 1],
    ]);
  });
});

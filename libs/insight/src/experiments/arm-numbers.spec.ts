import { armNumbers } from './arm-numbers.js';

describe('the released numbers of an arm', () => {
  const numbers = new Map(
    [
      ['welcome', 'en; email=b; test=2', 100],
      ['welcome', 'de; email=b; test=2; segment=smb', 20],
      // An earlier version, who was moved from one, who got the winner, another arm, another step.
      ['welcome', 'en; email=b; test=1', 1],
      ['welcome', 'en; email=b', 2],
      ['welcome', 'en', 4],
      ['welcome', 'en; email=a; test=2', 8],
      ['last', 'en; email=b; test=2', 16],
    ].map(([step, variant, value]) => [JSON.stringify([step, variant]), value as number]),
  );
  const cells = [
    { table: 'partsSent' as const, numbers, sd: 5 },
    { table: 'partsClicked' as const, numbers, sd: 3 },
  ];

  it('are those of the test of one version, and of nothing else', () => {
    expect(armNumbers(cells, 'partsSent', 'welcome', { of: 'email', arm: 'b', version: 2 })).toEqual([
      { value: 100, sd: 5 },
      { value: 20, sd: 5 },
    ]);
    expect(armNumbers(cells, 'partsSent', 'welcome', { of: 'time', arm: 'b', version: 2 })).toEqual([]);
  });
});

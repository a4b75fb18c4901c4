import { PowerQuery } from '#contracts';
import { smallestPlanned } from './planned-power.js';

const smallest = (query: object): number | null =>
  smallestPlanned(PowerQuery.parse({ people: '5000', basePercent: '10', ...query }));

describe('the smallest difference that is planned for', () => {
  it('is that of the rule which decides', () => {
    expect(smallest({ arms: '2' })).toBeCloseTo(0.025, 3);
    expect(smallest({ arms: '4' })).toBeCloseTo(0.042, 3);
    expect(smallest({ arms: '2', over: 'programme' })).toBeCloseTo(0.064, 3);
    expect(smallest({ arms: '4', over: 'programme' })).toBeCloseTo(0.182, 3);
    expect(smallest({ percent: '10', basePercent: '3' })).toBeCloseTo(0.027, 3);
    expect(smallest({ percent: '10', basePercent: '3', over: 'programme' })).toBeCloseTo(0.033, 3);
  });

  it('grows with each release and language, whose numbers have noise of their own', () => {
    const one = smallest({ arms: '2', over: 'programme' });
    const two = smallest({ arms: '2', over: 'programme', releases: '2' });
    expect(two).toBeGreaterThan(one ?? 1);
    expect(smallest({ arms: '2', over: 'programme', variants: '2' })).toBe(two);
    expect(smallest({ arms: '2', releases: '2', variants: '3' })).toBe(smallest({ arms: '2' }));
  });

  it('is null for hold-outs that are in no batch, and for arms that noise may hide', () => {
    expect(smallest({ people: '490', percent: '10', over: 'programme' })).toBeNull();
    expect(smallest({ people: '500', percent: '10', over: 'programme' })).not.toBeNull();
    expect(smallest({ people: '390', arms: '2', over: 'programme' })).toBeNull();
  });

  it('is asked for with either a share or arms', () => {
    for (const query of [{}, { percent: '10', arms: '2' }])
      expect(PowerQuery.safeParse({ people: '5000', basePercent: '10', ...query }).error?.issues).toMatchObject([
        { path: ['percent'] },
      ]);
  });
});

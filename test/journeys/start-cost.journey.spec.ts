import { measureStart, START_FIGURES, type StartFigures } from '../bench/start-figures.js';

/**
 * Processor time, because the clock tells more about the machine's other work
 * than about ours. Each bound is about twice the figure in docs/figures.md: a
 * busy machine needs up to that, and what it is there to find is ten times as
 * much.
 */
const BOUNDS_MS: Readonly<Record<keyof StartFigures, number>> = {
  firstStart: 50_000,
  secondStart: 14_000,
  firstCopy: 4_000,
  secondCopy: 2_000,
  firstPublication: 500,
  secondPublication: 500,
};

it('costs a start, and a campaign from a template and its publication, no more than before', async () => {
  const found = await measureStart();
  const spent = START_FIGURES.map((what) => ({ what, cpuMs: found[what].cpuMs, mostMs: BOUNDS_MS[what] }));
  expect(spent.filter(({ cpuMs, mostMs }) => cpuMs > mostMs)).toEqual([]);
});

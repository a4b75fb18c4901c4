const { default: Sequencer } = require('@jest/test-sequencer');

/** Suites of many minutes in few lines. Jest begins with the longest files, and would end with one of these alone. */
const LONGEST = [
  'test/browser/every-screen.spec.ts',
  'test/browser/every-screen-german.spec.ts',
  'test/browser/every-screen-schemes.spec.ts',
  'test/api/access-matrix.api.spec.ts',
  'test/api/dry-run.api.spec.ts',
];

const isLongest = ({ path }) => {
  const unified = path.replaceAll('\\', '/');
  return /\/test(-output)?\/groups\//.test(unified) || LONGEST.some((name) => unified.endsWith(`/${name}`));
};

/** Begins with what takes longest, so that both workers end at about the same time. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => Number(isLongest(other)) - Number(isLongest(one)));
  }
};

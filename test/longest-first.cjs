const { default: Sequencer } = require('@jest/test-sequencer');

/** Suites of many minutes in few lines: Jest takes those with the most lines first, and would end with one of them alone. */
const LONGEST = [
  'test/browser/every-screen.spec.ts',
  'test/browser/every-screen-german.spec.ts',
  'test/api/access-matrix.api.spec.ts',
];

const isLongest = ({ path }) => LONGEST.some((name) => path.replaceAll('\\', '/').endsWith(`/${name}`));

/** Begins with what takes longest, so that both workers end at about the same time. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => Number(isLongest(other)) - Number(isLongest(one)));
  }
};

const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Suites of minutes, the longest first. On a new machine Jest knows no times and begins with the
 * longest files: groups are a few lines, and a run would end with one of them alone.
 */
const LONGEST = [
  'test/browser/every-screen-german.spec.ts',
  'test/browser/every-screen-schemes.spec.ts',
  'test/groups/browser-vendor.spec.ts',
  'test/groups/browser-partner.spec.ts',
  'test/groups/api-sequences.spec.ts',
  'test/journeys/distributed.journey.spec.ts',
  'test/api/access-matrix.api.spec.ts',
  'test/groups/api-deliverability.spec.ts',
  'test/faults/sending.faults.spec.ts',
  'test/groups/api-interactions.spec.ts',
  'test/groups/api-contacts.spec.ts',
  'test/groups/api-campaigns.spec.ts',
  'test/groups/api-sending.spec.ts',
  'test/groups/api-accounts.spec.ts',
  'test/adversary/bombs.adversary.spec.ts',
  'test/groups/database-contacts-and-campaigns.spec.ts',
  'test/api/dry-run.api.spec.ts',
];

/** Its place; groups that are not listed come next, then all others. */
function placeOf({ path }) {
  const unified = path.replaceAll('\\', '/');
  const place = LONGEST.findIndex((name) => unified.endsWith(`/${name}`));
  if (place >= 0) return place;
  return /\/test(-output)?\/groups\//.test(unified) ? LONGEST.length : LONGEST.length + 1;
}

/** Begins with what takes longest, so that both workers end at about the same time. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => placeOf(one) - placeOf(other));
  }
};

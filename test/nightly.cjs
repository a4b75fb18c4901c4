/**
 * Suites that `npm test` leaves to `npm run test:all`, which runs at night and before a release: each takes minutes of a small machine and
 * asks again, in more ways, what another suite asks in one. Jest calls this with the paths of all suites (`--filter`).
 */
const NIGHTLY = [
  // Real processes that are killed, or cut off, again and again.
  'test/faults/breakdowns.faults.spec.ts',
  'test/faults/clicks.faults.spec.ts',
  'test/faults/popular-address.faults.spec.ts',
  'test/faults/relay-tls.faults.spec.ts',
  'test/faults/restore.faults.spec.ts',
  'test/faults/sequences.faults.spec.ts',
  'test/journeys/interruption.journey.spec.ts',
  'test/journeys/recovery.journey.spec.ts',
  'test/journeys/shared-limits.journey.spec.ts',
  'test/journeys/tour.journey.spec.ts',
  // Ways through the portal beside the main ones, and the same ones in German and with hostile words.
  'test/browser/activation-people.spec.ts',
  'test/browser/choices.spec.ts',
  'test/browser/drafts-of-forms.spec.ts',
  'test/browser/drafts.spec.ts',
  'test/browser/drawing.spec.ts',
  'test/browser/every-screen-german.spec.ts',
  'test/browser/foresight.spec.ts',
  'test/browser/hostile-campaign.spec.ts',
  'test/browser/hostile-dialogs.spec.ts',
  'test/browser/hostile-results.spec.ts',
  'test/browser/hosts.spec.ts',
  'test/browser/link-check.spec.ts',
  'test/browser/network-gone.spec.ts',
  'test/browser/newer-version.spec.ts',
  'test/browser/oversight.spec.ts',
  'test/browser/own-words.spec.ts',
  'test/browser/partner-eyes.spec.ts',
  'test/browser/posts.spec.ts',
  'test/browser/publishing.spec.ts',
  'test/browser/review-comments.spec.ts',
  'test/browser/settings.spec.ts',
  'test/browser/time.spec.ts',
  'test/browser/ways-to-launch.spec.ts',
  // Races, floods and other people's servers, each of which is tried many times over.
  'test/api/breaker-race.api.spec.ts',
  'test/api/dead-addresses.api.spec.ts',
  'test/api/equal-work.api.spec.ts',
  'test/api/halt-race.api.spec.ts',
  'test/api/late-reports.api.spec.ts',
  'test/api/late-steps.api.spec.ts',
  'test/api/lock-order.api.spec.ts',
  'test/api/mute-destination.api.spec.ts',
  'test/api/old-links.api.spec.ts',
  'test/api/programme-dry-run.api.spec.ts',
  'test/api/provider-events.api.spec.ts',
  'test/api/provider-look-ups.api.spec.ts',
  'test/api/public-fuzz.api.spec.ts',
  'test/api/put-offs.api.spec.ts',
  'test/api/quiet-leads.api.spec.ts',
  'test/api/scanner-traffic.api.spec.ts',
  'test/api/slow-relay.api.spec.ts',
  'test/api/verified-hosts.api.spec.ts',
  'test/api/version-news.api.spec.ts',
  // Every language and every template, page by page; and forgeries of every kind.
  'test/golden/document-languages.spec.ts',
  'test/golden/document-pages.spec.ts',
  'test/golden/file-attack.spec.ts',
  'test/golden/forged-files.spec.ts',
  'test/golden/hostile-artwork.spec.ts',
  'test/golden/looks.spec.ts',
  'test/golden/picture-bombs.spec.ts',
];

const isNightly = (path) => NIGHTLY.some((name) => path.replaceAll('\\', '/').endsWith(`/${name}`));

module.exports = (paths) => ({ filtered: paths.filter((path) => !isNightly(path)) });
module.exports.NIGHTLY = NIGHTLY;

const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join, relative, resolve } = require('node:path');

/**
 * Suites that `npm test` leaves to `npm run test:all`, which runs at night and before a release: each takes minutes of a small machine and
 * asks again, in more ways, what another suite asks in one. Jest calls this with the paths of all suites (`--filter`).
 */
const NIGHTLY = [
  // Real processes that are killed, or cut off, again and again.
  'test/faults/breakdowns.faults.spec.ts',
  'test/faults/clicks.faults.spec.ts',
  // Only with LONG=1; until then it loads the product's modules for nothing.
  'test/faults/enrolment.faults.spec.ts',
  'test/faults/popular-address.faults.spec.ts',
  'test/faults/recall.faults.spec.ts',
  'test/faults/relay-tls.faults.spec.ts',
  'test/faults/restore.faults.spec.ts',
  'test/faults/sequences.faults.spec.ts',
  'test/faults/update.faults.spec.ts',
  // Fifty thousand entries; entries.api.spec.ts has the rules.
  'test/api/entry-backlog.api.spec.ts',
  // 100,000 contacts and an import of 40,000; segments.db.spec.ts and contact-imports.db.spec.ts have the rules.
  'libs/contacts/src/contacts-at-scale.db.spec.ts',
  // 5,000 partners; partner-attributes.db.spec.ts has the rules.
  'libs/organisations/src/partners-at-scale.db.spec.ts',
  'libs/tiers/src/tiers-at-scale.db.spec.ts',
  // Five thousand e-mails; notifications.api.spec.ts has the rules.
  'test/api/many-announcements.api.spec.ts',
  // Thousands of running campaigns; version-updates.api.spec.ts has the rules.
  'test/api/many-updates.api.spec.ts',
  // Every bomb, against both forms of the product: an hour.
  'test/adversary/all-bombs.adversary.spec.ts',
  // The fast ones of them; libs/subprocess and the suites of each import have the limits.
  'test/adversary/bombs.adversary.spec.ts',
  'test/journeys/dead-workers.journey.spec.ts',
  // A first start with two months of history; libs/starter has the rules of it.
  'test/journeys/history.journey.spec.ts',
  'test/journeys/ended-partnership.journey.spec.ts',
  'test/journeys/interruption.journey.spec.ts',
  // libs/config, apps/standalone and apps/api test each rule of it.
  'test/journeys/open-host.journey.spec.ts',
  'test/journeys/recovery.journey.spec.ts',
  'test/journeys/shared-limits.journey.spec.ts',
  // The main job, which separate processes do in npm test; its browser suites run the product in one process.
  'test/journeys/standalone.journey.spec.ts',
  // Two starts of the product; the other journeys fail if one does not come up.
  'test/journeys/start-cost.journey.spec.ts',
  'test/journeys/tour.journey.spec.ts',
  // partner-invitations.api and campaign-extensions.api have the rules; here two vendors, real mail and real bounces.
  'test/journeys/two-vendors.journey.spec.ts',
  // notifications.api.spec.ts has the rules; here the shipped process sends it.
  'test/journeys/weekly-digest.journey.spec.ts',
  // Each command of docs/verification.md by the built program; test/golden/verification runs them within one process.
  'test/journeys/verification.journey.spec.ts',
  // Ways through the portal beside the main ones, and the same ones in German and with hostile words.
  'test/browser/account-and-language.spec.ts',
  'test/browser/activation-people.spec.ts',
  // whole-campaign asks for most of it, by clicks alone.
  'test/browser/authoring.spec.ts',
  'test/browser/authoring-details.spec.ts',
  'test/browser/builder.spec.ts',
  'test/browser/builder-keys.spec.ts',
  'test/browser/page-builder.spec.ts',
  'test/browser/choices.spec.ts',
  'test/browser/connection-lost.spec.ts',
  // contacts.api and segments.api have the rules; the launch suites use a list.
  'test/browser/contact-lists.spec.ts',
  'test/browser/consents.spec.ts',
  'test/browser/drafts-of-forms.spec.ts',
  'test/browser/drafts.spec.ts',
  'test/browser/drawing.spec.ts',
  'test/browser/every-screen-german.spec.ts',
  'test/browser/every-screen-schemes.spec.ts',
  'test/browser/forecast.spec.ts',
  'test/browser/hostile-campaign.spec.ts',
  'test/browser/hostile-dialogs.spec.ts',
  'test/browser/hostile-results.spec.ts',
  'test/browser/translation.spec.ts',
  'test/browser/embeds.spec.ts',
  // campaign-ends.api and public.api have the rules.
  'test/browser/recall.spec.ts',
  'test/browser/hosts.spec.ts',
  'test/browser/invitations.spec.ts',
  // test/api/partner-invitations and partner-applications have the rules.
  'test/browser/joining.spec.ts',
  // brand.api, contacts.api and sessions.spec have the rules of brand, permission and a session that ends.
  'test/browser/launch-details.spec.ts',
  'test/browser/leads.spec.ts',
  'test/browser/link-check.spec.ts',
  'test/browser/newer-version.spec.ts',
  'test/browser/version-update.spec.ts',
  'test/browser/oversight.spec.ts',
  'test/browser/partner-view.spec.ts',
  // security.api has every rule of passkeys and codes, with an authenticator of its own.
  'test/browser/passkeys.spec.ts',
  'test/browser/posts.spec.ts',
  'test/browser/prospects.spec.ts',
  'test/browser/publishing.spec.ts',
  // insight.api has the goals as a table; picker-locale.spec has the dates.
  'test/browser/results-details.spec.ts',
  'test/browser/results-released.spec.ts',
  'test/browser/review-comments.spec.ts',
  'test/browser/rights.spec.ts',
  'test/browser/sessions.spec.ts',
  'test/browser/settings.spec.ts',
  'test/browser/slot-texts.spec.ts',
  'test/browser/start.spec.ts',
  'test/browser/studio-details.spec.ts',
  // entries.api has the rules of the winner of a test.
  'test/browser/test-winner.spec.ts',
  'test/browser/time.spec.ts',
  // launch-delay.api and activations.api have the rules of taking a launch back and of putting it off.
  'test/browser/undo.spec.ts',
  'test/browser/ways-to-launch.spec.ts',
  'test/browser/whole-campaign.spec.ts',
  // A vendor that plays 4,000 rounds against all numbers of a year, and asks for real forecasts in hundreds of worlds;
  // and a partner that measures how long its mail takes.
  'test/adversary/year-of-results.spec.ts',
  'test/api/forecast-games.api.spec.ts',
  'test/api/forecast-timing.api.spec.ts',
  'test/api/walked-ends.api.spec.ts',
  'test/api/cap-timing.api.spec.ts',
  // Races, floods and other people's servers, each of which is tried many times over.
  'test/api/breaker-race.api.spec.ts',
  'test/api/dead-addresses.api.spec.ts',
  'test/api/response-time-equality.api.spec.ts',
  'test/api/halt-race.api.spec.ts',
  'test/api/late-reports.api.spec.ts',
  'test/api/late-steps.api.spec.ts',
  'test/api/lock-order.api.spec.ts',
  'test/api/slow-destination.api.spec.ts',
  'test/api/expired-links.api.spec.ts',
  'test/api/programme-dry-run.api.spec.ts',
  'test/api/provider-events.api.spec.ts',
  'test/api/provider-look-ups.api.spec.ts',
  'test/api/public-fuzz.api.spec.ts',
  'test/api/postponements.api.spec.ts',
  'test/api/inactive-leads.api.spec.ts',
  'test/api/scanner-traffic.api.spec.ts',
  'test/api/slow-relay.api.spec.ts',
  'test/api/verified-hosts.api.spec.ts',
  'test/api/version-notifications.api.spec.ts',
  // Every language and every template, page by page; and forgeries of every kind.
  'test/golden/document-languages.spec.ts',
  'test/golden/document-pages.spec.ts',
  'test/golden/file-attack.spec.ts',
  'test/golden/forged-files.spec.ts',
  'test/golden/hostile-artwork.spec.ts',
  'test/golden/looks.spec.ts',
  'test/golden/picture-bombs.spec.ts',
];

const ROOT = join(__dirname, '..');
const GROUPS = join(__dirname, 'groups');
/** `npm test` writes them (scripts/domain-groups.mjs); those of an earlier run may name suites that are gone. */
const DOMAIN_GROUPS = join(ROOT, 'test-output/groups');

const suitesOf = (folder) =>
  readdirSync(folder).flatMap((group) =>
    [...readFileSync(join(folder, group), 'utf8').matchAll(/^import '(\S+)\.js';$/gm)].map(([, path]) =>
      relative(ROOT, resolve(folder, `${path}.ts`)).replaceAll('\\', '/'),
    ),
  );

/** Suites that a file of a group imports, by their path from the root. */
function grouped() {
  const isInGroups = process.env.THROUGHLINE_TEST_GROUPS === '1' && existsSync(DOMAIN_GROUPS);
  return [...suitesOf(GROUPS), ...(isInGroups ? suitesOf(DOMAIN_GROUPS) : [])];
}

const isOneOf = (names) => (path) => names.some((name) => path.replaceAll('\\', '/').endsWith(`/${name}`));

/** What `npm test` runs of all suites: those in a group run with it. */
module.exports = (paths) => {
  const leftOut = isOneOf(process.env.THROUGHLINE_TEST_ALL === '1' ? grouped() : [...NIGHTLY, ...grouped()]);
  return { filtered: paths.filter((path) => !leftOut(path)) };
};
module.exports.NIGHTLY = NIGHTLY;
module.exports.grouped = grouped;

// See CONTRIBUTING.md: the modules of the product are loaded once for all of
// these suites, which share one product (test/browser/shared-portal.ts). Those
// that move its clock come last.
import '../browser/deals.spec.js';
import '../browser/launch.spec.js';
import '../browser/landing-page.spec.js';
import '../browser/partner-figures.spec.js';
import '../browser/number-age.spec.js';
import '../browser/results.spec.js';

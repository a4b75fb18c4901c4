// See CONTRIBUTING.md: the modules of the product are loaded once for all of
// these suites, which share one product (test/browser/shared-portal.ts).
import '../browser/every-screen.spec.js';
import '../browser/sign-in.spec.js';
import '../browser/studio.spec.js';

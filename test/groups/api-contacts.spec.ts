// See CONTRIBUTING.md: the modules of the product are loaded once for all of
// these suites.
import '../api/contacts.api.spec.js';
import '../api/concurrent-edits.api.spec.js';
import '../api/contact-clock.api.spec.js';
import '../api/double-opt-in.api.spec.js';
import '../api/reduced-frequency.api.spec.js';
import '../api/unsubscribe-page.api.spec.js';
import '../api/opt-outs.api.spec.js';
import '../api/organisation-deletion.api.spec.js';
import '../api/privacy.api.spec.js';
import '../api/erasure.api.spec.js';

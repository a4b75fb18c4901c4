// See CONTRIBUTING.md: the modules of the product are loaded once for all of
// these suites.
import '../api/containment.api.spec.js';
import '../api/kill-switch.api.spec.js';
import '../api/mailbox.api.spec.js';
import '../api/onboarding-reminders.api.spec.js';
import '../api/programme-terms.api.spec.js';
import '../api/relay-consents.api.spec.js';
import '../api/relays.api.spec.js';
import '../api/replies.api.spec.js';
import '../api/returns.api.spec.js';
import '../api/vendor-domain.api.spec.js';

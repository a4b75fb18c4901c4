// See CONTRIBUTING.md: the modules of the product are loaded once for all of
// these suites.
import '../api/activations.api.spec.js';
import '../api/calendar.api.spec.js';
import '../api/entries.api.spec.js';
import '../api/launch-delay.api.spec.js';
import '../api/launches.api.spec.js';
import '../api/planned-end.api.spec.js';
import '../api/refused-launches.api.spec.js';
import '../api/send-time-test.api.spec.js';
import '../api/sequences.api.spec.js';
import '../api/stalled-activation.api.spec.js';
import '../api/result-mails.api.spec.js';
import '../api/scheduled-tables.api.spec.js';
import '../api/transitions.api.spec.js';

// See CONTRIBUTING.md: the modules of the product are loaded once for all of
// these suites.
import '../api/recipient-accounting.api.spec.js';
import '../api/fair-sharing.api.spec.js';
import '../api/duplicate-jobs.api.spec.js';
import '../api/sending-commands.api.spec.js';
import '../api/frequency-cap.api.spec.js';
import '../api/sending.api.spec.js';
import '../api/unknown-evidence.api.spec.js';
import '../api/unknown-messages.api.spec.js';

// See CONTRIBUTING.md: the modules of the product are loaded once for all of
// these suites.
import '../api/account-recovery.api.spec.js';
import '../api/account.api.spec.js';
import '../api/audit-log.api.spec.js';
import '../api/brand-kit.api.spec.js';
import '../api/brand-profile.api.spec.js';
import '../api/campaign-copies.api.spec.js';
import '../api/campaign-files.api.spec.js';
import '../api/confirmed-changes.api.spec.js';
import '../api/cli.api.spec.js';
import '../api/founding.api.spec.js';
import '../api/held-bytes.api.spec.js';
import '../api/organisation-export.api.spec.js';
import '../api/partners.api.spec.js';
import '../api/partner-applications.api.spec.js';
import '../api/partner-invitations.api.spec.js';
import '../api/route-spellings.api.spec.js';
import '../api/secret-key.api.spec.js';
import '../api/security-log.api.spec.js';
import '../api/security.api.spec.js';
import '../api/session.api.spec.js';
import '../api/team-invitations.api.spec.js';
import '../api/table-round-trips.api.spec.js';
import '../api/unknown-fields.api.spec.js';
import '../api/unknown-parameters.api.spec.js';

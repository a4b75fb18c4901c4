// See CONTRIBUTING.md: the modules of the product are loaded once for all of
// these suites.
import '../../libs/activations/src/launch/launch.db.spec.js';
import '../../libs/activations/src/activation-control.db.spec.js';
import '../../libs/audit/src/audit.db.spec.js';
import '../../libs/brand/src/brand.db.spec.js';
import '../../libs/brand/src/brand-kit.db.spec.js';
import '../../libs/campaigns/src/campaigns.db.spec.js';
import '../../libs/campaigns/src/review-comment.db.spec.js';
import '../../libs/contacts/src/contacts.db.spec.js';
import '../../libs/contacts/src/frequency-caps.db.spec.js';
import '../../libs/contacts/src/imports/contact-imports.db.spec.js';
import '../../libs/contacts/src/kept-figures.db.spec.js';
import '../../libs/contacts/src/segments/segments.db.spec.js';
import '../../libs/content/src/content.db.spec.js';
import '../../libs/identity/src/mail-limits.db.spec.js';
import '../../libs/organisations/src/organisations.db.spec.js';
import '../../libs/organisations/src/partner-attributes.db.spec.js';
import '../../libs/contacts/src/contact-quota.db.spec.js';

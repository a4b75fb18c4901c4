// See CONTRIBUTING.md: the modules of the product are loaded once for all of
// these suites.
import '../api/campaigns.api.spec.js';
import '../api/draft-files.api.spec.js';
import '../api/assets.api.spec.js';
import '../api/campaign-ends.api.spec.js';
import '../api/campaign-extensions.api.spec.js';
import '../api/campaign-news.api.spec.js';
import '../api/launch-reminders.api.spec.js';
import '../api/newsletters.api.spec.js';
import '../api/notifications.api.spec.js';
import '../api/offers.api.spec.js';
import '../api/review-comments.api.spec.js';
import '../api/search.api.spec.js';
import '../api/seals.api.spec.js';
import '../api/ready-posts.api.spec.js';
import '../api/insight.api.spec.js';
import '../api/shared-totals.api.spec.js';
import '../api/test-mails.api.spec.js';
import '../api/translations.api.spec.js';
import '../api/vendor-fields.api.spec.js';
import '../api/version-updates.api.spec.js';

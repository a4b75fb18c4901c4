// See CONTRIBUTING.md: the modules of the product are loaded once for all of
// these suites.
import '../api/click-leads.api.spec.js';
import '../api/clicks.api.spec.js';
import '../api/costs.api.spec.js';
import '../api/deals.api.spec.js';
import '../api/leads.api.spec.js';
import '../api/public.api.spec.js';
import '../api/request-limits.api.spec.js';
import '../api/webhooks.api.spec.js';
import '../api/won-deals.api.spec.js';

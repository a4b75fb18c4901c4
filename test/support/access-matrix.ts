import { ACTIVATIONS } from './access-matrix/activations.js';
import { ASSETS } from './access-matrix/assets.js';
import { BRAND } from './access-matrix/brand.js';
import { CAMPAIGNS } from './access-matrix/campaigns.js';
import { PROVIDERS, RELAYS, WEBHOOKS } from './access-matrix/connections.js';
import { CONTACTS } from './access-matrix/contacts.js';
import { INSIGHT } from './access-matrix/insight.js';
import { PARTNERS } from './access-matrix/partners.js';
import { PUBLIC } from './access-matrix/public.js';
import { HOSTS, SENDING } from './access-matrix/sending.js';
import { SESSION } from './access-matrix/session.js';
import { TEAM } from './access-matrix/team.js';
import { TOTALS, VENDORS } from './access-matrix/vendors.js';
import type { Row } from './access-matrix/row.js';

export { type CallerPlan, CALLERS } from './access-matrix/callers.js';
export { OF_TWO_SIDES, RIGHTS } from './access-matrix/rights.js';
export type { Row } from './access-matrix/row.js';

/** A row for every endpoint. An endpoint without one fails the test. */
export const ROWS: readonly Row[] = [
  ...SESSION,
  ...TEAM,
  ...RELAYS,
  ...VENDORS,
  ...TOTALS,
  ...WEBHOOKS,
  ...PROVIDERS,
  ...CAMPAIGNS,
  ...PARTNERS,
  ...ASSETS,
  ...BRAND,
  ...SENDING,
  ...HOSTS,
  ...CONTACTS,
  ...ACTIVATIONS,
  ...INSIGHT,
  ...PUBLIC,
];

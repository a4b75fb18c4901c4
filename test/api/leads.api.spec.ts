import { detailsCases } from './leads/details.cases.js';
import { disclosureCases } from './leads/disclosure.cases.js';
import { historyCases } from './leads/history.cases.js';
import { remindersCases } from './leads/reminders.cases.js';
import { requestsCases } from './leads/requests.cases.js';
import { openForSuite } from '../support/suite-product.js';

// One product for all: its start takes longer than most cases.
describe('a lead', () => {
  openForSuite();

  historyCases();
  remindersCases();
  requestsCases();
  detailsCases();
  disclosureCases();
});

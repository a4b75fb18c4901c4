import { draftsCases } from './campaign-ends/drafts.cases.js';
import { endingsCases } from './campaign-ends/endings.cases.js';
import { holdsCases } from './campaign-ends/holds.cases.js';
import { lastDaysCases } from './campaign-ends/last-days.cases.js';
import { partnershipsCases } from './campaign-ends/partnerships.cases.js';
import { recallsCases } from './campaign-ends/recalls.cases.js';
import { openForSuite } from '../support/suite-product.js';

// One product for all: its start takes longer than most cases.
describe('the end of a campaign', () => {
  openForSuite();

  endingsCases();
  recallsCases();
  lastDaysCases();
  holdsCases();
  draftsCases();
  partnershipsCases();
});

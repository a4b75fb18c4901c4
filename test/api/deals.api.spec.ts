import { daysCases } from './deals/days.cases.js';
import { importsCases } from './deals/imports.cases.js';
import { meanwhileCases } from './deals/meanwhile.cases.js';
import { resultsCases } from './deals/results.cases.js';
import { sharingCases } from './deals/sharing.cases.js';
import { stagesCases } from './deals/stages.cases.js';
import { withdrawalsCases } from './deals/withdrawals.cases.js';
import { openForSuite } from '../support/suite-product.js';

// One product for all: its start takes longer than most cases.
describe('a deal', () => {
  openForSuite({}, { notifications: 2 });

  stagesCases();
  meanwhileCases();
  daysCases();
  resultsCases();
  importsCases();
  sharingCases();
  withdrawalsCases();
});

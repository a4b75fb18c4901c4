import { experimentsCases } from './entries/experiments.cases.js';
import { formsCases } from './entries/forms.cases.js';
import { launchesCases } from './entries/launches.cases.js';
import { repetitionsCases } from './entries/repetitions.cases.js';
import { rulesCases } from './entries/rules.cases.js';
import { openForSuite } from '../support/suite-product.js';

// One product for all: its start takes longer than most cases.
describe('who enters a sequence', () => {
  openForSuite({}, { notifications: 1 });

  formsCases();
  experimentsCases();
  rulesCases();
  repetitionsCases();
  // Its clock ends the sessions of users.
  launchesCases();
});

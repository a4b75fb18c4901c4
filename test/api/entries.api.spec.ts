import { experimentsCases } from './entries/experiments.cases.js';
import { formsCases } from './entries/forms.cases.js';
import { launchesCases } from './entries/launches.cases.js';
import { repetitionsCases } from './entries/repetitions.cases.js';
import { rulesCases } from './entries/rules.cases.js';
import { openForEntries } from './entries/entries.js';

// One product for all: its start takes longer than most cases.
describe('who enters a sequence', () => {
  openForEntries();

  formsCases();
  experimentsCases();
  rulesCases();
  repetitionsCases();
  // Its clock ends the sessions of users.
  launchesCases();
});

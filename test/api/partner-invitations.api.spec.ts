import { answersCases } from './partner-invitations/answers.cases.js';
import { colleaguesCases } from './partner-invitations/colleagues.cases.js';
import { companiesCases } from './partner-invitations/companies.cases.js';
import { languagesCases } from './partner-invitations/languages.cases.js';
import { listsCases } from './partner-invitations/lists.cases.js';
import { mailsCases } from './partner-invitations/mails.cases.js';
import { overviewCases } from './partner-invitations/overview.cases.js';
import { repetitionsCases } from './partner-invitations/repetitions.cases.js';
import { resendingCases } from './partner-invitations/resending.cases.js';
import { openForInvitations } from './partner-invitations/invitations.js';

// One product for all: its start takes longer than most cases.
describe('the invitation of a partner', () => {
  openForInvitations();

  overviewCases();
  listsCases();
  languagesCases();
  repetitionsCases();
  companiesCases();
  colleaguesCases();
  answersCases();
  resendingCases();
  mailsCases();
});

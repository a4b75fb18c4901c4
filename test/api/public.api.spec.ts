import { landingAnswersCases } from './public/landing-answers.cases.js';
import { landingDocumentsCases } from './public/landing-documents.cases.js';
import { landingFormCases } from './public/landing-form.cases.js';
import { landingPageCases } from './public/landing-page.cases.js';
import { leadsCases } from './public/leads.cases.js';
import { mailsCases } from './public/mails.cases.js';
import { unsubscribeCases } from './public/unsubscribe.cases.js';
import { websitesCases } from './public/websites.cases.js';
import { openForSuite } from '../support/suite-product.js';

// One product for all: its start takes longer than most cases.
describe('what strangers can reach', () => {
  openForSuite();

  unsubscribeCases();
  mailsCases();
  landingPageCases();
  landingDocumentsCases();
  landingFormCases();
  landingAnswersCases();
  leadsCases();
  websitesCases();
});

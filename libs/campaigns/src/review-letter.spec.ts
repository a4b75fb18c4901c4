import { newId, type VendorId } from '#kernel';
import { reviewLetter } from './review-letter.js';

const version = {
  title: { en: 'Edge', de: 'Netzrand' },
  number: 2,
  opensOn: '2027-03-01',
  closesOn: '2027-03-05',
  reviewDueOn: '2027-02-20',
};
const URL = 'https://portal.example/campaigns/1/versions/2';

describe('the mail about a review', () => {
  it.each([
    ['submitted', 'en', 'Please review “Edge”, version 2', 'Maya has submitted version 2'],
    ['submitted', 'en', 'Please review “Edge”, version 2', 'Please decide by 20 February 2027.'],
    ['withdrawn', 'de', 'Zurückgezogen: „Netzrand“, Version 2', 'müssen nicht entscheiden'],
    ['returned', 'en', 'Changes requested: “Edge”, version 2', 'The price is wrong.'],
    ['commented', 'de', 'Kommentar zu „Netzrand“, Version 2', 'Antworten Sie an der Version'],
    ['approved', 'de', 'Freigegeben: „Netzrand“, Version 2', 'veröffentlicht werden'],
    ['published', 'en-GB', 'Published: “Edge”, version 2', 'from 1 March 2027 to 5 March 2027'],
  ] as const)('%s says in %s what happened and what to do', (event, locale, subject, text) => {
    const comment = event === 'returned' ? 'The price is wrong.' : null;
    const reader = { email: 'x@vendor.example', name: 'Ada', locale };
    const vendor = { id: newId<VendorId>(), name: 'Northwind' };
    const letter = reviewLetter(reader, URL, { vendor, event, version, person: 'Maya', comment });
    expect(letter.subject).toBe(subject);
    expect(letter.text).toContain(text);
    expect(letter.text).toContain(URL);
    expect(letter.branding?.organisationId).toBe(vendor.id);
  });
});

import { newId, type VendorId } from '#kernel';
import { vendorControlLetter } from './vendor-control-letter.js';

const NORTHWIND = { id: newId<VendorId>(), name: 'Northwind' };

describe('the mail about an activation that its vendor controls', () => {
  it.each([
    ['en', 'held', 'Northwind has paused “Edge”', 'Reason given by Northwind: A claim is wrong.'],
    ['de', 'held', 'Northwind hat „Edge“ angehalten', 'Begründung von Northwind: A claim is wrong.'],
    ['en', 'stopped', 'Northwind has stopped “Edge”', 'No more e-mails of it are sent.'],
  ] as const)('says to a reader of %s that it is %s, and why', (locale, kind, subject, text) => {
    const letter = vendorControlLetter(
      { email: 'x@partner.example', name: 'Ada', locale },
      {
        kind,
        vendor: NORTHWIND,
        title: 'Edge',
        reason: 'A claim is wrong.',
        url: 'https://portal.example/activations/1',
      },
    );
    expect(letter.subject).toBe(subject);
    expect(letter.text).toContain(text);
  });
});

import { slugOf } from './organisation.js';
import { isReservedMailbox } from './reserved-mailboxes.js';

describe('a mailbox of the operator', () => {
  it.each(['Admin', 'Hostmaster', 'Webmaster!', 'Security', 'No Reply', 'POSTMASTER', 'Returns', 'Bounce'])(
    'is reserved for a partner called %s',
    (name) => {
      expect(isReservedMailbox(slugOf(name))).toBe(true);
    },
  );

  it.each(['Brightwater IT', 'Admin Partners', 'constructor'])('is none for %s', (name) => {
    expect(isReservedMailbox(slugOf(name))).toBe(false);
  });
});

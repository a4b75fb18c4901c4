import { newId, type OrganisationId, type UserId } from '#kernel';
import { mailboxId, openOptOut, sealOptOut } from './opt-out-token.js';

const KEY = Buffer.alloc(32, 7);
const OPT_OUT = { readerId: newId<UserId>(), organisationId: newId<OrganisationId>(), kind: 'campaigns' } as const;

describe('the token of a link that stops a kind of e-mail', () => {
  it('names reader, organisation and kind', () => {
    expect(openOptOut(KEY, sealOptOut(KEY, OPT_OUT))).toEqual(OPT_OUT);
  });

  it('is refused with a changed bit, of another key, and cut', () => {
    const token = sealOptOut(KEY, OPT_OUT);
    const bytes = Buffer.from(token, 'base64url');
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(openOptOut(KEY, changed.toString('base64url'))).toBeNull();
    }
    expect(openOptOut(Buffer.alloc(32, 8), token)).toBeNull();
    for (const cut of ['', 'x', token.slice(0, 20), `${token}=`]) expect(openOptOut(KEY, cut)).toBeNull();
  });

  it('of a mailbox is the same for each spelling, and another at another organisation', () => {
    const { organisationId } = OPT_OUT;
    expect(mailboxId(organisationId, ' Sales@X.example')).toBe(mailboxId(organisationId, 'sales@x.example'));
    expect(mailboxId(newId(), 'sales@x.example')).not.toBe(mailboxId(organisationId, 'sales@x.example'));
  });
});

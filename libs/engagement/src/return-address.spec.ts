import { randomBytes } from 'node:crypto';
import { type MessageId, newId } from '#kernel';
import { openReturnAddress, sealedLocalPart } from './return-address.js';

const DOMAIN = 'mail.throughline.example';

describe('a sealed address', () => {
  const key = randomBytes(32);
  const id = newId<MessageId>();
  const open = (local: string, domain = DOMAIN) =>
    openReturnAddress([randomBytes(32), key], DOMAIN, `${local}@${domain}`);

  it.each(['bounce', 'reply', 'forwarded'] as const)(
    '%s names its message, in any case and under any key',
    (mailbox) => {
      const local = sealedLocalPart(key, mailbox, id);
      expect(open(local)).toEqual({ kind: mailbox, messageId: id });
      expect(open(local.toUpperCase())).toEqual({ kind: mailbox, messageId: id });
      // RFC 5321, 4.5.3.1.1.
      expect(local.length).toBeLessThanOrEqual(64);
    },
  );

  it('is opened by no seal of another mailbox, key or message', () => {
    const local = sealedLocalPart(key, 'reply', id);
    for (const mailbox of ['bounce', 'forwarded', 'invited']) expect(open(local.replace('reply', mailbox))).toBeNull();
    expect(open(sealedLocalPart(randomBytes(32), 'reply', id))).toBeNull();
    expect(open(local.replace(id, newId()))).toBeNull();
    expect(open(`reply+${id}`)).toBeNull();
  });
});

import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { type MessageId, newId } from '#kernel';
import { judgeClick } from './click-verdict.js';
import { openToken, sealToken } from './message-token.js';

describe('a message token', () => {
  const key = randomBytes(32);

  it('opens to what it was sealed for', () => {
    const token = { messageId: newId<MessageId>(), purpose: 7 };
    expect(openToken(key, sealToken(key, token))).toEqual(token);
  });

  it('opens under no other key', () => {
    expect(openToken(randomBytes(32), sealToken(key, { messageId: newId<MessageId>(), purpose: 7 }))).toBeNull();
  });

  it('does not open once any character is changed', () => {
    const sealed = sealToken(key, { messageId: newId<MessageId>(), purpose: 1 });
    fc.assert(
      fc.property(
        fc.nat(sealed.length - 1),
        fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'),
        (at, char) => {
          const changed = sealed.slice(0, at) + char + sealed.slice(at + 1);
          return changed === sealed || openToken(key, changed) === null;
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a click', () => {
  const browser = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';

  it('counts as a person’s when nothing speaks against it', () => {
    expect(judgeClick({ method: 'GET', userAgent: browser }, 0, 60_000).verdict).toBe('human');
  });

  it.each([
    ['only headers are asked for', 'HEAD', browser, 0, 60_000],
    ['no browser is named', 'GET', '', 0, 60_000],
    ['it names itself a scanner', 'GET', 'Mozilla/5.0 (compatible; Proofpoint scan)', 0, 60_000],
    ['many links are followed at once', 'GET', browser, 3, 60_000],
    ['it comes at once', 'GET', browser, 0, 500],
  ])('is a machine’s when %s', (_, method, userAgent, others, since) => {
    expect(judgeClick({ method, userAgent }, others, since).verdict).toBe('machine');
  });
});

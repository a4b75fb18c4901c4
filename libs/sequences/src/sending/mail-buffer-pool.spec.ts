import fc from 'fast-check';
import { MailBufferPool } from './mail-buffer-pool.js';

const PIECES = fc.array(
  fc.uint8Array({ maxLength: 40_000 }).map((bytes) => Buffer.from(bytes)),
  { maxLength: 4 },
);

describe('memory of mails', () => {
  it('holds each mail as it was joined until it is given back, whatever others do meanwhile', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(PIECES, fc.nat(5), fc.boolean()), { maxLength: 30 }), (steps) => {
        const memory = new MailBufferPool();
        const inHand: { mail: Buffer; expected: Buffer }[] = [];
        for (const [pieces, which, twice] of steps) {
          inHand.push({ mail: memory.concat(pieces), expected: Buffer.concat(pieces) });
          const over = which < inHand.length ? inHand.splice(which, 1)[0] : undefined;
          if (over !== undefined) memory.release(over.mail);
          if (over !== undefined && twice) memory.release(over.mail);
          for (const { mail, expected } of inHand) expect(mail.equals(expected)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is used again by the next mail of about that size', () => {
    const memory = new MailBufferPool();
    const first = memory.concat([Buffer.alloc(40_000)]);
    const second = memory.concat([Buffer.alloc(40_000)]);
    expect(second.buffer).not.toBe(first.buffer);
    memory.release(first);
    expect(memory.concat([Buffer.alloc(41_000)]).buffer).toBe(first.buffer);
  });

  it('is not kept beyond its limit', () => {
    const memory = new MailBufferPool();
    const mails = Array.from({ length: 3 }, () => memory.concat([Buffer.alloc(15 * 1024 * 1024)]));
    mails.forEach((mail) => memory.release(mail));
    const again = mails.map(() => memory.concat([Buffer.alloc(15 * 1024 * 1024)]).buffer);
    expect(again.filter((buffer) => mails.some((mail) => mail.buffer === buffer))).toHaveLength(2);
  });
});

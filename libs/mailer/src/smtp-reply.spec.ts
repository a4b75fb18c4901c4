import fc from 'fast-check';
import { SmtpReplies } from './smtp-reply.js';

const TEXT = '250-relay.example\r\n250-PIPELINING\r\n250 SIZE 1000\r\n550 5.1.1 nobody here\r\n354\r\n';

describe('SMTP replies', () => {
  it('are parsed from any chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(TEXT.length), { maxLength: 12 }), (cuts) => {
        const replies = new SmtpReplies();
        const at = [0, ...cuts.sort((a, b) => a - b), TEXT.length];
        const read = at.slice(1).flatMap((end, index) => replies.read(TEXT.slice(at[index], end)));
        expect(read).toEqual([
          { code: 250, enhanced: null, text: 'relay.example\nPIPELINING\nSIZE 1000' },
          { code: 550, enhanced: '5.1.1', text: '5.1.1 nobody here' },
          { code: 354, enhanced: null, text: '' },
        ]);
      }),
    );
  });

  it('contain no character that PostgreSQL refuses', () => {
    expect(new SmtpReplies().read('250-ok\0\x1b[1m\r\n250 \u2028queued\r\n')).toEqual([
      { code: 250, enhanced: null, text: 'ok  [1m\n\u2028queued' },
    ]);
  });

  it('contain no address that the server quotes', () => {
    const line = '550 5.1.1 <ada@example.com>: Recipient address rejected: ada@example.com unknown\r\n';
    expect(new SmtpReplies().read(line)).toEqual([
      {
        code: 550,
        enhanced: '5.1.1',
        text: '5.1.1 <<address>>: Recipient address rejected: <address> unknown',
      },
    ]);
  });

  it('fail to parse if they are not SMTP', () => {
    expect(() => new SmtpReplies().read('HTTP/1.1 400 Bad Request\r\n')).toThrow('no SMTP');
    expect(() => new SmtpReplies().read('x'.repeat(70_000))).toThrow('without end');
  });
});

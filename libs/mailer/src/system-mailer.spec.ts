import { hasBareLineEnd } from './line-ends.js';
import { withScriptedServer } from './scripted-server.fixture.js';
import { DkimSigner, SystemMailer } from './index.js';

describe('a system e-mail', () => {
  it('has CRLF line ends alone, whatever its texts have', () =>
    withScriptedServer({}, async ({ transport, received }) => {
      const mailer = new SystemMailer(transport, new DkimSigner(null), { from: 'Throughline <no-reply@a.example>' });
      await mailer.send({
        to: 'ada@customer.example',
        subject: 'Please confirm',
        text: 'Hello,\n\nlines with LF\rand CR\n',
        html: '<p>Hello</p>\n<p>lines with LF</p>\n',
        messageId: 'id@a.example',
        date: new Date('2026-11-18T10:00:00Z'),
        senderName: 'Brightwater IT',
      });
      expect(received).toHaveLength(1);
      expect(hasBareLineEnd(Buffer.from(received[0]!, 'latin1'))).toBe(false);
      expect(received[0]).toContain('\r\nlines with LF\r\nand CR\r\n');
    }));
});

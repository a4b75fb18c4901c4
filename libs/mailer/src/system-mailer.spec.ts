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

  it('has its logo inside, beside the HTML that shows it', () =>
    withScriptedServer({}, async ({ transport, received }) => {
      const mailer = new SystemMailer(transport, new DkimSigner(null), { from: 'Throughline <no-reply@a.example>' });
      const png = Buffer.from('a picture\r with\n odd bytes');
      await mailer.send({
        to: 'ada@customer.example',
        subject: 'News',
        text: 'Hello',
        html: '<img src="cid:logo@a">',
        messageId: 'id@a.example',
        date: new Date('2026-11-18T10:00:00Z'),
        logo: { id: 'logo@a', png },
      });
      expect(received[0]).toMatch(/Content-ID: <logo@a>/i);
      expect(received[0]).toContain('Content-Disposition: inline; filename=logo.png');
      expect(received[0]).toContain(png.toString('base64'));
    }));
});

import fc from 'fast-check';
import { mailHashes } from './index.js';
import { tryReadMail } from './verify-email.js';

const HEAD = [
  'Subject: Hello',
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary="=_b"',
  '',
  '--=_b',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  '',
].join('\r\n');
const BETWEEN = [
  '',
  '--=_b',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  '',
].join('\r\n');
const LONG = `${'x'.repeat(70)}=\r\n`.repeat(5);

/** Tokens of a part. Most are valid, many only in certain positions. */
const token = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('word', '=3D', '=E2=80=99', '=\r\n', 'end=\r\n', 'end\r\n', LONG, LONG) },
  { weight: 6, arbitrary: fc.constantFrom(' ', '\r\n', '=', '3D', `\r\n${LONG}`, `3D${LONG}`, `${LONG} `, `${LONG}=`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\n', '\r', '\t', '=0D=0A', '=E2', `=80=99${LONG}`, `\n${LONG}`, `${LONG}=E2`),
  },
);
const piece = fc.array(token, { maxLength: 3 }).map((tokens) => tokens.join(''));
const part = fc.array(piece, { maxLength: 4 });

/** The complete result of reading a mail. */
const told = (raw: Buffer, pieces?: readonly Buffer[]): unknown => {
  const mail = tryReadMail(raw, pieces);
  if ('code' in mail) return mail.code;
  return { text: mail.text, html: mail.html, subject: mail.subject, hashes: mailHashes(raw, mail) };
};
const mailOf = (pieces: readonly string[]): Buffer[] => pieces.map((one) => Buffer.from(one, 'latin1'));

describe('a mail whose pieces are known', () => {
  it('says what it says without them, whatever they are cut from', () => {
    fc.assert(
      fc.property(part, part, (text, html) => {
        const pieces = mailOf([HEAD, ...text, BETWEEN, ...html, '\r\n--=_b--\r\n']);
        const raw = Buffer.concat(pieces);
        expect(told(raw, pieces)).toEqual(told(raw));
      }),
      { numRuns: 3_000 },
    );
  });

  it('says what its bytes say, where pieces say another thing', () => {
    fc.assert(
      fc.property(part, part, (html, other) => {
        const raw = Buffer.concat(mailOf([HEAD, 'Hello', BETWEEN, ...html, '\r\n--=_b--\r\n']));
        expect(told(raw, mailOf([HEAD, 'Hello', BETWEEN, ...other]))).toEqual(told(raw));
      }),
      { numRuns: 1_000 },
    );
  });

  it('says what its bytes say, where a piece was written to since it was known', () => {
    const pieces = mailOf([HEAD, 'Hello', BETWEEN, LONG, 'end=\r\n', '\r\n--=_b--\r\n']);
    told(Buffer.concat(pieces), pieces);
    pieces[3]!.write('y');
    const raw = Buffer.concat(pieces);
    expect(told(raw, pieces)).toEqual(told(raw));
    expect(JSON.stringify(told(raw, pieces))).toContain('yxxx');
  });
});

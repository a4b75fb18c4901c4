import { generateKeyPairSync } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { DkimSigner } from './dkim-signer.service.js';

const keyOf = (bits: number): string =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const RAW = Buffer.from(
  [
    'From: =?UTF-8?B?R3LDvMOfZQ==?= <brightwater@mail.example>',
    'To: "O\'Hara, Maya" <maya@customer.example>',
    'Date: Sat, 21 Nov 2026 10:00:00 +0000',
    'Message-ID: <1@mail.example>',
    'List-Unsubscribe: <https://throughline.example/u/abc>,',
    ' <mailto:leave+1@mail.example>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'Subject: A   subject with   spaces',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Hello  there',
    '.a line with a dot',
    '',
  ].join('\r\n'),
);

describe('a DKIM signature', () => {
  const signer = new DkimSigner({ domain: 'mail.example', selector: 's1', privateKeyPem: keyOf(2048) });
  const resolver = async (name: string): Promise<string[][]> => {
    expect(name).toBe(signer.record?.name);
    return [[signer.record!.value]];
  };
  const verify = async (raw: Buffer) => (await dkimVerify(raw, { resolver })).results[0];

  it('is valid for an independent verifier', async () => {
    const result = await verify(Buffer.concat(await signer.signed(RAW, new Date())));
    expect(result?.status).toMatchObject({ result: 'pass', aligned: 'mail.example' });
  });

  it('covers both headers of one-click unsubscribe (RFC 8058)', async () => {
    const [header] = await signer.signed(RAW, new Date());
    const [, signed = ''] = /[; ]h=([^;]*);/.exec(header!.toString().replace(/\r\n /g, '')) ?? [];
    expect(signed.split(':')).toEqual(
      expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post', 'from', 'to', 'subject']),
    );
  });

  it.each([
    ['the body', 'Hello  there', 'Hello there'],
    ['a header', 'with   spaces', 'without'],
    ['the way to unsubscribe', '/u/abc', '/u/abd'],
    ['a second From', 'Message-ID', 'From: <evil@example.com>\r\nMessage-ID'],
  ])('is broken by a change of %s', async (_, from, to) => {
    const signed = Buffer.concat(await signer.signed(RAW, new Date())).toString('latin1');
    const result = await verify(Buffer.from(signed.replace(from, to), 'latin1'));
    expect(result?.status.result).not.toBe('pass');
  });

  it('has lines of at most 78 characters', async () => {
    const [header] = await signer.signed(RAW, new Date());
    expect(
      Math.max(
        ...header!
          .toString()
          .split('\r\n')
          .map(({ length }) => length),
      ),
    ).toBeLessThanOrEqual(78);
  });

  it('is made with each key of the From domain, and not with the mail domain’s', async () => {
    const pairs = [generateKeyPairSync('rsa', { modulusLength: 2048 }), generateKeyPairSync('ed25519')].map(
      ({ privateKey, publicKey }) => ({ privateKey, spki: publicKey.export({ type: 'spki', format: 'der' }) }),
    );
    const keys = pairs.map(({ privateKey: key }, at) => ({
      domain: 'mail.example',
      key,
      ...(at === 0
        ? ({ algorithm: 'rsa', selector: 'r' } as const)
        : ({ algorithm: 'ed25519', selector: 'e' } as const)),
    }));
    const records = new Map([
      ['r._domainkey.mail.example', `v=DKIM1; p=${pairs[0]!.spki.toString('base64')}`],
      ['e._domainkey.mail.example', `v=DKIM1; k=ed25519; p=${pairs[1]!.spki.subarray(-32).toString('base64')}`],
    ]);
    const raw = Buffer.concat(await signer.signed(RAW, new Date(), keys));
    const { results } = await dkimVerify(raw, { resolver: async (name) => [[records.get(name) ?? '']] });
    expect(results.map(({ status, selector }) => [selector, status.result])).toEqual([
      ['r', 'pass'],
      ['e', 'pass'],
    ]);
  });

  it('is omitted if there is no key', async () => {
    expect(await new DkimSigner(null).signed(RAW, new Date())).toEqual([RAW]);
  });

  it.each([
    ['no key at all', 'hello', /no private key/],
    ['a short key', keyOf(1024), /2048 bits.*openssl/],
  ])('is refused at the start with %s', (_, privateKeyPem, message) => {
    expect(() => new DkimSigner({ domain: 'mail.example', selector: 's1', privateKeyPem })).toThrow(message);
  });
});

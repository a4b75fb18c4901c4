import {
  checkedHost,
  hostFix,
  hostOf,
  hostRecord,
  isCovered,
  checkHost,
  mailHostOf,
  provedByMailbox,
  provenHosts,
} from './host-proof.js';

const OURS = 'mail.throughline.example';

describe('a host to be proved', () => {
  it.each([
    ['brightwater.example', 'brightwater.example'],
    [' WWW.Brightwater.EXAMPLE. ', 'brightwater.example'],
    ['shop.brightwater.co.uk', 'shop.brightwater.co.uk'],
    ['brightwater.github.io', 'brightwater.github.io'],
    // Without its www. it would be a public suffix.
    ['www.github.io', 'www.github.io'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('is taken from %j as %s', (input, host) => {
    expect(checkedHost(input, OURS)).toBe(host);
  });

  it.each([
    ['', 'invalid'],
    ['localhost', 'invalid'],
    ['127.0.0.1', 'invalid'],
    ['[::1]', 'invalid'],
    ['0x7f.1', 'invalid'],
    ['https://brightwater.example', 'invalid'],
    ['brightwater.example:8443', 'invalid'],
    ['user@brightwater.example', 'invalid'],
    ['evil.example\\@brightwater.example', 'invalid'],
    ['evil.example/brightwater.example', 'invalid'],
    ['evil.example?brightwater.example', 'invalid'],
    ['evil.example#.brightwater.example', 'invalid'],
    ['bright%77ater.example', 'invalid'],
    ['bright water.example', 'invalid'],
    ['brightwater..example', 'invalid'],
    ['brightwater.example..', 'invalid'],
    ['-brightwater.example', 'invalid'],
    ['*.brightwater.example', 'invalid'],
    ['_throughline.brightwater.example', 'invalid'],
    ['co.uk', 'public-suffix'],
    ['github.io', 'public-suffix'],
    ['gmail.com', 'mailbox-provider'],
    ['www.GMX.de', 'mailbox-provider'],
    [OURS, 'platform'],
    [`a.${OURS}`, 'platform'],
    ['throughline.example', 'platform'],
  ])('is refused as %j: %s', (input, why) => {
    const named = why === 'invalid' ? {} : { host: input.toLowerCase() };
    expect(() => checkedHost(input, OURS)).toThrow(
      expect.objectContaining({ code: `verified-host.${why}`, details: { field: 'host', ...named } }),
    );
  });

  it('is proved by its own record only, besides any others', () => {
    const value = 'throughline-host=abc';
    const record = hostRecord('brightwater.example', value);
    expect(record).toEqual({ type: 'TXT', name: '_throughline.brightwater.example', value });
    const judged = (...values: string[]) => checkHost(value, { kind: 'found', values });
    expect(judged('v=spf1 -all', ` ${value} `).problem).toBeNull();
    expect(judged(`${value}d`)).toEqual({ problem: 'other-value', found: `${value}d` });
    expect(judged(value.toUpperCase()).problem).toBe('other-value');
    expect(checkHost(value, { kind: 'absent' }).problem).toBe('missing');
    expect(checkHost(value, { kind: 'unreachable', why: 'ETIMEOUT' }).problem).toBe('unreachable');
  });

  it('says what to do with the exact record', () => {
    const record = hostRecord('brightwater.example', 'throughline-host=abc');
    expect(hostFix({ problem: null, found: null }, record)).toBeNull();
    for (const problem of ['missing', 'other-value'] as const) {
      const fix = hostFix({ problem, found: null }, record);
      expect(fix).toContain('_throughline.brightwater.example');
      expect(fix).toContain('throughline-host=abc');
    }
    expect(hostFix({ problem: 'unreachable', found: null }, record)).toContain('asked again by itself');
  });
});

describe('a mailbox', () => {
  it.each([
    ['olivia@brightwater.example', 'brightwater.example'],
    ['olivia@Mail.Brightwater.CO.UK', 'brightwater.co.uk'],
    ['olivia@büro.brightwater.example', 'brightwater.example'],
    ['olivia@brightwater.github.io', 'brightwater.github.io'],
  ])('of %s proves %s', (email, proved) => {
    expect(provedByMailbox(mailHostOf(email)!, OURS)).toBe(proved);
  });

  it.each([
    'brightwater@gmail.com',
    'brightwater@GMX.de',
    'brightwater@sub.web.de',
    'brightwater@tutanota.com',
    'brightwater@hey.com',
    'brightwater@mailinator.com',
    'brightwater@co.uk',
    'brightwater@github.io',
    `brightwater@${OURS}`,
    `brightwater@throughline.example`,
  ])('of %s proves nothing: a public provider, or no registrable domain', (email) => {
    expect(provedByMailbox(mailHostOf(email)!, OURS)).toBeNull();
  });

  it.each([
    'a@b@brightwater.example',
    '"a@evil.example"@brightwater.example',
    'a,b@brightwater.example',
    'a@[127.0.0.1]',
    'a@localhost',
    'a@brightwater.example:25',
    'brightwater.example',
    '',
  ])('is none that could be read in two ways: %j', (email) => {
    expect(mailHostOf(email)).toBeNull();
  });
});

describe('proved hosts', () => {
  it.each([
    ['brightwater.example', true],
    ['www.brightwater.example', true],
    ['a.b.brightwater.example', true],
    ['evil-brightwater.example', false],
    ['brightwater.example.evil.example', false],
    ['example', false],
  ])('cover %s: %s', (host, isTrue) => {
    expect(isCovered(['brightwater.example'], host)).toBe(isTrue);
  });

  it.each([
    ['https://BRIGHTWATER.example./x', 'brightwater.example'],
    ['https://bücher.example/', 'xn--bcher-kva.example'],
    ['https://127.0.0.1/', null],
    ['not an address', null],
    [null, null],
  ])('are compared with the host of the website %s: %s', (website, host) => {
    expect(hostOf(website)).toBe(host);
  });

  it('are listed once, without sub-domains of another', () => {
    const since = new Date(0);
    const hosts = ['shop.brightwater.example', 'brightwater.example', 'brightwater.example', 'other.example'];
    expect(provenHosts(hosts.map((host) => ({ host, how: 'dns', since })))).toEqual([
      'brightwater.example',
      'other.example',
    ]);
  });
});

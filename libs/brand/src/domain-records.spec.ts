import {
  type DnsAnswer,
  dmarcNames,
  checkDmarc,
  checkKey,
  checkReturnPath,
  checkSpf,
  foreignMailHosts,
  relativeNameOf,
} from './domain-records.js';

const texts = (...values: string[]): DnsAnswer => ({ kind: 'found', values });
const ABSENT: DnsAnswer = { kind: 'absent' };
const SILENT: DnsAnswer = { kind: 'unreachable', why: 'ESERVFAIL' };
const key = { algorithm: 'ed25519', selector: 's', publicKey: 'AAAA=' } as const;

describe('a record of a sending domain', () => {
  it.each([
    ['is right', texts('v=DKIM1; k=ed25519; p=AAAA='), null],
    ['is right with spaces in its key', texts('v=DKIM1;k=ed25519;p=AA AA='), null],
    ['stands beside a text that is no key', texts('hello', 'k=ed25519; p=AAAA='), null],
    ['is missing', ABSENT, 'missing'],
    ['is not told', SILENT, 'unreachable'],
    ['has another key', texts('k=ed25519; p=BBBB='), 'other-key'],
    ['says another kind of key', texts('p=AAAA='), 'other-key'],
    ['is revoked', texts('k=ed25519; p='), 'revoked-key'],
    ['is marked as a test', texts('k=ed25519; t=s:y; p=AAAA='), 'testing-key'],
    ['stands twice', texts('k=ed25519; p=AAAA=', 'k=ed25519; p=AAAA='), 'many-records'],
  ] as const)('for a key that %s', (_, answer, problem) => {
    expect(checkKey(key, answer)).toMatchObject({ purpose: 'dkim-ed25519', problem });
  });

  it.each([
    ['leads to the mail domain', texts('Mail.Throughline.example.'), null],
    ['leads elsewhere', texts('mail.example'), 'other-target'],
    ['is missing', ABSENT, 'missing'],
  ] as const)('for return paths that %s', (_, answer, problem) => {
    expect(checkReturnPath('mail.throughline.example', answer)).toMatchObject({ problem });
  });

  it.each([
    ['is there', texts('v=spf1 mx -all', 'something else'), null],
    ['is there twice', texts('v=spf1 mx -all', 'v=spf1 a'), 'many-records'],
    ['is of a later version', texts('v=spf10 mx'), 'not-ours-yet'],
    ['is missing', ABSENT, 'not-ours-yet'],
  ] as const)('for SPF that %s', (_, answer, problem) => {
    expect(checkSpf(answer)).toMatchObject({ problem });
  });

  it.each([
    ['at the domain', [texts('v=DMARC1; p=reject'), ABSENT], null],
    ['at the one above', [ABSENT, texts('v=DMARC1;p=none; adkim=s')], null],
    ['nowhere', [ABSENT, ABSENT], 'missing'],
    ['twice', [texts('v=DMARC1; p=none', 'v=DMARC1; p=none'), ABSENT], 'many-records'],
    ['without a policy', [texts('v=DMARC1; rua=mailto:x@example.com'), texts('v=DMARC1; p=none')], 'no-policy'],
    ['unknown, because no server answers', [SILENT, texts('v=DMARC1; p=none')], 'unreachable'],
  ] as const)('for a DMARC policy %s', (_, answers, problem) => {
    expect(checkDmarc(answers)).toMatchObject({ problem });
  });

  it('asks for DMARC at every domain above, and at no top-level domain', () => {
    expect(dmarcNames('news.alpenblick.example')).toEqual([
      '_dmarc.news.alpenblick.example',
      '_dmarc.alpenblick.example',
    ]);
  });
});

describe('the servers that receive mail to a domain', () => {
  const OURS = texts('mx.platform.example');

  it.each<[string, DnsAnswer, DnsAnswer, string | null, string | null]>([
    ['are none where there is no MX', ABSENT, OURS, 'mx.before.example', null],
    ['are the installation’s', texts('mx.platform.example'), OURS, null, null],
    ['are the mail domain itself', texts('mail.platform.example'), ABSENT, null, null],
    ['are foreign', texts('mx.vendor.example'), OURS, null, 'mx.vendor.example'],
    ['are in part foreign', texts('mx.platform.example', 'mx.vendor.example'), OURS, null, 'mx.vendor.example'],
    ['stay as they were without an answer', SILENT, OURS, 'mx.before.example', 'mx.before.example'],
    ['count as foreign without an answer', SILENT, OURS, null, 'unknown (no answer)'],
    ['stay as they were without an answer for the mail domain', texts('mx.a.example'), SILENT, null, null],
  ])('%s', (_, theirs, ours, before, expected) => {
    expect(foreignMailHosts({ theirs, ours, policies: [] }, { mailDomain: 'mail.platform.example', before })).toBe(
      expected,
    );
  });

  it.each<[string, readonly DnsAnswer[], string | null]>([
    ['none', [texts('v=DMARC1; p=none')], null],
    ['the installation', [texts('v=DMARC1; p=none; rua=mailto:d@mail.platform.example')], null],
    ['the vendor', [texts('v=DMARC1; p=none; rua=mailto:agg@vendor.example!10m')], 'vendor.example'],
    ['the vendor, with failures', [texts('v=DMARC1; p=none; ruf=mailto:f@Vendor.example; fo=1')], 'vendor.example'],
    ['several', [ABSENT, texts('v=DMARC1;p=none;rua=mailto:a@b.example,mailto:c@d.example')], 'b.example | d.example'],
    [
      'an address of no known form',
      [texts('v=DMARC1; p=none; rua=https://vendor.example/x')],
      'https://vendor.example/x',
    ],
    [
      'the nearest policy’s addresses only',
      [texts('v=DMARC1; p=none'), texts('v=DMARC1; p=none; rua=mailto:a@b.example')],
      null,
    ],
    ['without an answer', [SILENT], 'unknown (no answer)'],
  ])('include who gets DMARC reports: %s', (_, policies, expected) => {
    const hosts = { theirs: texts('mail.platform.example'), ours: ABSENT, policies };
    expect(foreignMailHosts(hosts, { mailDomain: 'mail.platform.example', before: null })).toBe(expected);
  });
});

describe('the name of a record for a DNS provider', () => {
  it.each([
    ['_dmarc.partner.example', '_dmarc'],
    ['s1._domainkey.mail.partner.co.uk', 's1._domainkey.mail'],
    ['partner.de', '@'],
    ['bounces.news.partner.com.au', 'bounces.news'],
  ])('of %s is %s, without the registered domain', (name, relative) => {
    expect(relativeNameOf(name)).toBe(relative);
  });
});

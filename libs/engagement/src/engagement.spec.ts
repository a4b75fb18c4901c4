import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type MessageId, newId } from '#kernel';
import { ClickJournal, type RawClick, type InteractionId } from './click-journal.js';
import { isPrefetch, hasBrowserHeaders } from './click-request.js';
import { type ClickFacts, classifyClick } from './click-verdict.js';
import { GatewayNetworks } from './scanner-ranges.js';
import { openToken, sealToken } from './message-token.js';

describe('a message token', () => {
  const key = randomBytes(32);

  it('opens to what it was sealed for', () => {
    const token = { messageId: newId<MessageId>(), purpose: 7 };
    expect(openToken([key], sealToken(key, token))).toEqual(token);
  });

  it('has an end if it was given one', () => {
    const token = { messageId: newId<MessageId>(), purpose: 250, until: new Date('2027-02-01T09:30:00Z') };
    expect(openToken([key], sealToken(key, token))).toEqual(token);
    const { until: _, ...endless } = token;
    expect(openToken([key], sealToken(key, endless))).toEqual(endless);
  });

  it('opens behind newer keys, for as long as its own is kept', () => {
    const token = { messageId: newId<MessageId>(), purpose: 7 };
    expect(openToken([randomBytes(32), key], sealToken(key, token))).toEqual(token);
  });

  it('opens under no other key', () => {
    expect(openToken([randomBytes(32)], sealToken(key, { messageId: newId<MessageId>(), purpose: 7 }))).toBeNull();
  });

  it('does not open once any character is changed', () => {
    const sealed = sealToken(key, { messageId: newId<MessageId>(), purpose: 1 });
    fc.assert(
      fc.property(
        fc.nat(sealed.length - 1),
        fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'),
        (at, char) => {
          const changed = sealed.slice(0, at) + char + sealed.slice(at + 1);
          return changed === sealed || openToken([key], changed) === null;
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a click', () => {
  const facts: ClickFacts = {
    method: 'GET',
    userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15',
    isPrefetch: false,
    hasBrowserHeaders: true,
    scanner: null,
    isDecoy: false,
    around: [],
    wasScanned: false,
    sinceSubmissionMs: 60_000,
  };
  const other = (agoMs: number, name = 'demo', changes: object = {}): ClickFacts['around'][number] => ({
    name,
    agoMs,
    isDecoy: false,
    isMachine: false,
    isSameLink: false,
    ...changes,
  });

  it('counts as human without any signal against it', () => {
    expect(classifyClick(facts)).toEqual({ verdict: 'human', why: 'nothing speaks against it', suspicion: null });
  });

  it.each<[string, Partial<ClickFacts>]>([
    ['only headers are asked for', { method: 'HEAD' }],
    ['no browser is named', { userAgent: '' }],
    ['it names itself a scanner', { userAgent: 'Mozilla/5.0 (compatible; Proofpoint scan)' }],
    [
      'it names itself a crawler',
      { userAgent: 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)' },
    ],
    ['it is a program', { userAgent: 'python-requests/2.31' }],
    ['it comes from a mail gateway', { scanner: 'Proofpoint' }],
    ['a program fetches it before anybody asks', { isPrefetch: true }],
    ['many links are followed at once', { around: [other(20_000), other(44_000, 'page')] }],
    [
      'four links are followed in three minutes',
      { around: ['a', 'b', 'c'].map((name, at) => other(at * 70_000 + 39_000, name)) },
    ],
    ['another link is followed in the same second', { around: [other(900)] }],
    ['links are followed in a steady beat', { around: [other(60_000), other(120_050, 'page')] }],
    ['it comes at once', { sinceSubmissionMs: 500 }],
    ['the link is invisible to people', { isDecoy: true }],
    ['an invisible link of the same message was followed', { around: [other(-59_000, 'decoy', { isDecoy: true })] }],
  ])('is a machine’s when %s', (_, changes) => {
    expect(classifyClick({ ...facts, ...changes })).toMatchObject({ verdict: 'machine', suspicion: null });
  });

  it.each<[string, Partial<ClickFacts>]>([
    ['it comes within a minute of the mail', { sinceSubmissionMs: 59_999 }],
    ['it was not asked for as browsers do', { hasBrowserHeaders: false }],
    ['a program had been there before', { around: [other(9 * 60_000, 'page', { isSameLink: true, isMachine: true })] }],
    ['another link was followed within a minute', { around: [other(59_000)] }],
    ['programs follow the links in the person’s mail', { wasScanned: true }],
  ])('is a person’s, but waits to be believed, when %s', (_, changes) => {
    const { verdict, suspicion } = classifyClick({ ...facts, ...changes });
    expect(verdict).toBe('human');
    expect(suspicion).not.toBeNull();
  });

  it.each<[string, ClickFacts['around']]>([
    ['a double click', [other(180, 'page', { isSameLink: true })]],
    ['another link hours ago', [other(3_600_000)]],
    ['the decoy, hours ago', [other(3_600_000, 'decoy', { isDecoy: true, isMachine: true })]],
  ])('is believed at once beside %s', (_, around) => {
    expect(classifyClick({ ...facts, around })).toMatchObject({ verdict: 'human', suspicion: null });
  });

  it('is not regular if its intervals differ as a person’s do', () => {
    expect(classifyClick({ ...facts, around: [other(60_000), other(122_000, 'page')] }).verdict).toBe('human');
  });
});

describe('a request', () => {
  const BROWSER = {
    accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
    'accept-language': 'de-DE,de;q=0.9',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
    'sec-fetch-site': 'none',
  };

  it.each<[string, object, boolean]>([
    ['of a browser', {}, true],
    ['of a browser over HTTP, or an old one', { 'sec-fetch-mode': undefined, 'sec-fetch-dest': undefined }, true],
    ['of a program that has borrowed a name', { 'accept-language': undefined }, false],
    ['for any language', { 'accept-language': '*' }, false],
    ['for anything', { accept: '*/*' }, false],
    ['of a script within a page', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }, false],
  ])('%s is told from others by what it carries', (_, changes, expected) => {
    expect(hasBrowserHeaders({ ...BROWSER, ...changes })).toBe(expected);
  });

  it.each([
    [{ 'sec-purpose': 'prefetch;prerender' }, true],
    [{ purpose: 'prefetch' }, true],
    [{ 'x-purpose': 'preview' }, true],
    [{ 'x-moz': 'prefetch' }, true],
    [{}, false],
  ])('with %o is fetched ahead: %s', (headers, expected) => {
    expect(isPrefetch({ ...BROWSER, ...headers })).toBe(expected);
  });
});

describe('a mail gateway', () => {
  it.each([
    ['104.47.1.2', 'Microsoft Exchange Online Protection'],
    ['::ffff:148.163.130.9', 'Proofpoint'],
    ['2a01:111:f400:7e00::1', 'Microsoft Exchange Online Protection'],
    ['192.0.2.1', null],
    ['2001:db8::1', null],
    ['no address', null],
  ])('is known by its network: %s is %s', (address, owner) => {
    expect(new GatewayNetworks().ownerOf(address)).toBe(owner);
  });

  it('may be one that an operator knows', () => {
    const networks = new GatewayNetworks(['192.0.2.0/24', '2001:db8::7', '198.51.100.3']);
    for (const address of ['192.0.2.77', '::ffff:192.0.2.1', '2001:db8::7', '198.51.100.3'])
      expect(networks.ownerOf(address)).toBe('a gateway on this installation’s list');
    for (const address of ['198.51.100.4', '2001:db8::8']) expect(networks.ownerOf(address)).toBeNull();
    expect(networks.ownerOf('104.47.1.2')).toBe('Microsoft Exchange Online Protection');
  });
});

describe('the journal of clicks', () => {
  const aClick = (): RawClick => ({
    id: newId<InteractionId>(),
    messageId: newId<MessageId>(),
    number: 1,
    at: new Date('2026-11-17T10:00:00Z'),
    method: 'GET',
    userAgent: 'A "browser"\nof two lines',
    scanner: null,
    isPrefetch: false,
    hasBrowserHeaders: true,
  });
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'clicks-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives a dead process’s clicks to the next one, once, without incomplete lines', () => {
    const clicks = [aClick(), aClick()];
    const dead = new ClickJournal(folder, '999999-1');
    for (const click of clicks) dead.add(click);
    appendFileSync(join(folder, '999999-1.clicks'), '{"id":"');
    const next = new ClickJournal(folder);
    const left = next.recover(() => false);
    expect(left.clicks).toEqual(clicks);
    left.forget();
    expect(next.recover(() => false).clicks).toEqual([]);
    next.close();
  });

  it('skips a living process’s file, and deletes files that are stored', () => {
    const other = new ClickJournal(folder, '4242-1');
    other.add(aClick());
    const own = new ClickJournal(folder);
    expect(own.recover((pid) => pid === 4242).clicks).toEqual([]);
    other.clear();
    other.close();
    own.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});

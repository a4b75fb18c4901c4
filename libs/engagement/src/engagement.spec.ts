import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type MessageId, newId } from '#kernel';
import { ClickJournal, type RawClick, type TouchId } from './click-journal.js';
import { type ClickFacts, judgeClick } from './click-verdict.js';
import { scannerAt } from './scanner-ranges.js';
import { openToken, sealToken } from './message-token.js';

describe('a message token', () => {
  const key = randomBytes(32);

  it('opens to what it was sealed for', () => {
    const token = { messageId: newId<MessageId>(), purpose: 7 };
    expect(openToken([key], sealToken(key, token))).toEqual(token);
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
    scanner: null,
    isDecoy: false,
    isNearDecoy: false,
    otherLinks: 0,
    otherLinksAtOnce: 0,
    sinceHandOverMs: 60_000,
  };

  it('counts as a person’s when nothing speaks against it', () => {
    expect(judgeClick(facts)).toEqual({ verdict: 'human', why: 'nothing speaks against it' });
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
    ['many links are followed at once', { otherLinks: 2 }],
    ['another link is followed in the same second', { otherLinks: 1, otherLinksAtOnce: 1 }],
    ['it comes at once', { sinceHandOverMs: 500 }],
    ['nobody can see the link', { isDecoy: true }],
    ['a link that nobody can see was followed beside it', { isNearDecoy: true }],
  ])('is a machine’s when %s', (_, changes) => {
    expect(judgeClick({ ...facts, ...changes }).verdict).toBe('machine');
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
    expect(scannerAt(address)).toBe(owner);
  });
});

describe('the journal of clicks', () => {
  const aClick = (): RawClick => ({
    id: newId<TouchId>(),
    messageId: newId<MessageId>(),
    number: 1,
    at: new Date('2026-11-17T10:00:00Z'),
    method: 'GET',
    userAgent: 'A "browser"\nof two lines',
    scanner: null,
  });
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'clicks-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives what a dead process left to the next one, once, and no torn line', () => {
    const clicks = [aClick(), aClick()];
    const dead = new ClickJournal(folder, '999999-1');
    for (const click of clicks) dead.add(click);
    appendFileSync(join(folder, '999999-1.clicks'), '{"id":"');
    const next = new ClickJournal(folder);
    const left = next.takeOver(() => false);
    expect(left.clicks).toEqual(clicks);
    left.forget();
    expect(next.takeOver(() => false).clicks).toEqual([]);
    next.close();
  });

  it('leaves a living process’s alone, and nothing behind when all is written', () => {
    const other = new ClickJournal(folder, '4242-1');
    other.add(aClick());
    const own = new ClickJournal(folder);
    expect(own.takeOver((pid) => pid === 4242).clicks).toEqual([]);
    other.clear();
    other.close();
    own.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});

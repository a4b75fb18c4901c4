import fc from 'fast-check';
import { classifyBounce, statusOf } from './bounce-classification.js';
import { readReport } from './inbound-report.js';
import { CORPUS_MESSAGE, readCorpus } from './report-corpus.fixture.js';

describe('inbound reports', () => {
  const corpus = readCorpus();

  it('are recognised in at least 60 formats, besides replies and automatic mail', () => {
    const answers = ['reply', 'auto-reply', 'challenge'];
    const reports = corpus.filter(({ kind }) => !answers.includes(kind));
    expect(reports.length).toBeGreaterThanOrEqual(60);
    expect(corpus.length - reports.length).toBeGreaterThan(10);
    expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
  });

  it.each(corpus.map((one) => [one.name, one] as const))('%s', async (_, { raw, kind, outcome, status, recipient }) => {
    const report = await readReport({ raw, from: 'sender@a.example' });
    expect({ ...report }).toMatchObject({ kind, outcome, status, recipient });
    expect(report.excerpt).not.toContain('@');
    if (raw.includes(CORPUS_MESSAGE)) expect(report.originalId).toBe(`${CORPUS_MESSAGE}@mail.throughline.example`);
  });

  it('never fail to parse if cut off anywhere', async () => {
    for (const { raw } of corpus)
      for (const share of [0.2, 0.5, 0.8, 0.95])
        await expect(
          readReport({ raw: raw.subarray(0, Math.floor(raw.length * share)), from: '' }),
        ).resolves.toBeDefined();
  });

  it('never fail to parse if they are noise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        await readReport({ raw: Buffer.from(bytes), from: '' });
      }),
      { numRuns: 300 },
    );
  });

  it('take linear time for a hostile line of one megabyte', async () => {
    for (const piece of ['a@', '<', 'user ', '5.1.', ' \t', '"', 'mailbox full ', '--']) {
      const began = performance.now();
      const raw = Buffer.from(
        `From: mailer-daemon@x.example\r\nSubject: failure notice\r\n\r\n${piece.repeat(1_000_000 / piece.length)}`,
      );
      await readReport({ raw, from: '' });
      // Generous, because a busy machine is not a fault of the parser.
      expect(performance.now() - began).toBeLessThan(20_000);
    }
  });
});

describe('a failure', () => {
  it.each([
    ['5.7.1', 'user unknown', 'hard'],
    ['5.2.1', 'user unknown', 'hard'],
    ['5.1.1', 'blocked by policy', 'block'],
    ['5.1.1', 'quite something else', 'hard'],
    ['5.2.0', 'message rejected', 'block'],
    ['4.4.1', '450 user unknown', 'soft'],
    [null, 'Recipient address rejected: Access denied', 'hard'],
    [null, 'Sender address rejected: Domain not found', 'block'],
    [null, 'quite something else', 'unknown'],
    ['5.3.0', 'quite something else', 'soft'],
  ])('with code %s and the text “%s” is %s', (reported, said, kind) => {
    expect(classifyBounce({ reported, said }).kind).toBe(kind);
  });

  it.each([
    ['5.0.0', '550 5.1.1 <ada@a.example> refused', true],
    ['5.0.0', '550 user unknown', true],
    ['5.4.4', 'unknown host', true],
    ['5.1.1', 'quite something else', false],
    [null, '550 mailbox unavailable', false],
    ['5.1.1', '552 5.2.2 mailbox full', false],
    [null, '450 user unknown', false],
  ])('with code %s and the text “%s” proves that the address does not exist: %s', (reported, said, isProven) => {
    expect(classifyBounce({ reported, said }).isProven).toBe(isProven);
  });

  it.each([
    ['5.0.0', '550 5.1.1 unknown', '5.1.1'],
    ['5.2.2', '550 5.1.1 unknown', '5.1.1'],
    ['5.1.1', "5.1.0 - unknown 550-'5.7.1 denied'", '5.7.1'],
    ['5.1.1', '550 5.0.0 unknown', '5.1.1'],
    [null, 'host 192.5.1.1 said 550', null],
    [null, 'refused [5.1.1.9]', null],
    ['4.0.0', 'nothing', '4.0.0'],
  ])('with field %s and text “%s” has the code %s', (reported, said, status) => {
    expect(statusOf({ reported, said })).toBe(status);
  });
});

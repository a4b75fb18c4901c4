import { classifyBounce } from './bounce-classification.js';
import { readReport } from './inbound-report.js';
import { withoutPersonalData } from './personal-data.js';
import { readCorpus } from './report-corpus.fixture.js';

describe('a text of a mail server, as it is stored', () => {
  it.each([
    ['5.1.1 <ada@x.example>: Recipient address rejected', '5.1.1 <<address>>: Recipient address rejected'],
    // Names as directories write them, of people whose names the product does not have.
    ['User Ada Baker (abaker) not listed in Domino Directory', 'User … (…) not listed in … Directory'],
    ["ADA BAKER's mailbox is full", '… mailbox is full'],
    ['unknown user: ada_baker-brown', 'unknown user: …'],
    ['Außer Haus: Zoë Åström-O’Neill', '…: …'],
    ['Mailbox of 王小明 is disabled', 'Mailbox of … is disabled'],
    ['ada1985 is no user here; call +44 7700900977', '… is no user here; call +44 …'],
    // What engineers look for.
    ['see https://support.google.com/mail/?p=NoSuchUser', 'see https://support.google.com/mail/?…=NoSuchUser'],
    ['host 192.0.2.7 said: 421 4.7.0 try again later', 'host 192.0.2.7 said: 421 4.7.0 try again later'],
    ['queued as 9F2AB41C0D', 'queued as 9F2AB41C0D'],
    ["couldn't open mailbox: quota exceeded", "couldn't open mailbox: quota exceeded"],
  ])('%s', (text, stored) => {
    expect(withoutPersonalData(text)).toBe(stored);
  });

  it('keeps the words that classify it, for every sample of the corpus', async () => {
    const changed: string[] = [];
    for (const { name, raw } of readCorpus()) {
      const { kind, why, excerpt } = await readReport({ raw, from: 'sender@a.example' });
      // Others are classified by a code, or by the letter around the answer.
      if (!why.endsWith('(by its words)') || excerpt.length > 300) continue;
      if (classifyBounce({ reported: null, said: excerpt }).kind !== kind) changed.push(`${name}: ${excerpt}`);
    }
    expect(changed).toEqual([]);
  });
});

import { appendFileSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MessageId, newId } from '#kernel';
import { SendJournal } from './send-journal.js';

describe('the send journal', () => {
  const ids = Array.from({ length: 4 }, () => newId<MessageId>());

  it('tells after a crash what was accepted, what may have gone out and what had not begun', () => {
    const folder = mkdtempSync(join(tmpdir(), 'journal-'));
    const journal = new SendJournal(folder, '1-1');
    journal.inHand(ids);
    journal.begin(ids[0]!);
    journal.accepted(ids[0]!);
    journal.begin(ids[1]!);
    expect(SendJournal.takeOver(folder, () => false)).toEqual({ mine: ids, begun: [ids[1]], accepted: [ids[0]] });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes a torn last line for no line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'journal-'));
    new SendJournal(folder, '1-1').begin(ids[0]!);
    appendFileSync(join(folder, '1-1.journal'), `A${ids[0]!.slice(0, 10)}`);
    expect(SendJournal.takeOver(folder, () => false)).toMatchObject({ begun: [ids[0]], accepted: [] });
  });

  it('leaves the journal of a living process alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'journal-'));
    new SendJournal(folder, '77-1').inHand(ids);
    expect(SendJournal.takeOver(folder, (pid) => pid === 77).mine).toEqual([]);
  });
});

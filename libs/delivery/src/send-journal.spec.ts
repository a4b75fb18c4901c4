import { appendFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ReleaseId, type MessageId, newId } from '#kernel';
import { SendJournal } from './send-journal.js';

const nobody = (): boolean => false;
const aFolder = (): string => mkdtempSync(join(tmpdir(), 'journal-'));

describe('the send journal', () => {
  const releaseId = newId<ReleaseId>();
  const claims = Array.from({ length: 4 }, (_, at) => ({ id: newId<MessageId>(), fence: at + 1, releaseId }));
  const [first, second] = [claims[0]!, claims[1]!];

  it('tells after a crash what was accepted, what may have gone out and what had not started', async () => {
    const folder = aFolder();
    const journal = new SendJournal(folder);
    journal.recordClaimed(claims);
    await Promise.all([journal.recordStarted(first, 'SMTP_URL'), journal.recordStarted(second, 'relay-1')]);
    await journal.recordStarted(second, 'relay-2');
    journal.recordAccepted(first);
    expect(SendJournal.readAbandoned(folder, nobody)).toMatchObject({
      claimed: claims,
      started: [{ id: second.id, fence: second.fence, relay: 'relay-2' }],
      accepted: [{ id: first.id, fence: first.fence, relay: 'SMTP_URL' }],
    });
  });

  it('keeps what it knows until the ledger knows it, too', () => {
    const folder = aFolder();
    new SendJournal(folder).recordClaimed(claims);
    SendJournal.readAbandoned(folder, nobody);
    const { claimed, forget } = SendJournal.readAbandoned(folder, nobody);
    expect(claimed).toEqual(claims);
    forget();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('distinguishes the releases of one claim: settling one leaves the other open', () => {
    const folder = aFolder();
    const journal = new SendJournal(folder);
    const again = { ...first, releaseId: newId<ReleaseId>() };
    journal.recordClaimed([first]);
    journal.recordClaimed([again]);
    expect(SendJournal.readAbandoned(folder, nobody).claimed).toEqual([first, again]);
    journal.markSettled([first]);
    journal.close();
    expect(SendJournal.readAbandoned(folder, nobody).claimed).toEqual([first, again]);
  });

  it('reads entries of an older version, which have no release id', () => {
    const folder = aFolder();
    writeFileSync(join(folder, `${hostname()}_77_1_0.journal`), `H${first.id} 1\nS${first.id} 1\n`);
    expect(SendJournal.readAbandoned(folder, nobody)).toMatchObject({
      claimed: [{ id: first.id, fence: 1, releaseId: null }],
      started: [{ id: first.id, fence: 1, relay: null }],
    });
  });

  it('takes a torn line for no line, and the next for one', async () => {
    const folder = aFolder();
    const journal = new SendJournal(folder);
    journal.recordClaimed([first]);
    await journal.recordStarted(first);
    const [name] = readdirSync(folder);
    appendFileSync(join(folder, name!), `A${first.id.slice(0, 10)}`);
    expect(SendJournal.readAbandoned(folder, nobody)).toMatchObject({ started: [{ id: first.id }], accepted: [] });
  });

  it('leaves the journals of living processes and of other machines alone', () => {
    const folder = aFolder();
    new SendJournal(folder, `${hostname()}_77_1`).recordClaimed([first]);
    new SendJournal(folder, 'another-machine_78_1').recordClaimed([second]);
    expect(SendJournal.readAbandoned(folder, (pid) => pid === 77).claimed).toEqual([]);
  });

  it('reads what a process left before the machine was started anew, whoever has its number now', () => {
    const folder = aFolder();
    new SendJournal(folder, `${hostname()}_77_1`).recordClaimed([first]);
    const [name] = readdirSync(folder);
    const path = join(folder, name!);
    expect(SendJournal.readAbandoned(folder, (pid) => pid === 77).claimed).toEqual([]);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^B.*/, 'B0b1e6a52-boot-of-yesterday'));
    expect(SendJournal.readAbandoned(folder, (pid) => pid === 77).claimed).toEqual([first]);
  });

  it('lets nobody wait in vain for the disk whose file is removed meanwhile', async () => {
    const folder = aFolder();
    const journal = new SendJournal(folder);
    const many = Array.from({ length: 60_000 }, () => ({ id: newId<MessageId>(), fence: 1, releaseId }));
    journal.recordClaimed(many);
    journal.recordClaimed([first]);
    const started = journal.recordStarted(first);
    journal.markSettled(many);
    await expect(started).resolves.toBeUndefined();
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('leaves nothing behind when all is settled', () => {
    const folder = aFolder();
    const journal = new SendJournal(folder);
    journal.recordClaimed(claims);
    journal.markSettled(claims);
    journal.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves on the disk what is not settled when its process ends', () => {
    const folder = aFolder();
    const journal = new SendJournal(folder);
    journal.recordClaimed(claims);
    journal.markSettled([first]);
    journal.close();
    expect(SendJournal.readAbandoned(folder, nobody).claimed).toEqual(claims);
  });

  it('goes on in a new file when one has grown, and removes the old one once its messages are settled', () => {
    const folder = aFolder();
    const journal = new SendJournal(folder);
    const many = Array.from({ length: 120_000 }, () => ({ id: newId<MessageId>(), fence: 1, releaseId }));
    journal.recordClaimed(many);
    journal.recordClaimed([first]);
    expect(readdirSync(folder)).toHaveLength(2);
    journal.markSettled(many);
    expect(SendJournal.readAbandoned(folder, nobody).claimed).toEqual([first]);
  });
});

import { appendFileSync, mkdtempSync, readdirSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MessageId, newId } from '#kernel';
import { SendJournal } from './send-journal.js';

const nobody = (): boolean => false;
const aFolder = (): string => mkdtempSync(join(tmpdir(), 'journal-'));

describe('the send journal', () => {
  const claims = Array.from({ length: 4 }, (_, at) => ({ id: newId<MessageId>(), fence: at + 1 }));
  const [first, second] = [claims[0]!, claims[1]!];

  it('tells after a crash what was accepted, what may have gone out and what had not begun', async () => {
    const folder = aFolder();
    const journal = new SendJournal(folder);
    journal.inHand(claims);
    await Promise.all([journal.begin(first, 'SMTP_URL'), journal.begin(second, 'relay-1')]);
    await journal.begin(second, 'relay-2');
    journal.accepted(first);
    expect(SendJournal.left(folder, nobody)).toMatchObject({
      mine: claims,
      begun: [{ ...second, relay: 'relay-2' }],
      accepted: [{ ...first, relay: 'SMTP_URL' }],
    });
  });

  it('keeps what it knows until the ledger knows it, too', () => {
    const folder = aFolder();
    new SendJournal(folder).inHand(claims);
    SendJournal.left(folder, nobody);
    const { mine, forget } = SendJournal.left(folder, nobody);
    expect(mine).toEqual(claims);
    forget();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes a torn line for no line, and the next for one', async () => {
    const folder = aFolder();
    const journal = new SendJournal(folder);
    journal.inHand([first]);
    await journal.begin(first);
    const [name] = readdirSync(folder);
    appendFileSync(join(folder, name!), `A${first.id.slice(0, 10)}`);
    expect(SendJournal.left(folder, nobody)).toMatchObject({ begun: [first], accepted: [] });
  });

  it('leaves the journals of living processes and of other machines alone', () => {
    const folder = aFolder();
    new SendJournal(folder, `${hostname()}_77_1`).inHand([first]);
    new SendJournal(folder, 'another-machine_78_1').inHand([second]);
    expect(SendJournal.left(folder, (pid) => pid === 77).mine).toEqual([]);
  });

  it('leaves nothing behind when all is settled', () => {
    const folder = aFolder();
    const journal = new SendJournal(folder);
    journal.inHand(claims);
    journal.settled(claims.map(({ id }) => id));
    journal.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves on the disk what is not settled when its process ends', () => {
    const folder = aFolder();
    const journal = new SendJournal(folder);
    journal.inHand(claims);
    journal.settled([first.id]);
    journal.close();
    expect(SendJournal.left(folder, nobody).mine).toEqual(claims);
  });

  it('goes on in a new file when one has grown, and removes the old one once its messages are settled', () => {
    const folder = aFolder();
    const journal = new SendJournal(folder);
    const many = Array.from({ length: 120_000 }, () => ({ id: newId<MessageId>(), fence: 1 }));
    journal.inHand(many);
    journal.inHand([first]);
    expect(readdirSync(folder)).toHaveLength(2);
    journal.settled(many.map(({ id }) => id));
    expect(SendJournal.left(folder, nobody).mine).toEqual([first]);
  });
});

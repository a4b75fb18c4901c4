import { MailboxProgress, MailboxProgressModule } from '#engagement';
import type { Print } from './commands.js';
import { atInstallation } from './operator-process.js';

/** Opens what is known of the mailbox for one command. */
export async function atMailbox(work: (progress: MailboxProgress) => Promise<void>): Promise<void> {
  await atInstallation([MailboxProgressModule], (app) => work(app.get(MailboxProgress)));
}

/** Mails that could not be taken: UIDs and why, never an address. */
export async function listAside(progress: MailboxProgress, limit: number, print: Print): Promise<void> {
  const found = await progress.aside(limit);
  for (const { uid, why, foundAt } of found) print(`UID ${uid}  found ${foundAt.toISOString()}  ${why}`);
  print(`${found.length} put aside.`);
}

export async function retryAside(progress: MailboxProgress, print: Print): Promise<void> {
  print(`${await progress.retryAside()} are tried again in the next round.`);
}

import { MailboxProgress, MailboxProgressModule } from '#engagement';
import type { Print } from './commands.js';
import { withInstallation } from './operator-process.js';

/** Opens the mailbox progress for one command. */
export async function withMailbox(work: (progress: MailboxProgress) => Promise<void>): Promise<void> {
  await withInstallation([MailboxProgressModule], (app) => work(app.get(MailboxProgress)));
}

/**
 * Prints e-mails that could not be processed: UID and reason, never an address.
 */
export async function listAside(progress: MailboxProgress, limit: number, print: Print): Promise<void> {
  const found = await progress.failedMails(limit);
  for (const { uid, why, foundAt } of found) print(`UID ${uid}  found ${foundAt.toISOString()}  ${why}`);
  print(`${found.length} e-mails put aside.`);
}

export async function retryAside(progress: MailboxProgress, print: Print): Promise<void> {
  print(`${await progress.retryFailedMails()} e-mails are processed again in the next poll.`);
}

import { AuditLog } from '#audit';
import { Database } from '#database';
import { DeadLetters } from '#jobs';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';
import { atInstallation, operator } from './operator-process.js';
import { anId } from './sending-commands.js';

/** What the commands work with; a test brings its own. */
export interface JobDesk {
  readonly left: DeadLetters;
  readonly audit: AuditLog;
  readonly database: Database;
}

/** Opens the installation for one command. */
export async function atJobs(work: (desk: JobDesk) => Promise<void>): Promise<void> {
  await atInstallation([], (app) =>
    work({
      left: app.get(DeadLetters, { strict: false }),
      audit: app.get(AuditLog, { strict: false }),
      database: app.get(Database, { strict: false }),
    }),
  );
}

/** Jobs that wait for an operator: ids, and what the last try ended with. */
export async function listDeadLetters({ left }: Pick<JobDesk, 'left'>, limit: number, print: Print): Promise<void> {
  for (const { id, job, data, attempt, deadAt, error } of await left.list(operator(), limit))
    print(`${id}  ${job}  ${JSON.stringify(data)}  left ${deadAt.toISOString()} after ${attempt} tries  ${error}`);
  print(`${await left.count()} left.`);
}

/** Has them tried again as if they were new, and says so in the audit log. */
export async function retryJobs(
  { left, audit, database }: JobDesk,
  ids: readonly string[],
  isAll: boolean,
  print: Print,
): Promise<void> {
  if (isAll === ids.length > 0) throw new CommandFailure('Name the ids of jobs, or say --all; jobs list shows them.');
  const actor = operator();
  const retried = await database.inTransaction(actor, async () => {
    const jobs = await left.retry(actor, isAll ? null : ids.map(anId));
    for (const { id, job } of jobs)
      await audit.record(actor, { action: 'job.retried', subject: { kind: 'job', id }, details: { job } });
    return jobs;
  });
  print(`${retried.length}${isAll ? '' : ` of ${ids.length}`} were left and are tried again.`);
}

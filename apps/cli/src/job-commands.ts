import { AuditLog } from '#audit';
import { Database } from '#database';
import { DeadLetters } from '#jobs';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';
import { withInstallation, operator } from './operator-process.js';
import { anId } from './command-arguments.js';

/** The services that the commands use; tests pass their own. */
export interface JobCommandServices {
  readonly deadLetters: DeadLetters;
  readonly audit: AuditLog;
  readonly database: Database;
}

/**
 * Opens the installation, runs one command with its services, and closes it
 * again.
 */
export async function withJobs(work: (services: JobCommandServices) => Promise<void>): Promise<void> {
  await withInstallation([], (app) =>
    work({
      deadLetters: app.get(DeadLetters, { strict: false }),
      audit: app.get(AuditLog, { strict: false }),
      database: app.get(Database, { strict: false }),
    }),
  );
}

/** Prints the dead-lettered jobs: ids, and the error of the last attempt. */
export async function listDeadLetters(
  { deadLetters }: Pick<JobCommandServices, 'deadLetters'>,
  limit: number,
  print: Print,
): Promise<void> {
  for (const { id, job, data, attempt, deadAt, error } of await deadLetters.list(operator(), limit))
    print(
      `${id}  ${job}  ${JSON.stringify(data)}  dead-lettered ${deadAt.toISOString()} after ${attempt} attempts  ${error}`,
    );
  print(`${await deadLetters.count()} dead-lettered jobs.`);
}

/** Retries jobs as if they were new, and records each in the audit log. */
export async function retryJobs(
  { deadLetters, audit, database }: JobCommandServices,
  ids: readonly string[],
  isAll: boolean,
  print: Print,
): Promise<void> {
  if (isAll === ids.length > 0) throw new CommandFailure('Give the ids of jobs, or --all. `jobs list` shows the ids.');
  const actor = operator();
  const retried = await database.inTransaction(actor, async () => {
    const jobs = await deadLetters.retry(actor, isAll ? null : ids.map(anId));
    for (const { id, job } of jobs)
      await audit.record(actor, { action: 'job.retried', subject: { kind: 'job', id }, details: { job } });
    return jobs;
  });
  print(`${retried.length}${isAll ? '' : ` of ${ids.length}`} dead-lettered jobs are queued again.`);
}

import { HALT_SCOPES, type HaltScope, Halts, Relays, UnknownMessages, UnknownPolicies } from '#delivery';
import {
  HaltSubjects,
  SendingOperations,
  SendingOperationsModule,
  SendingReports,
  UnknownResolutions,
  OverdueSteps,
} from '#sequences';
import { anId } from './command-arguments.js';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';
import { withInstallation, operator } from './operator-process.js';

/** The services that the commands use; tests pass their own. */
export interface SendingCommandServices {
  readonly operations: SendingOperations;
  readonly reports: SendingReports;
  readonly resolutions: UnknownResolutions;
  readonly halts: Halts;
  readonly unknown: UnknownMessages;
  readonly relays: Relays;
  readonly policies: UnknownPolicies;
  readonly stuck: OverdueSteps;
  readonly subjects: HaltSubjects;
}

/**
 * Opens the installation, runs one command with its services, and closes it
 * again.
 */
export async function withSending(work: (services: SendingCommandServices) => Promise<void>): Promise<void> {
  await withInstallation([SendingOperationsModule], (app) =>
    work({
      operations: app.get(SendingOperations),
      reports: app.get(SendingReports),
      resolutions: app.get(UnknownResolutions),
      halts: app.get(Halts, { strict: false }),
      unknown: app.get(UnknownMessages, { strict: false }),
      relays: app.get(Relays, { strict: false }),
      policies: app.get(UnknownPolicies, { strict: false }),
      stuck: app.get(OverdueSteps),
      subjects: app.get(HaltSubjects),
    }),
  );
}

/**
 * Prints the queue figures, unknown messages, halts, slow destinations, and the
 * reasons of the last 24 hours.
 */
export async function sendingStatus({ reports, halts }: SendingCommandServices, print: Print): Promise<void> {
  const actor = operator();
  const figures = await reports.figures(actor);
  print(
    `Due, not claimed: ${figures.backlog} (oldest ${Math.round(figures.oldestDueSeconds)} s). ` +
      `Waiting for a retry: ${figures.planned}. In the queue: ${figures.leased}. ` +
      `Being submitted: ${figures.releasing}.`,
  );
  print(
    `Unknown: ${figures.unknown}. No outcome for over an hour: ${figures.stuck}, ` +
      `without a known reason: ${figures.stuckForNoReason}.`,
  );
  for (const halt of (await halts.inForce(actor)).all)
    print(
      `Halted: ${halt.scope} ${halt.subjectId ?? ''} since ${halt.haltedAt.toISOString()} ` +
        `by ${halt.haltedBy}: ${halt.reason}`,
    );
  for (const { group, until, rate, answer } of await reports.slowDestinations(actor))
    print(
      `Throttled: ${group}, paused until ${until.toISOString()}, ` +
        `then ${Math.round(rate)} a minute and rising. It answered: ${answer}`,
    );
  for (const { count, reason, sentence } of await reports.notSent(actor, 24))
    print(`Not sent in the last 24 hours: ${count} × ${reason}: ${sentence}`);
}

/**
 * Prints the steps without an outcome for over an hour, with the known reason.
 */
export async function listStuck(
  { stuck }: Pick<SendingCommandServices, 'stuck'>,
  limit: number,
  print: Print,
): Promise<void> {
  const found = await stuck.list(operator(), limit);
  for (const { activationId, contactId, stepKey, since, messageId, state, retryAt, sentence, smtp } of found)
    print(
      [
        `activation ${activationId}  contact ${contactId}  step ${stepKey}  since ${since.toISOString()}`,
        messageId === null ? 'not an e-mail: see jobs list' : `message ${messageId} is ${state ?? 'gone'}`,
        ...(sentence === null ? [] : [sentence]),
        ...(retryAt === null ? [] : [`retry at ${retryAt.toISOString()}`]),
        ...(smtp === null ? [] : [`the relay answered: ${smtp}`]),
      ].join('  '),
    );
  print(`${found.length} steps without an outcome for over an hour.`);
}

/** The kill switch. */
export async function haltSending(
  { operations }: SendingCommandServices,
  scope: string,
  subjectId: string | undefined,
  reason: string,
  print: Print,
): Promise<void> {
  const id = subjectId === undefined ? null : anId(subjectId);
  const { name, isNew, open } = await operations.halt(operator(), aScope(scope), id, reason);
  if (open > 0) print(`${open} messages are with a relay that has not answered yet. They may still be sent.`);
  const what = name === null ? 'Everything' : `The ${scope} “${name}”`;
  print(
    isNew
      ? `${what} is halted. Nothing is submitted until the halt is lifted.`
      : `${what} was already halted. The first reason stays; \`sending status\` shows it.`,
  );
}

/**
 * Prints vendors, partners, campaigns and activations whose name contains the
 * words.
 */
export async function findSubjects(
  { subjects }: Pick<SendingCommandServices, 'subjects'>,
  words: string,
  print: Print,
): Promise<void> {
  const found = await subjects.named(operator(), words, 20);
  for (const { scope, id, name } of found) print(`${scope.padEnd(10)}  ${id}  ${name}`);
  if (found.length === 0)
    throw new CommandFailure(`No vendor, partner, campaign or activation has “${words}” in its name.`, 1);
}

export async function liftHalt(
  { operations }: SendingCommandServices,
  scope: string,
  subjectId: string | undefined,
  print: Print,
): Promise<void> {
  const id = subjectId === undefined ? null : anId(subjectId);
  const lifted = aScope(scope);
  if (lifted !== 'everything' && id === null)
    throw new CommandFailure(`Give the id of the ${lifted}. \`sending status\` shows what is halted.`);
  if (!(await operations.lift(operator(), lifted, id)))
    throw new CommandFailure(`${scope} ${subjectId ?? ''} is not halted.`.replace('  ', ' '), 1);
  print('Lifted. Messages that fell due meanwhile are sent in their order.');
}

/**
 * Confirms a restored database. Messages due until a moment may have been sent
 * and become unknown.
 */
export async function confirmEpoch(
  { operations }: SendingCommandServices,
  until: string | undefined,
  print: Print,
): Promise<void> {
  const moment = until === undefined ? new Date() : new Date(until);
  if (Number.isNaN(moment.getTime()))
    throw new CommandFailure(`"${until}" is not a date and time. Write it like 2026-11-24T10:00:00Z.`);
  const { uncertainUntil, unknown } = await operations.confirmRestore(operator(), moment);
  print(
    `Sending resumes. ${unknown} messages are unknown now. Other messages due until ` +
      `${uncertainUntil.toISOString()} become unknown when they are claimed, and are not sent. ` +
      'See: sending unknown',
  );
}

function aScope(value: string): HaltScope {
  const scope = HALT_SCOPES.find((known) => known === value);
  if (scope !== undefined) return scope;
  throw new CommandFailure(`"${value}" is not a scope. Use one of: ${HALT_SCOPES.join(', ')}.`);
}

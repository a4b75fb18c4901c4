import {
  HALT_SCOPES,
  type HaltScope,
  Halts,
  Relays,
  RESOLUTIONS,
  type Resolution,
  type UnknownMessage,
  UnknownMessages,
  UnknownPolicies,
  type UnknownPolicy,
} from '#delivery';
import { type Id, isId, type VendorId } from '#kernel';
import {
  HaltSubjects,
  SendingOperations,
  SendingOperationsModule,
  SendingReports,
  UnknownResolutions,
  OverdueSteps,
  type WhyStory,
} from '#sequences';
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
  for (const { group, until, rate, said } of await reports.slowDestinations(actor))
    print(
      `Throttled: ${group}, paused until ${until.toISOString()}, ` +
        `then ${Math.round(rate)} a minute and rising. It answered: ${said}`,
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

/** Prints unknown messages by Message-ID: search the relay's log for it. */
export async function listUnknown(
  { unknown, policies }: SendingCommandServices,
  limit: number,
  print: Print,
): Promise<void> {
  const found = await unknown.list(operator(), limit);
  const vendors = [...new Set(found.map(({ vendorId }) => vendorId))];
  for (const [vendorId, policy] of await policies.forVendors(operator(), vendors)) print(policyLine(vendorId, policy));
  for (const message of found)
    print(
      [
        message.id,
        `since ${message.unknownSince.toISOString()}`,
        message.reason,
        `relay ${message.relay ?? 'not recorded'}${optional(message.mailGroup, (group) => ` to ${group}`)}`,
        `activation ${message.activationId}`,
        `step ${message.stepKey}${failedLookUps(message)}`,
      ].join('  '),
    );
  print(`${found.length} unknown messages.`);
}

const failedLookUps = ({ lookUps }: UnknownMessage): string =>
  lookUps
    .map(
      ({ relay, provider, asked, askedAt }) =>
        `  not found at ${provider} (${relay}) ${asked} times, last ${new Date(askedAt).toISOString()}`,
    )
    .join('');

/**
 * Prints what happens to a vendor's unknown messages without evidence. Changes
 * it if `way` is given.
 */
export async function unknownPolicy(
  { policies }: Pick<SendingCommandServices, 'policies'>,
  vendor: string,
  way: string | undefined,
  repeatAfterHours: number,
  print: Print,
): Promise<void> {
  const vendorId = anId(vendor) as VendorId;
  if (way !== undefined && !isWay(way))
    throw new CommandFailure(`"${way}" is not a policy. Use one of: ${WAYS.join(', ')}.`);
  const policy =
    way === undefined
      ? await policies.forVendor(operator(), vendorId)
      : await policies.set(operator(), vendorId, { onUnknown: way, repeatAfterHours });
  print(policyLine(vendorId, policy));
}

const WAYS = ['close', 'repeat-absent', 'repeat'] as const satisfies readonly UnknownPolicy['onUnknown'][];
const isWay = (way: string): way is UnknownPolicy['onUnknown'] => (WAYS as readonly string[]).includes(way);

const policyLine = (vendorId: string, { onUnknown, repeatAfterHours }: UnknownPolicy): string => {
  const does = {
    close: 'never sent again; closed after UNKNOWN_CLOSE_DAYS without evidence.',
    'repeat-absent':
      'sent again if POSTFIX_LOG is complete (POSTFIX_LOG_IS_COMPLETE) and does not contain it; closed after UNKNOWN_CLOSE_DAYS.',
    repeat: `sent again after ${repeatAfterHours} hours without evidence, twice at most.`,
  };
  return `Vendor ${vendorId}: ${does[onUnknown]}`;
};

/**
 * Resolves unknown messages.
 * @throws CommandFailure if none of them is unknown.
 */
export async function resolveUnknown(
  { resolutions }: SendingCommandServices,
  resolution: string,
  ids: readonly string[],
  print: Print,
): Promise<void> {
  if (!(resolution in RESOLUTIONS))
    throw new CommandFailure(
      `"${resolution}" is not a resolution. Use one of: ${Object.keys(RESOLUTIONS).join(', ')}.`,
    );
  const resolved = await resolutions.resolve(
    operator(),
    ids.map((id) => ({ id: anId(id) })),
    resolution as Resolution,
  );
  if (resolved === 0)
    throw new CommandFailure(
      'None of these messages is unknown. Nothing was changed. `sending unknown` lists the unknown messages.',
    );
  print(`${resolved} of ${ids.length} messages resolved.`);
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

/**
 * Prints why a contact receives, or does not receive, the messages of an
 * activation.
 */
export async function explain(
  { reports }: SendingCommandServices,
  activationId: string,
  contactId: string,
  print: Print,
): Promise<void> {
  const story = await reports.why(operator(), anId(activationId), anId(contactId));
  if (story === null) throw new CommandFailure('There is no activation with this id.', 1);
  for (const line of linesOf(story)) print(line);
}

function linesOf({ activation, halts, enrolment, passedOver, steps }: WhyStory): string[] {
  return [
    `The activation is ${activation.status}${activation.reason === null ? '' : ` (${activation.reason})`}.`,
    ...halts.map(({ scope, reason, haltedBy }) => `Halted: ${scope}, by ${haltedBy}: ${reason}`),
    enrolment === null
      ? `The contact is not enrolled: ${passedOver ?? 'the contact was not on the list at the launch.'}`
      : [
          `The contact is ${enrolment.state}`,
          optional(enrolment.stepKey, (step) => ` at step ${step}`),
          optional(enrolment.dueAt, (due) => `, due ${due.toISOString()}`),
          enrolment.state === 'waiting' && !enrolment.isQueued ? ' (held out of the queue)' : '',
          `; its time zone is ${enrolment.timeZone} (source: ${enrolment.timeZoneSource}).`,
          optional(enrolment.endSentence, (sentence) => ` It receives nothing more: ${sentence}`),
        ].join(''),
    ...steps.map((step) =>
      [
        `${step.stepKey}: ${step.outcome}. ${step.sentence}`,
        optional(step.state, (state) => ` Ledger: ${state}, ${step.attempt ?? 0} attempts`),
        optional(step.retryAt, (at) => `, retry at ${at.toISOString()}`),
        optional(step.relay, (relay) => `, by ${relay}`),
        optional(step.mailGroup, (group) => ` to ${group}`),
        optional(step.basis, (basis) => `; legal basis ${basis} (rules version ${step.consentRules ?? 0})`),
        optional(step.smtp, (answer) => `; the relay answered: ${answer}`),
      ].join(''),
    ),
  ];
}

export function anId(value: string): Id<string> {
  if (isId(value)) return value;
  throw new CommandFailure(`"${value}" is not an id. An id looks like 0198c6f2-8a31-7c55-9d2e-3f1b6a7c8d90.`);
}

function aScope(value: string): HaltScope {
  const scope = HALT_SCOPES.find((known) => known === value);
  if (scope !== undefined) return scope;
  throw new CommandFailure(`"${value}" is not a scope. Use one of: ${HALT_SCOPES.join(', ')}.`);
}

/** `text` of a value, or nothing if there is none. */
function optional<T>(value: T | null, text: (value: T) => string): string {
  return value === null ? '' : text(value);
}

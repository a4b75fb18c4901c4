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
import { HaltSubjects, SendingOperations, SendingOperationsModule, StuckSteps, type WhyStory } from '#sequences';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';
import { atInstallation, operator } from './operator-process.js';

/** What the commands work with; a test brings its own. */
export interface SendingDesk {
  readonly operations: SendingOperations;
  readonly halts: Halts;
  readonly unknown: UnknownMessages;
  readonly relays: Relays;
  readonly policies: UnknownPolicies;
  readonly stuck: StuckSteps;
  readonly subjects: HaltSubjects;
}

/** Opens the installation for one command. */
export async function atDesk(work: (desk: SendingDesk) => Promise<void>): Promise<void> {
  await atInstallation([SendingOperationsModule], (app) =>
    work({
      operations: app.get(SendingOperations),
      halts: app.get(Halts, { strict: false }),
      unknown: app.get(UnknownMessages, { strict: false }),
      relays: app.get(Relays, { strict: false }),
      policies: app.get(UnknownPolicies, { strict: false }),
      stuck: app.get(StuckSteps),
      subjects: app.get(HaltSubjects),
    }),
  );
}

/** What is on its way, what is late, what is unknown, what is halted, and why things were not sent today. */
export async function sendingStatus({ operations, halts }: SendingDesk, print: Print): Promise<void> {
  const actor = operator();
  const figures = await operations.figures(actor);
  print(
    `Due and not claimed: ${figures.backlog}, the first for ${Math.round(figures.oldestDueSeconds)} s. To be tried again: ${figures.planned}. In the queue: ${figures.leased}. Being handed over: ${figures.releasing}.`,
  );
  print(
    `Unknown: ${figures.unknown}. Without an outcome for over an hour: ${figures.stuck}, for no reason that is known: ${figures.stuckForNoReason}.`,
  );
  for (const halt of (await halts.inForce(actor)).all)
    print(
      `Halted: ${halt.scope} ${halt.subjectId ?? ''} since ${halt.haltedAt.toISOString()} by ${halt.haltedBy}: ${halt.reason}`,
    );
  for (const { group, until, rate, said } of await operations.slowDestinations(actor))
    print(
      `Slowed: ${group}, nothing until ${until.toISOString()}, ${Math.round(rate)} a minute after that and faster each minute, for it said: ${said}`,
    );
  for (const { count, reason, sentence } of await operations.notSent(actor, 24))
    print(`Not sent in 24 hours: ${count} × ${reason}: ${sentence}`);
}

/** Lists steps without an outcome for over an hour, with what is known of why. */
export async function listStuck({ stuck }: Pick<SendingDesk, 'stuck'>, limit: number, print: Print): Promise<void> {
  const found = await stuck.list(operator(), limit);
  for (const { activationId, contactId, stepKey, since, messageId, state, retryAt, sentence, smtp } of found)
    print(
      [
        `activation ${activationId}  contact ${contactId}  step ${stepKey}  since ${since.toISOString()}`,
        messageId === null ? 'no e-mail: see jobs list' : `message ${messageId} is ${state ?? 'gone'}`,
        ...(sentence === null ? [] : [sentence]),
        ...(retryAt === null ? [] : [`again ${retryAt.toISOString()}`]),
        ...(smtp === null ? [] : [`the relay said: ${smtp}`]),
      ].join('  '),
    );
  print(`${found.length} without an outcome for over an hour.`);
}

/** Lists unknown messages by Message-ID, which is what a relay's log is searched for. */
export async function listUnknown({ unknown, policies }: SendingDesk, limit: number, print: Print): Promise<void> {
  const found = await unknown.list(operator(), limit);
  const vendors = [...new Set(found.map(({ vendorId }) => vendorId))];
  for (const [vendorId, policy] of await policies.forVendors(operator(), vendors)) print(policyLine(vendorId, policy));
  for (const message of found)
    print(
      `${message.id}  since ${message.unknownSince.toISOString()}  ${message.reason}  relay ${message.relay ?? 'not known'}${message.mailGroup === null ? '' : ` to ${message.mailGroup}`}  activation ${message.activationId}  step ${message.stepKey}${failedLookUps(message)}`,
    );
  print(`${found.length} unknown.`);
}

const failedLookUps = ({ lookUps }: UnknownMessage): string =>
  lookUps
    .map(
      ({ relay, provider, asked, askedAt }) =>
        `  not found at ${provider} (${relay}) ${asked} times, last ${new Date(askedAt).toISOString()}`,
    )
    .join('');

/** What is done with unknown messages of a vendor where no evidence comes; changes it where a way is named. */
export async function unknownPolicy(
  { policies }: Pick<SendingDesk, 'policies'>,
  vendor: string,
  way: string | undefined,
  repeatAfterHours: number,
  print: Print,
): Promise<void> {
  const vendorId = anId(vendor) as VendorId;
  if (way !== undefined && !isWay(way))
    throw new CommandFailure(`There is no way "${way}"; there are ${WAYS.join(', ')}.`);
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
    close: 'never repeated; closed after UNKNOWN_CLOSE_DAYS without evidence.',
    'repeat-absent':
      'repeated where POSTFIX_LOG, which POSTFIX_LOG_IS_COMPLETE vouches for, does not have it; closed after UNKNOWN_CLOSE_DAYS.',
    repeat: `repeated after ${repeatAfterHours} hours without evidence, twice at most.`,
  };
  return `Vendor ${vendorId}: ${does[onUnknown]}`;
};

/** Decides unknown messages by what was found. @throws CommandFailure where none of them is unknown. */
export async function resolveUnknown(
  { operations }: SendingDesk,
  resolution: string,
  ids: readonly string[],
  print: Print,
): Promise<void> {
  if (!(resolution in RESOLUTIONS))
    throw new CommandFailure(`There is no way "${resolution}"; there are ${Object.keys(RESOLUTIONS).join(', ')}.`);
  const resolved = await operations.resolve(
    operator(),
    ids.map((id) => ({ id: anId(id) })),
    resolution as Resolution,
  );
  if (resolved === 0)
    throw new CommandFailure('None of them is unknown, and nothing has changed; sending unknown lists those that are.');
  print(`${resolved} of ${ids.length} were unknown and are decided now.`);
}

/** The kill switch. */
export async function haltSending(
  { operations }: SendingDesk,
  scope: string,
  subjectId: string | undefined,
  reason: string,
  print: Print,
): Promise<void> {
  const id = subjectId === undefined ? null : anId(subjectId);
  const { name, isNew, open } = await operations.halt(operator(), aScope(scope), id, reason);
  if (open > 0) print(`Relays have not answered for ${open} messages yet; those may still go out.`);
  const what = name === null ? 'Everything' : `The ${scope} “${name}”`;
  print(
    isNew
      ? `${what} is halted: nothing more is handed over until it is lifted.`
      : `${what} was halted before, for the reason of then: sending status shows it.`,
  );
}

/** Lists what can be halted, by words of its name. */
export async function findSubjects(
  { subjects }: Pick<SendingDesk, 'subjects'>,
  words: string,
  print: Print,
): Promise<void> {
  const found = await subjects.named(operator(), words, 20);
  for (const { scope, id, name } of found) print(`${scope.padEnd(10)}  ${id}  ${name}`);
  if (found.length === 0) throw new CommandFailure(`Nothing is called “${words}”.`, 1);
}

export async function liftHalt(
  { operations }: SendingDesk,
  scope: string,
  subjectId: string | undefined,
  print: Print,
): Promise<void> {
  const id = subjectId === undefined ? null : anId(subjectId);
  const lifted = aScope(scope);
  if (lifted !== 'everything' && id === null)
    throw new CommandFailure(`Name the id of the ${lifted} that shall go on; sending status shows what is halted.`);
  if (!(await operations.lift(operator(), lifted, id)))
    throw new CommandFailure(`${scope} ${subjectId ?? ''} is not halted.`.replace('  ', ' '), 1);
  print('Lifted: what fell due meanwhile goes in its order.');
}

/** After a restore: this database goes on; what was due until a moment, and may have been sent, becomes unknown. */
export async function confirmEpoch(
  { operations }: SendingDesk,
  until: string | undefined,
  print: Print,
): Promise<void> {
  const moment = until === undefined ? new Date() : new Date(until);
  if (Number.isNaN(moment.getTime()))
    throw new CommandFailure(`"${until}" is no moment; write it like 2026-11-24T10:00:00Z.`);
  const { uncertainUntil, unknown } = await operations.confirmRestore(operator(), moment);
  print(
    `This database goes on. ${unknown} messages are unknown now; what was due until ${uncertainUntil.toISOString()} becomes unknown as it is met, and is not sent. See: sending unknown`,
  );
}

/** Why a contact gets, or does not get, something of an activation. */
export async function explain(
  { operations }: SendingDesk,
  activationId: string,
  contactId: string,
  print: Print,
): Promise<void> {
  const story = await operations.why(operator(), anId(activationId), anId(contactId));
  if (story === null) throw new CommandFailure('There is no such activation.', 1);
  for (const line of linesOf(story)) print(line);
}

function linesOf({ activation, halts, enrolment, passedOver, steps }: WhyStory): string[] {
  return [
    `The activation is ${activation.status}${activation.reason === null ? '' : ` (${activation.reason})`}.`,
    ...halts.map(({ scope, reason, haltedBy }) => `Halted: ${scope}, by ${haltedBy}: ${reason}`),
    enrolment === null
      ? `The contact is not enrolled: ${passedOver ?? 'no contact of this id was on the list when the activation was launched.'}`
      : `The contact is ${enrolment.state}${enrolment.stepKey === null ? '' : ` at step ${enrolment.stepKey}`}${enrolment.dueAt === null ? '' : `, due ${enrolment.dueAt.toISOString()}`}${enrolment.state === 'waiting' && !enrolment.isQueued ? ' (held out of the queue)' : ''}; its clock is ${enrolment.timeZone}, known from: ${enrolment.timeZoneSource}.${enrolment.endSentence === null ? '' : ` It gets nothing more: ${enrolment.endSentence}`}`,
    ...steps.map(
      (step) =>
        `${step.stepKey}: ${step.outcome}. ${step.sentence}${step.state === null ? '' : ` Ledger: ${step.state}, ${step.attempt ?? 0} tries`}${step.retryAt === null ? '' : `, again ${step.retryAt.toISOString()}`}${step.relay === null ? '' : `, by ${step.relay}`}${step.mailGroup === null ? '' : ` to ${step.mailGroup}`}${step.basis === null ? '' : `; lawful as ${step.basis} by version ${step.consentRules ?? 0} of the rules`}${step.smtp === null ? '' : `; the relay said: ${step.smtp}`}`,
    ),
  ];
}

export function anId(value: string): Id<string> {
  if (isId(value)) return value;
  throw new CommandFailure(`"${value}" is no id; ids look like 0198c6f2-8a31-7c55-9d2e-3f1b6a7c8d90.`);
}

function aScope(value: string): HaltScope {
  const scope = HALT_SCOPES.find((known) => known === value);
  if (scope !== undefined) return scope;
  throw new CommandFailure(`One cannot halt "${value}"; there are ${HALT_SCOPES.join(', ')}.`);
}

import { RESOLUTIONS, type Resolution, type UnknownMessage, type UnknownPolicy } from '#delivery';
import type { VendorId } from '#kernel';
import { anId, optional } from './command-arguments.js';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';
import { operator } from './operator-process.js';
import type { SendingCommandServices } from './sending-commands.js';

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
      ({ relay, provider, count, lookedUpAt }) =>
        `  not found at ${provider} (${relay}) ${count} times, last ${new Date(lookedUpAt).toISOString()}`,
    )
    .join('');

/**
 * Prints what happens to a vendor's unknown messages without evidence. Changes
 * it if `choice` is given.
 */
export async function unknownPolicy(
  { policies }: Pick<SendingCommandServices, 'policies'>,
  vendor: string,
  choice: string | undefined,
  repeatAfterHours: number,
  print: Print,
): Promise<void> {
  const vendorId = anId(vendor) as VendorId;
  if (choice !== undefined && !isPolicy(choice))
    throw new CommandFailure(`"${choice}" is not a policy. Use one of: ${POLICIES.join(', ')}.`);
  const policy =
    choice === undefined
      ? await policies.forVendor(operator(), vendorId)
      : await policies.set(operator(), vendorId, { onUnknown: choice, repeatAfterHours });
  print(policyLine(vendorId, policy));
}

const POLICIES = ['close', 'repeat-absent', 'repeat'] as const satisfies readonly UnknownPolicy['onUnknown'][];
const isPolicy = (choice: string): choice is UnknownPolicy['onUnknown'] =>
  (POLICIES as readonly string[]).includes(choice);

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

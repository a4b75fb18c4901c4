import { z } from 'zod';
import type { MessageId } from '#kernel';
import { idSchema } from './id.js';
import { StepName } from './step-name.contract.js';

export const UnknownMessage = z.object({
  id: z.uuid(),
  messageId: z.string().describe('as it stands in the mail and in a mail server’s log'),
  unknownSince: z.iso.datetime(),
  partner: z.string().describe('the sending partner; the recipient is not shown'),
  stepKey: z.string(),
  name: StepName.nullable().describe('what its step is called; null for one that its campaign no longer has'),
  relay: z.string().describe('your mail server that left it in doubt; those of other servers are the operator’s'),
  lookUpsWithoutResult: z
    .int()
    .describe('how often its provider was asked for it and did not know it, which proves nothing'),
});
export type UnknownMessage = z.infer<typeof UnknownMessage>;
export const UnknownMessages = z.object({ items: z.array(UnknownMessage) });
export type UnknownMessages = z.infer<typeof UnknownMessages>;

export const DecideUnknown = z.strictObject({
  ids: z.array(idSchema<MessageId>()).min(1).max(100),
  decision: z
    .enum(['accepted', 'redrive', 'close'])
    .describe(
      'accepted: the log of the mail server has it; redrive: that log is complete and lacks it, so it is sent once more; close: unknown, and it is not sent again',
    ),
});
export type DecideUnknown = z.input<typeof DecideUnknown>;
export const DecidedUnknown = z.object({ decided: z.int() });
export type DecidedUnknown = z.infer<typeof DecidedUnknown>;

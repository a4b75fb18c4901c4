import { z } from 'zod';

export const ClaimHost = z.strictObject({
  host: z.string().trim().min(1).max(253).describe('a host of yours, such as www.example.com'),
});

export const HostProofKind = z.enum(['mailbox', 'sending-domain', 'dns']);
export const HostProblem = z.enum(['missing', 'other-value', 'unreachable']);

const letters = z
  .string()
  .nullable()
  .describe(
    'the host in its own letters where it has others than ASCII; null where it would be read as another: no link may lead there',
  );

export const HostClaim = z.object({
  host: z.string().describe('in ASCII; without www.: one record does for both'),
  letters,
  state: z.enum(['pending', 'verified', 'broken']).describe('links may lead there while it is verified'),
  stateSince: z.iso.datetime(),
  checkedAt: z.iso.datetime().nullable(),
  nextCheckAt: z.iso.datetime(),
  record: z
    .object({ type: z.literal('TXT'), name: z.string(), value: z.string() })
    .describe('to be published as it is'),
  isChecked: z.boolean(),
  problem: HostProblem.nullable(),
  found: z.string().nullable().describe('what stands there'),
  fix: z.string().nullable().describe('what to do, with the exact name and value'),
});
export type HostClaim = z.infer<typeof HostClaim>;

/**
 * Hosts that a partner's links may lead to, their evidence, and what is not
 * proved yet.
 */
export const VerifiedHosts = z.object({
  hosts: z
    .array(z.object({ host: z.string(), letters, how: HostProofKind, since: z.iso.datetime() }))
    .describe('each with all that lies under it; the same host may be proved in several ways'),
  claims: z.array(HostClaim).describe('hosts that are proved by a DNS record, and those that are to be'),
  unprovenWebsite: z
    .string()
    .nullable()
    .describe('the host of the website while nothing proves it: no campaign is launched until something does'),
});
export type VerifiedHosts = z.infer<typeof VerifiedHosts>;

import { z } from 'zod';
import { EditVersion } from './edit-version.contract.js';

const LABEL = '[a-z0-9_]([a-z0-9_-]*[a-z0-9])?';
const HOST_NAME = new RegExp(`^${LABEL}(\\.${LABEL})*$`, 'i');

const host = z
  .string()
  .trim()
  .max(253)
  .refine((value) => HOST_NAME.test(value) || z.union([z.ipv4(), z.ipv6()]).safeParse(value).success, {
    error: 'Give a host name such as smtp.example.com, or an address.',
  });

/**
 * `implicit`: TLS from the first byte (RFC 8314).
 * `required`: STARTTLS or nothing.
 * `opportunistic`: STARTTLS if offered.
 */
const RelayTls = z.enum(['implicit', 'required', 'opportunistic']);

const LookUpTarget = z.object({
  provider: z.enum(['mailgun', 'postmark', 'sendgrid']),
  region: z.enum(['us', 'eu']).describe('where the account is kept'),
  scope: z
    .string()
    .trim()
    .min(1)
    .max(253)
    .regex(/^[A-Za-z0-9._-]+$/, { error: 'Give a name of letters, digits, dots and hyphens.' })
    .nullable()
    .describe('Mailgun’s sending domain, which it needs; Postmark’s message stream, where it is not “outbound”'),
});
const SaveLookUp = z
  .strictObject({
    ...LookUpTarget.shape,
    key: z
      .string()
      .trim()
      .regex(/^[\x21-\x7e]{8,500}$/, { error: 'Give the provider’s key: 8 to 500 characters without spaces.' })
      .optional()
      .describe(
        'may read events; never shown again; left out keeps the known one, while provider and region stay the same',
      ),
  })
  .superRefine(({ provider, region, scope }, context) => {
    if (provider === 'mailgun' && scope === null)
      context.addIssue({
        code: 'custom',
        path: ['scope'],
        message: 'Give the sending domain at Mailgun, such as mg.example.com.',
      });
    if (provider === 'postmark' && region === 'eu')
      context.addIssue({
        code: 'custom',
        path: ['region'],
        message: 'Postmark keeps all accounts in the US: choose that.',
      });
  });

export const SaveRelay = z.strictObject({
  name: z.string().trim().min(1).max(80),
  host,
  port: z.int().min(1).max(65_535),
  tls: RelayTls,
  username: z.string().trim().min(1).max(200).nullable(),
  password: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('never shown again; left out keeps the known one, while host and user stay the same'),
  priority: z.int().min(1).max(1000).describe('the lowest is tried first'),
  connections: z.int().min(1).max(100).describe('at once, of each scheduler of the installation'),
  enabled: z.boolean(),
  lookUp: SaveLookUp.nullable()
    .optional()
    .describe('where unknown messages are looked up; null: nowhere; absent: unchanged'),
});
export type SaveRelay = z.infer<typeof SaveRelay>;

export const SaveUnknownPolicy = z.strictObject({
  onUnknown: z
    .enum(['close', 'repeat-absent', 'repeat'])
    .describe(
      'close: never twice; repeat-absent: again if the log of the installation’s own relay, whole for that time, does not have it; repeat: rather twice than not at all',
    ),
  repeatAfterHours: z.int().min(1).max(168).describe('so long evidence is waited for'),
});
export type SaveUnknownPolicy = z.infer<typeof SaveUnknownPolicy>;

export const UnknownPolicyView = SaveUnknownPolicy.extend({
  version: EditVersion,
  closeAfterDays: z.number().describe('after so long without evidence it is closed, counted and not repeated'),
  readsLog: z
    .boolean()
    .describe(
      'whether the installation reads the log of its own relay and calls it complete, which repeat-absent goes by',
    ),
  unknown: z.int().describe('messages that the mail server may have accepted: their state is unknown'),
});
export type UnknownPolicyView = z.infer<typeof UnknownPolicyView>;

export const RelayView = z.object({
  id: z.uuid(),
  version: EditVersion,
  name: z.string(),
  host: z.string(),
  port: z.int(),
  tls: RelayTls,
  username: z.string().nullable(),
  priority: z.int(),
  connections: z.int(),
  enabled: z.boolean(),
  lookUp: LookUpTarget.extend({
    problem: z.string().nullable().describe('why it cannot be asked now'),
    problemCode: z.string().nullable().describe('stable code of the problem, for translations'),
    lookedUpAt: z.iso.datetime().nullable().describe('null before the first unknown message'),
  }).nullable(),
  state: z.enum(['untried', 'healthy', 'unhealthy']).describe('mail goes by the first that is not unhealthy'),
  stateSince: z.iso.datetime(),
  problem: z.string().nullable().describe('what it said, or why it could not be reached'),
  checkedAt: z.iso.datetime().nullable(),
  nextCheckAt: z.iso.datetime(),
});
export type RelayView = z.infer<typeof RelayView>;
export const Relays = z.object({ items: z.array(RelayView) });

import { z } from 'zod';
import type { OrganisationId, PartnerId } from '#kernel';
import { ProfileView } from './account.contract.js';
import { canonicalEmail } from './email-address.js';
import { EmailField } from './email-field.js';
import { idSchema } from './id.js';
import { SetSharedTotals } from './shared-totals.contract.js';

/** Of a new password, in characters as people count them. */
export const PASSWORD_MIN_CHARS = 15;

/** Of an authenticator app, or a recovery code. */
const Code = z.string().trim().min(1).max(60);

/** `code`: needed if the person has an authenticator app. */
export const SignIn = z.strictObject({
  email: z.string().min(1).max(400).overwrite(canonicalEmail),
  password: z.string().min(1).max(1000),
  code: Code.optional(),
});

export const OrganisationRef = z.object({
  id: z.uuid(),
  kind: z.enum(['vendor', 'partner', 'distributor']),
  name: z.string(),
  role: z.string(),
});

export const SessionView = z.object({
  user: z.object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    locale: z.string(),
    region: ProfileView.shape.region,
    weekStartsOn: ProfileView.shape.weekStartsOn,
  }),
  organisations: z.array(OrganisationRef),
  organisation: OrganisationRef.nullable(),
  /** Of the organisation; decides how dates are written where `region` is null. */
  countryCode: z.string().nullable(),
  /** Languages that new campaigns of a vendor begin with, BCP 47. Empty: none was named. */
  languages: z.array(z.string()),
  /** The data of the organisation are invented: npm start made them. */
  isSample: z.boolean(),
  permissions: z.array(z.string()),
  /** Send it as `X-CSRF-Token` with everything that is not a GET. */
  csrfToken: z.string(),
  /**
   * The organisation asks for a second factor. Only one's own sign-in can be
   * changed until it is set up.
   */
  lacksSecondFactor: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;

export const SwitchOrganisation = z.strictObject({ organisationId: idSchema<OrganisationId>() });

export const InvitationView = z.object({
  organisationName: z.string(),
  organisationKind: z.enum(['vendor', 'partner']),
  email: z.string(),
  role: z.string(),
  name: z.string().nullable().describe('of a person whom an operator named, to begin with'),
  invitedBy: z.string(),
  hasAccount: z.boolean(),
  /**
   * Asked when a vendor invites a partner: may the vendor see the partner's
   * exact totals? Null: not asked.
   */
  totals: z
    .object({ vendor: z.string(), isRequired: z.boolean().describe('with “no”, the partner does not join') })
    .nullable(),
  /**
   * Whether a company that works here already may accept it as itself, so that
   * it has one brand and one set of contacts for all its vendors.
   */
  company: z
    .enum(['known-person', 'known-domain'])
    .nullable()
    .describe(
      'known-person: the invited person has an account; known-domain: a company has proved that the domain of the address is its own. Null: neither, or the invitation is into a team',
    ),
});
export type InvitationView = z.infer<typeof InvitationView>;

export const AcceptInvitation = z.strictObject({
  name: z.string().trim().min(1).max(120),
  password: z.string().min(1).max(1000),
  sharesTotals: z
    .boolean()
    .optional()
    .describe('whether the vendor may see your exact totals; required if `totals` of the invitation is not null'),
  totalsWording: SetSharedTotals.shape.wording,
  /** Of a person who has an account with an authenticator app. */
  code: Code.optional(),
});
/** Companies of the signed-in person that may accept an invitation as themselves. */
export const InvitedCompanies = z.object({
  /** The invitation is to the signed-in person, who may join as the invited company, too. */
  isInvited: z.boolean(),
  items: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      standing: z
        .enum(['free', 'not-owner', 'in-programme', 'ended'])
        .describe('free: you can join as it; in-programme and ended: it is, or was, a partner of this vendor already'),
    }),
  ),
});
export type InvitedCompanies = z.infer<typeof InvitedCompanies>;

export const JoinByInvitation = z.strictObject({
  organisationId: idSchema<PartnerId>()
    .nullable()
    .describe('one of your companies; null: the company that was invited, as a new organisation'),
  sharesTotals: AcceptInvitation.shape.sharesTotals,
  totalsWording: AcceptInvitation.shape.totalsWording,
});

export const RequestPasswordReset = z.strictObject({ email: EmailField });
export const SetPassword = z.strictObject({ password: z.string().min(1).max(1000) });

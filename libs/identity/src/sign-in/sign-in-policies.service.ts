import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { type Actor, Clock, DomainError, type OrganisationId } from '#kernel';
import type { Session } from '../session.js';

/** What an organisation asks of the sign-ins of its people. */
export interface SignInPolicy {
  readonly isSecondFactorRequired: boolean;
}

/** Rules of organisations for the sign-in of their people. */
@Injectable()
export class SignInPolicies {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async get(actor: Actor, organisationId: OrganisationId): Promise<SignInPolicy> {
    const [policy] = await this.database.inTransaction(actor, () =>
      this.database.query<SignInPolicy>(
        'SELECT second_factor_required AS is_second_factor_required FROM identity.sign_in_policy WHERE organisation_id = $1',
        [organisationId],
      ),
    );
    return policy ?? { isSecondFactorRequired: false };
  }

  /**
   * Applies from the next request of each person.
   * @param session of the person who changes it.
   * @throws DomainError `second-factor.own-first`: an owner without a second
   *   factor would lock themselves out.
   */
  async set(
    actor: Actor,
    organisationId: OrganisationId,
    session: Pick<Session, 'hasSecondFactor'>,
    { isSecondFactorRequired }: SignInPolicy,
  ): Promise<void> {
    if (isSecondFactorRequired && !session.hasSecondFactor)
      throw new DomainError(
        'second-factor.own-first',
        'Set up a passkey or an authenticator app for yourself first, and sign in with it. Otherwise you could not change this rule any more.',
        { field: 'isSecondFactorRequired' },
        { kind: 'conflict' },
      );
    await this.database.inTransaction(actor, async () => {
      await this.database.query(
        `INSERT INTO identity.sign_in_policy (organisation_id, second_factor_required, changed_at) VALUES ($1, $2, $3)
         ON CONFLICT (organisation_id) DO UPDATE SET second_factor_required = excluded.second_factor_required, changed_at = excluded.changed_at`,
        [organisationId, isSecondFactorRequired, this.clock.now()],
      );
      await this.audit.record(actor, {
        action: 'sign-in-policy.changed',
        subject: { kind: 'organisation', id: organisationId },
        details: { secondFactorRequired: isSecondFactorRequired },
      });
    });
  }
}

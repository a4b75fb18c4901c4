import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Clock, type Id, notFound, type PartnerActor } from '#kernel';
import { Organisations } from '#organisations';
import type { Role } from './principal.js';
import { TeamInvitations } from './team-invitations.service.js';

export type ColleagueSuggestionId = Id<'colleague-suggestion'>;

/** A person whom a vendor suggests for the team of a partner. */
export interface ColleagueSuggestion {
  readonly id: ColleagueSuggestionId;
  readonly vendorName: string;
  readonly email: string;
  readonly suggestedAt: Date;
}

/** A partner's answers to people whom its vendors suggest for its team. */
@Injectable()
export class SuggestedColleagues {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly organisations: Organisations,
    private readonly invitations: TeamInvitations,
  ) {}

  /** Open ones, newest first. */
  async list(actor: PartnerActor): Promise<ColleagueSuggestion[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<ColleagueSuggestion>(
        `SELECT s.id, o.name AS vendor_name, s.email, s.suggested_at FROM identity.colleague_suggestion s
         JOIN organisations.organisation_view o ON o.id = s.vendor_id
         WHERE s.partner_id = $1 AND s.answered_at IS NULL ORDER BY s.id DESC`,
        [actor.partnerId],
      ),
    );
  }

  /**
   * Invites the suggested person into the team.
   * @throws DomainError `colleague-suggestion.not-found`, and those of
   *   `TeamInvitations.send`.
   */
  async invite(actor: PartnerActor, id: ColleagueSuggestionId, role: Role): Promise<void> {
    const found = (await this.list(actor)).find((one) => one.id === id);
    if (found === undefined) throw notFound('colleague-suggestion', id);
    const team = await this.organisations.get(actor, actor.partnerId);
    // First: where both fail, the person may be invited again.
    await this.invitations.send(actor, team, { email: found.email, role });
    await this.answer(actor, id, 'invited');
  }

  /** @throws DomainError `colleague-suggestion.not-found`. */
  async decline(actor: PartnerActor, id: ColleagueSuggestionId): Promise<void> {
    await this.answer(actor, id, 'declined');
  }

  private async answer(actor: PartnerActor, id: ColleagueSuggestionId, answer: 'invited' | 'declined'): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const answered = await this.database.query(
        `UPDATE identity.colleague_suggestion SET answer = $3, answered_at = $4
         WHERE id = $1 AND partner_id = $2 AND answered_at IS NULL RETURNING id`,
        [id, actor.partnerId, answer, this.clock.now()],
      );
      if (answered.length === 0) throw notFound('colleague-suggestion', id);
      await this.audit.record(actor, { action: `colleague.${answer}`, subject: { kind: 'colleague-suggestion', id } });
    });
  }
}

import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Accounts, requirePermission, VENDOR_PERMISSIONS } from '#identity';
import { Clock, DomainError, type UserId, type VendorActor } from '#kernel';
import type { TranslationReviewer, TranslationRule } from './translation.js';
import { TranslationsRepository } from './translations.repository.js';

/** Who releases the texts of a language, and what the vendor asks of translations. */
@Injectable()
export class TranslationReviewers {
  constructor(
    private readonly database: Database,
    private readonly rows: TranslationsRepository,
    private readonly accounts: Accounts,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Reviewers by language. One who has left the team is none. */
  async list(actor: VendorActor): Promise<TranslationReviewer[]> {
    requirePermission(actor, 'campaigns.read');
    const team = await this.candidates(actor);
    const chosen = await this.database.inTransaction(actor, () => this.rows.reviewers(actor));
    return chosen.flatMap(({ locale, userId }) => {
      const person = team.find(({ id }) => id === userId);
      return person === undefined ? [] : [{ locale, userId, name: person.name }];
    });
  }

  async of(actor: VendorActor, locale: string): Promise<TranslationReviewer | undefined> {
    return (await this.list(actor)).find((reviewer) => reviewer.locale === locale);
  }

  /** People who may review, longest in the team first. */
  async candidates(actor: VendorActor): Promise<{ readonly id: UserId; readonly name: string }[]> {
    requirePermission(actor, 'campaigns.read');
    const roles: readonly string[] = VENDOR_PERMISSIONS['campaigns.comment'];
    const team = await this.accounts.team(actor, actor.vendorId);
    return team.filter(({ role }) => roles.includes(role)).map(({ id, name }) => ({ id, name }));
  }

  async rule(actor: VendorActor): Promise<TranslationRule> {
    requirePermission(actor, 'campaigns.read');
    return this.database.inTransaction(actor, () => this.rows.rule(actor));
  }

  /** Changes what is given. */
  async changeRule(actor: VendorActor, change: Partial<TranslationRule>): Promise<void> {
    requirePermission(actor, 'campaigns.approve');
    await this.database.inTransaction(actor, async () => {
      await this.rows.changeRule(actor.vendorId, change);
      await this.audit.record(actor, {
        action: 'translation-rule.changed',
        subject: { kind: 'vendor', id: actor.vendorId },
        details: { ...change },
      });
    });
  }

  /**
   * @param userId null: the language has no reviewer.
   * @throws DomainError `translation.reviewer-unknown`.
   */
  async choose(actor: VendorActor, locale: string, userId: UserId | null): Promise<void> {
    requirePermission(actor, 'campaigns.approve');
    const person = userId === null ? null : (await this.candidates(actor)).find(({ id }) => id === userId);
    if (person === undefined)
      throw new DomainError(
        'translation.reviewer-unknown',
        'This person may not review texts. Choose a marketer, approver or owner of your team.',
        { field: 'userId' },
      );
    await this.database.inTransaction(actor, async () => {
      await this.rows.setReviewer(actor, locale, userId, this.clock.now());
      await this.audit.record(actor, {
        action: 'translation-reviewer.chosen',
        subject: { kind: 'vendor', id: actor.vendorId },
        details: { locale, reviewer: person?.name ?? null },
      });
    });
  }
}

import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, type PartnerActor } from '#kernel';
import { OnboardingFactsReader } from './onboarding-facts.service.js';
import { type OnboardingStep, onboardingSteps } from './onboarding-steps.js';

/** What a partner still has to do before its first launch. */
interface OnboardingChecklist {
  readonly steps: readonly OnboardingStep[];
  /** A person of the partner has hidden it. */
  readonly isHidden: boolean;
}

/** A new partner's checklist. Its steps are facts of the partner; nobody ticks them. */
@Injectable()
export class OnboardingChecklists {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly facts: OnboardingFactsReader,
  ) {}

  async get(actor: PartnerActor): Promise<OnboardingChecklist> {
    return this.database.inTransaction(actor, async () => ({
      steps: onboardingSteps(await this.facts.read(actor, null)),
      isHidden: await this.facts.isHidden(actor.partnerId),
    }));
  }

  /** Hides the checklist from all people of the partner, and stops the reminders of its steps. */
  async hide(actor: PartnerActor): Promise<void> {
    requirePermission(actor, 'activations.launch');
    await this.database.inTransaction(actor, async () => {
      const hidden = await this.database.query(
        `INSERT INTO activations.hidden_onboarding (partner_id, hidden_by, hidden_at) VALUES ($1, $2, $3)
         ON CONFLICT (partner_id) DO NOTHING RETURNING 1`,
        [actor.partnerId, actor.name, this.clock.now()],
      );
      if (hidden.length === 0) return;
      await this.audit.record(actor, {
        action: 'onboarding.hidden',
        subject: { kind: 'organisation', id: actor.partnerId },
      });
    });
  }
}

import type {
  ActivationLeadRule as ActivationLeadRuleView,
  ClickRule as ClickRuleView,
  LeadRuleView,
} from '#contracts';
import { type ActivationLeadRule, leadRuleVersion } from '#leads';
import type { ClickRule, LeadRule, ReminderDelay } from '#sequencing';

/**
 * When clicks make a contact a lead, and when reminders about an untouched lead
 * are sent.
 */
export const leadRuleView = ({ clicks, remind, escalate }: LeadRule): LeadRuleView => ({
  clicks: clicks === null ? null : clickRuleView(clicks),
  remind: patienceView(remind),
  escalate: patienceView(escalate),
});

export const clickRuleView = ({ count, links, withinDays }: ClickRule): ClickRuleView => ({
  count,
  links: links === null ? null : [...links],
  withinDays,
});

/** The vendor's rule and the partner's stricter rule. */
export const activationLeadRuleView = ({
  published,
  stricter,
  links,
  changedBy,
  changedAt,
}: ActivationLeadRule): ActivationLeadRuleView => ({
  version: leadRuleVersion({ stricter }),
  published: leadRuleView(published),
  stricter: {
    clicks: stricter.clicks === null ? null : clickRuleView(stricter.clicks),
    remindAfterHours: stricter.remindAfterHours,
    escalateAfterHours: stricter.escalateAfterHours,
  },
  links: [...links],
  changedBy,
  changedAt: changedAt?.toISOString() ?? null,
});

const patienceView = (patience: ReminderDelay): LeadRuleView['remind'] =>
  'hours' in patience ? { hours: patience.hours } : { businessDays: patience.businessDays };

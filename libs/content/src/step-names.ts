import type { StepName } from '#contracts';
import { isAction } from '#sequencing';
import type { CompiledCampaign } from './compile/compiled-campaign.js';
import { programTexts } from './program-texts.js';

/**
 * Names the steps of a campaign, in the order of its sequence. An e-mail is
 * named by its number and its subject. Another action is named by its kind, and
 * by its number if there are several of that kind. The number is the position
 * in the sequence: a contact that clicks may reach the third e-mail before the
 * second.
 */
export function stepNames({ definition, emails }: CompiledCampaign, locale: string): StepName[] {
  const steps = definition.sequence.steps.filter(isAction);
  return steps.map((step) => {
    const { key: stepKey, kind } = step;
    const alike = steps.filter((one) => one.kind === kind);
    const number = alike.indexOf(step) + 1;
    if (step.kind !== 'email') return { stepKey, kind, number: alike.length === 1 ? null : number, subject: null };
    const subjects = programTexts(emails.find(({ key }) => key === step.email)?.masters ?? {}, 'subject');
    return { stepKey, kind, number, subject: subjects[locale] ?? Object.values(subjects)[0] ?? null };
  });
}

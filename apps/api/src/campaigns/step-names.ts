import type { CompiledCampaign } from '#content';
import type { StepName } from '#contracts';
import { isAction } from '#sequencing';
import { programTexts } from './program-texts.js';

/**
 * What a campaign's steps are called, in the order of its sequence: an e-mail
 * by which of the e-mails it is and by its subject, anything else by its kind,
 * and by which of that kind it is where there are several. The number is that
 * of the sequence, not of when anybody gets it: somebody who clicks may come to
 * the third before the second.
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

import type { CompiledCampaign } from '#content';
import type { StepName } from '#contracts';
import type { Locale } from '#kernel';
import { isAction } from '#sequencing';
import { programTexts } from './program-texts.js';

/**
 * What a campaign's steps are called, in the order of its sequence: an e-mail by which of the e-mails it is and by its subject. The number is
 * that of the sequence, not of when anybody gets it: somebody who clicks may come to the third before the second.
 */
export function stepNames({ definition, emails }: CompiledCampaign, locale: Locale): StepName[] {
  let number = 0;
  return definition.sequence.steps.filter(isAction).map((step) => {
    const { key: stepKey, kind } = step;
    if (step.kind !== 'email') return { stepKey, kind, number: null, subject: null };
    const subjects = programTexts(emails.find(({ key }) => key === step.email)?.masters ?? {}, 'subject');
    number += 1;
    return { stepKey, kind, number, subject: subjects[locale] ?? Object.values(subjects)[0] ?? null };
  });
}

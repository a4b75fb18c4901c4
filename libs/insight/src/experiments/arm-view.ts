import { type CompiledCampaign, programTexts } from '#content';
import type { TestResult } from '#contracts';
import { emailOf, stepOf, type TestedStep, timeOf } from '#sequencing';
import { sendTimeView } from '../send-time-view.js';

type ArmView = Pick<TestResult['arms'][number], 'arm' | 'time' | 'subject'>;

/**
 * What an arm of a test sends, and when.
 * @param locale of the subject; another language of the campaign where it has none.
 */
export function armView(
  { definition, emails }: CompiledCampaign,
  { stepKey, of }: Pick<TestedStep, 'stepKey' | 'of'>,
  arm: string,
  locale: string | undefined,
): ArmView {
  const step = stepOf(definition.sequence, stepKey);
  const email = step?.kind === 'email' ? emailOf(step, arm) : arm;
  const subjects = programTexts(emails.find(({ key }) => key === email)?.masters ?? {}, 'subject');
  return {
    arm,
    time: of === 'time' ? sendTimeView(timeOf(arm)) : null,
    subject: subjects[locale ?? ''] ?? Object.values(subjects)[0] ?? null,
  };
}

import type { PartnerChoices } from './circumstances.js';
import { rightsOf } from './planned-emails.js';
import type { SequenceDefinition } from './sequence-definition.js';
import { stepOf } from './sequence-graph.js';
import { isAction } from './step.js';

/**
 * A choice that the campaign does not allow, or that is invalid, and how to
 * correct it.
 */
export interface ChoiceProblem {
  readonly code: 'step-unknown' | 'shift-locked' | 'skip-locked' | 'all-skipped';
  /** Within the choices. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
  /** What the sentence names, for a sentence in another language. */
  readonly named: Readonly<Record<string, string>>;
}

/** Every choice that the campaign does not allow. */
export function choiceProblems(sequence: SequenceDefinition, choices: PartnerChoices): ChoiceProblem[] {
  const check = (key: string, right: 'shift' | 'skip', path: string): ChoiceProblem[] => {
    const step = stepOf(sequence, key);
    if (step === undefined || !isAction(step))
      return [
        {
          code: 'step-unknown',
          path,
          message: `The campaign does nothing in a step “${key}”.`,
          remedy: 'Leave it out.',
          named: { step: key },
        },
      ];
    if (rightsOf(sequence, step).includes(right)) return [];
    const what = right === 'shift' ? 'when this step comes' : 'whether this step comes';
    return [
      {
        code: `${right}-locked`,
        path,
        message: `The vendor decides ${what}: “${key}”.`,
        remedy: 'Leave it as it is.',
        named: { step: key },
      },
    ];
  };
  const mails = sequence.steps.filter(({ kind }) => kind === 'email');
  return [
    ...Object.keys(choices.shiftDays).flatMap((key) => check(key, 'shift', `shiftDays.${key}`)),
    ...choices.skip.flatMap((key, at) => check(key, 'skip', `skip.${at}`)),
    ...(mails.length > 0 && mails.every(({ key }) => choices.skip.includes(key))
      ? [
          {
            code: 'all-skipped' as const,
            path: 'skip',
            message: 'Nothing would be sent.',
            remedy: 'Leave at least one e-mail in.',
            named: {},
          },
        ]
      : []),
  ];
}

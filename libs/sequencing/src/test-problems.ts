import { armsOf, testedStepOf, timeKey, windowOf } from './arms.js';
import { leavesNothingOf } from './open-window.js';
import type { SequenceDefinition } from './sequence-definition.js';
import type { SequenceProblem } from './sequence-problem.js';
import type { EmailStep, SendTime } from './step.js';

/** Tests that cannot be compared, or times at which nothing could be sent. */
export function testProblems(sequence: SequenceDefinition): SequenceProblem[] {
  const tests = sequence.steps.flatMap((step, at) =>
    step.kind === 'email' && (step.test !== undefined || step.testTimes !== undefined) ? [{ step, at }] : [],
  );
  return tests.flatMap(({ step, at }): SequenceProblem[] => {
    const path = ['steps', at, step.test === undefined ? 'testTimes' : 'test'];
    // Two tests at a time would need so many arms that no partner has contacts enough for each.
    if (testedStepOf(sequence)?.stepKey !== step.key) return [secondTest(step, path)];
    return [
      ...armTwice(step, path),
      ...(step.testTimes ?? []).flatMap((time, of) => timeProblems(sequence, step, time, [...path, of])),
    ];
  });
}

const secondTest = ({ key }: EmailStep, path: SequenceProblem['path']): SequenceProblem => ({
  code: 'second-test',
  severity: 'error',
  path,
  message: `The step "${key}" is the second one that tests something.`,
  remedy: 'Keep one test, and test the other step in the next version.',
});

function armTwice(step: EmailStep, path: SequenceProblem['path']): SequenceProblem[] {
  const isOfTimes = step.testTimes !== undefined;
  const arms = step.testTimes?.map(timeKey) ?? armsOf(step);
  const twice = arms.find((key, place) => arms.indexOf(key) !== place);
  if (twice === undefined) return [];
  return [
    {
      code: 'arm-twice',
      severity: 'error',
      path,
      message: `The test of the step "${step.key}" names the ${isOfTimes ? 'time' : 'e-mail'} "${twice}" twice.`,
      remedy: isOfTimes ? 'Name each time once.' : 'Name each e-mail once; the one of the step takes part anyway.',
    },
  ];
}

function timeProblems(
  sequence: SequenceDefinition,
  { key }: EmailStep,
  time: SendTime,
  path: SequenceProblem['path'],
): SequenceProblem[] {
  const { window, quietHours } = sequence;
  const { from, to, weekdays } = windowOf(sequence, time);
  const isWithin = from >= window.from && to <= window.to && weekdays.every((day) => window.weekdays.includes(day));
  if (!isWithin)
    return [
      {
        code: 'test-time-outside',
        severity: 'error',
        path,
        message: `The test of the step "${key}" has a time, ${timeKey(time)}, that is not in the window from ${window.from} to ${window.to} on ${window.weekdays.join(', ')}.`,
        remedy: 'Choose a time within the window, or widen the window of the sequence.',
      },
    ];
  return quietHours !== undefined && leavesNothingOf(quietHours, { from, to })
    ? [
        {
          code: 'test-time-quiet',
          severity: 'error',
          path,
          message: `The quiet hours leave nothing of the time ${timeKey(time)} that the step "${key}" tests: no e-mail would ever go.`,
          remedy: 'Make the quiet hours shorter, or choose another time.',
        },
      ]
    : [];
}

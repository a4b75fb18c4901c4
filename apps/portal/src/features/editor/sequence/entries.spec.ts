import { parseDocument } from 'yaml';
import { entriesOf, entryKindOf, FIRST_TRIGGER, nextEntry, withTrigger } from './entries';
import { earliestDays } from './graph';
import { readRules, writeRule } from './rules';
import { changeStep, readSteps } from './steps';

const YAML = `sequence:
  window: { from: '09:00', to: '17:00', weekdays: [mon] }
  entries:
    - { key: list, launch: true, start: a }
    - { key: answer, form: any, start: c, reentry: { afterDays: 3 } }
  steps:
    - { key: a, email: welcome }
    - { key: b, wait: { days: 4 }, next: end }
    - { key: c, email: thanks }
`;

describe('the entries in the studio', () => {
  const steps = readSteps(YAML)!;
  const { entries } = readRules(YAML);

  it('are the list at launch if the file has none', () => {
    expect(entriesOf(undefined, steps)).toEqual([{ key: 'launch', launch: true, start: 'a' }]);
    expect(entriesOf(entries, steps).map(entryKindOf)).toEqual(['launch', 'form']);
  });

  it('give each of their steps a first day', () => {
    expect(Object.fromEntries(earliestDays(steps, ['a', 'c']))).toEqual({ a: 0, b: 0, c: 0 });
    expect(earliestDays(steps, ['a']).has('c')).toBe(false);
  });

  it('follow a step that gets another key', () => {
    const document = parseDocument(YAML);
    changeStep(document, 2, { key: 'thanks' });
    expect(readRules(String(document)).entries?.[1]).toMatchObject({ start: 'thanks' });
  });

  it('change their trigger and keep their rules, which the list at launch has not', () => {
    const [, answer] = entries!;
    expect(withTrigger(answer!, FIRST_TRIGGER.event())).toEqual({
      key: 'answer',
      event: 'trial-started',
      start: 'c',
      reentry: { afterDays: 3 },
    });
    expect(withTrigger(answer!, FIRST_TRIGGER.date())).toEqual({
      key: 'answer',
      date: 'renewsOn',
      daysBefore: 30,
      start: 'c',
      reentry: { afterDays: 3 },
    });
    expect(withTrigger(answer!, FIRST_TRIGGER.launch())).toEqual({ key: 'answer', launch: true, start: 'c' });
  });

  it('get one that begins with something else', () => {
    expect(nextEntry(entriesOf(undefined, steps), 'a')).toEqual({ key: 'form', form: 'any', start: 'a' });
    expect(nextEntry(entries!, 'a')).toEqual({ key: 'joined', joined: true, start: 'a' });
    const document = parseDocument(YAML);
    writeRule(document, 'entries', [...entries!, nextEntry(entries!, 'a')]);
    expect(readRules(String(document)).entries).toHaveLength(3);
  });
});

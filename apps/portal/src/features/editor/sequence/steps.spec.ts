import { changeYaml } from '../yaml-file';
import { earliestDays, edgesOf } from './graph';
import { addStep, changeStep, freeKey, connectStep, moveStep, nextOf, readSteps, removeStep } from './steps';

const YAML = `# The autumn campaign
sequence:
  window: { from: '09:00', to: '17:00', weekdays: [mon] }
  steps:
    - { key: welcome, email: welcome } # the first word
    - { key: pause, wait: { days: 2, hours: 12 } }
    - key: watch
      until:
        - { click: demo, then: told } # hot
        - { reply: true }
      within: { businessDays: 3 }
      else: reminder
    - { key: follow-up, email: proof, next: end }
    - { key: reminder, email: last, next: pause }
    - { key: told, notify: told.text }
`;
const steps = (text: string) => readSteps(text) ?? [];

describe('the steps of a sequence', () => {
  it('are read from the file, with their lines', () => {
    expect(steps(YAML).map(({ key, kind, lines }) => [key, kind, ...lines])).toEqual([
      ['welcome', 'email', 5, 5],
      ['pause', 'wait', 6, 6],
      ['watch', 'until', 7, 12],
      ['follow-up', 'email', 13, 13],
      ['reminder', 'email', 14, 14],
      ['told', 'notify', 15, 15],
    ]);
  });

  it.each(['sequence: {}', 'steps: [', 'sequence: { steps: [nothing] }', 'sequence: { steps: [{ key: a }] }'])(
    'are none that can be drawn in %s',
    (text) => expect(readSteps(text)).toBeNull(),
  );

  it('lead to their target, to the following step, or to the end', () => {
    expect(edgesOf(steps(YAML)).map(({ from, to, way }) => `${from}${way === null ? '' : `.${way}`} → ${to}`)).toEqual([
      'welcome → pause',
      'pause → watch',
      'watch.0 → told',
      'watch.1 → follow-up',
      'watch → reminder',
      'follow-up → end',
      'reminder → pause',
      'told → end',
    ]);
  });

  it('have their earliest days, also with an edge back', () => {
    expect(Object.fromEntries(earliestDays(steps(YAML)))).toEqual({
      welcome: 0,
      pause: 0,
      watch: 2,
      told: 2,
      'follow-up': 2,
      reminder: 5,
    });
  });

  it('change field by field, and a new key changes all references', () => {
    const written = changeYaml(YAML, (document) => changeStep(document, 5, { key: 'tell', notify: 'tell.text' }));
    expect(steps(written)[5]).toMatchObject({ key: 'tell', notify: 'tell.text' });
    expect(steps(written)[2]!.until![0]).toEqual({ click: 'demo', then: 'tell' });
    for (const comment of ['# The autumn campaign', '# the first word', '# hot']) expect(written).toContain(comment);
    const shorter = changeYaml(written, (document) => changeStep(document, 2, { else: null, within: { days: 1 } }));
    expect(nextOf(steps(shorter), 2)).toBe('follow-up');
    expect(steps(shorter)[2]!.within).toEqual({ days: 1 });
  });

  it('are added, moved and removed, without dangling references', () => {
    const added = changeYaml(YAML, (document) => addStep(document, 0, { key: 'post', post: 'announce' }));
    expect(
      steps(added)
        .map(({ key }) => key)
        .slice(0, 3),
    ).toEqual(['welcome', 'post', 'pause']);
    const moved = changeYaml(YAML, (document) => moveStep(document, 5, 1));
    expect(steps(moved).map(({ key }) => key)).toEqual(['welcome', 'told', 'pause', 'watch', 'follow-up', 'reminder']);
    const removed = changeYaml(YAML, (document) => removeStep(document, 1));
    expect(steps(removed)[3]).toMatchObject({ key: 'reminder', next: 'watch' });
    const ended = changeYaml(YAML, (document) => removeStep(document, 5));
    expect(steps(ended)[2]!.until![0]).toEqual({ click: 'demo', then: 'end' });
  });

  it('get a new target: unconditional, of a condition, or of a new condition', () => {
    const led = (at: number, way: number | null, to: string) =>
      steps(changeYaml(YAML, (document) => connectStep(document, at, way, to)))[at]!;
    expect(led(0, null, 'reminder').next).toBe('reminder');
    expect(led(0, null, 'end').next).toBe('end');
    expect(led(2, null, 'told').else).toBe('told');
    expect(led(2, 0, 'welcome').until).toEqual([{ click: 'demo', then: 'welcome' }, { reply: true }]);
    expect(led(2, 2, 'end').until![2]).toEqual({ click: 'any', then: 'end' });
  });

  it('do not store the default target', () => {
    const led = (at: number, way: number | null, to: string) =>
      steps(changeYaml(YAML, (document) => connectStep(document, at, way, to)))[at]!;
    expect(led(3, null, 'reminder')).not.toHaveProperty('next');
    expect(led(2, null, 'follow-up')).not.toHaveProperty('else');
    expect(led(2, 0, 'follow-up').until![0]).toEqual({ click: 'demo' });
    expect(led(2, 2, 'follow-up').until![2]).toEqual({ click: 'any' });
    expect(led(5, null, 'end')).not.toHaveProperty('next');
  });

  it('get unique keys', () => {
    expect([freeKey(steps(YAML), 'pause'), freeKey(steps(YAML), 'end'), freeKey(steps(YAML), 'new')]).toEqual([
      'pause-2',
      'end-2',
      'new',
    ]);
  });
});

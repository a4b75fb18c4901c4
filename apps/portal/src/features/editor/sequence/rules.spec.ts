import { changeYaml } from '../yaml-file';
import { partnerChangeOf, readRules, writeRule, toPartnerChanges } from './rules';
import { readSteps } from './steps';

const YAML = `sequence:
  window: { from: '09:00', to: '17:00', weekdays: [ mon ] } # by their clock
  holidays: { all: [ '2026-12-25' ] }
  steps:
    - { key: welcome, email: welcome }
`;
const write = (...[rule, value]: [Parameters<typeof writeRule>[1], unknown]) =>
  changeYaml(YAML, (document) => writeRule(document, rule, value));

describe('the rules of a sequence', () => {
  it('are read from the file', () => {
    expect(readRules(YAML)).toEqual({
      window: { from: '09:00', to: '17:00', weekdays: ['mon'] },
      holidays: { all: ['2026-12-25'] },
    });
    expect(readRules('sequence: [')).toEqual({});
  });

  it('are written before the steps, without other changes to the file', () => {
    const written = write('goals', [{ key: 'meeting', form: 'landing' }]);
    expect(written).toBe(YAML.replace('  steps:', '  goals: [ { key: meeting, form: landing } ]\n  steps:'));
    expect(readSteps(written)).toHaveLength(1);
    expect(readRules(write('window', { from: '08:00', to: '12:00', weekdays: ['tue'] })).window?.from).toBe('08:00');
  });

  it('are removed when empty, unless an empty value has a meaning', () => {
    expect(write('holidays', {})).not.toContain('holidays');
    expect(write('reentry', null)).toBe(YAML);
    expect(readRules(write('publicHolidays', 'send')).publicHolidays).toBe('send');
    expect(write('publicHolidays', null)).toBe(YAML);
    expect(readRules(write('partnerMay', [])).partnerMay).toEqual([]);
    expect(readRules(write('exits', [])).exits).toEqual([]);
  });

  it.each([
    [undefined, undefined],
    [[], 'nothing'],
    [['skip', 'shift'], 'shift,skip'],
    [['skip'], 'skip'],
  ] as const)('let partners do %s as %s', (written, word) => {
    expect(partnerChangeOf(written)).toBe(word);
    if (word !== undefined) expect([...(toPartnerChanges(word) ?? [])].sort()).toEqual([...written].sort());
  });
});

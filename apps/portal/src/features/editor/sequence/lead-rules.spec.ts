import { changeYaml } from '../yaml-file';
import { isOutOfOrder, readLeads, writeLeads } from './lead-rules';

const YAML = `links: { demo: { target: 'https://example.com' } } # one
leads:
  clicks: { count: 2 } # a visit and another
  remind: { hours: 6 }
`;
const write = (text: string, ...[part, value]: [Parameters<typeof writeLeads>[1], unknown]) =>
  changeYaml(text, (document) => writeLeads(document, part, value));

describe('the lead rule of a campaign', () => {
  it('is read from the file, and is empty if the file cannot be read', () => {
    expect(readLeads(YAML)).toEqual({ clicks: { count: 2 }, remind: { hours: 6 } });
    expect(readLeads('leads: [')).toEqual({});
    expect(readLeads('leads: none')).toEqual({});
  });

  it('is changed part by part, without other changes to the file', () => {
    expect(write(YAML, 'remind', { businessDays: 1 })).toBe(YAML.replace('{ hours: 6 }', '{ businessDays: 1 }'));
    expect(write('title: T\n', 'clicks', { count: 1 })).toBe('title: T\nleads:\n  clicks: { count: 1 }\n');
  });

  it('is removed with its last part', () => {
    const without = write(YAML, 'clicks', null);
    expect(readLeads(without)).toEqual({ remind: { hours: 6 } });
    expect(write(without, 'remind', null)).toBe("links: { demo: { target: 'https://example.com' } } # one\n");
    expect(write('title: T\n', 'clicks', null)).toBe('title: T\n');
  });

  it.each([
    [{ hours: 24 }, { hours: 24 }, true],
    [{ hours: 24 }, { hours: 25 }, false],
    [{ businessDays: 3 }, { businessDays: 2 }, true],
    [{ hours: 720 }, { businessDays: 1 }, false],
  ])('reminds after %o and escalates after %o: out of order is %s', (remind, escalate, expected) => {
    expect(isOutOfOrder(remind, escalate)).toBe(expected);
  });
});

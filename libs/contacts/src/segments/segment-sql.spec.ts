import fc from 'fast-check';
import { CONTACT_TEXT_FIELDS, SegmentCondition, SegmentRule } from '#contracts';
import { newId, type PartnerId } from '#kernel';
import { dependsOnTime, segmentSql } from './segment-sql.js';
import { withStoredValues } from './segment-values.js';

const PARTNER = newId<PartnerId>();
const NOW = new Date('2026-11-26T12:00:00Z');
const compile = (rule: SegmentRule) => segmentSql(rule, { partnerId: PARTNER, now: NOW, only: null });
const ruleOf = (...conditions: object[]): SegmentRule => SegmentRule.parse({ match: 'all', conditions });

/** Anything that the schema takes, with hostile texts. */
const text = fc.oneof(
  fc.constantFrom(`'; DROP TABLE contacts.contact; --`, '$1', '") OR true', `\\'`, 'Ä'),
  fc.string({ minLength: 1, maxLength: 30 }),
);
const condition = fc
  .oneof(
    fc.record({
      on: fc.constant('field'),
      field: fc.constantFrom(...CONTACT_TEXT_FIELDS),
      is: fc.array(text, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ on: fc.constant('field-contains'), field: fc.constantFrom(...CONTACT_TEXT_FIELDS), text }),
    fc.record({ on: fc.constant('consent'), states: fc.constant(['expired', 'recorded']), not: fc.boolean() }),
    fc.record({
      on: fc.constant('engaged'),
      did: fc.constantFrom('click', 'form', 'reply'),
      withinDays: fc.option(fc.integer({ min: 1, max: 99 })),
    }),
    fc.record({ on: fc.constant('lead'), states: fc.constant(['new']), campaignId: fc.option(fc.uuid()) }),
  )
  .filter((one) => SegmentCondition.safeParse(one).success);

describe('the SQL of a segment', () => {
  it('has every value as a parameter, and the same text for other values', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 5 }), (conditions) => {
        const rule = ruleOf(...conditions);
        const { where, parameters } = compile(rule);
        const numbers = [...where.matchAll(/\$(\d+)/g)].map(([, at]) => Number(at));
        expect(new Set(numbers)).toEqual(new Set(parameters.map((_, at) => at + 1)));
        const others = JSON.parse(JSON.stringify(rule), (key, value: unknown) =>
          key === 'text' ? 'other' : key === 'is' ? ['other'] : value,
        ) as SegmentRule;
        expect(compile(others).where).toBe(where);
      }),
    );
  });

  it('asks all conditions, or any, and turns one round with its unknown values', () => {
    const two = {
      conditions: [
        { on: 'field-known', field: 'company' },
        { on: 'field-known', field: 'phone', not: true },
      ],
    };
    expect(compile(SegmentRule.parse({ match: 'all', ...two })).where).toBe(
      'c.partner_id = $1 AND ($2::uuid[] IS NULL OR c.id = ANY ($2)) AND ((c.company IS NOT NULL) AND (c.phone IS NOT NULL) IS NOT TRUE)',
    );
    expect(compile(SegmentRule.parse({ match: 'any', ...two })).where).toContain(' OR (c.phone');
  });

  it('counts days back from now', () => {
    const { parameters } = compile(ruleOf({ on: 'added', withinDays: 30 }));
    expect(parameters).toContainEqual(new Date('2026-10-27T12:00:00Z'));
  });

  it('knows which rules change by time alone', () => {
    expect(dependsOnTime(ruleOf({ on: 'engaged', did: 'click', withinDays: 30 }))).toBe(true);
    expect(dependsOnTime(ruleOf({ on: 'consent', states: ['expired'] }))).toBe(true);
    expect(dependsOnTime(ruleOf({ on: 'engaged', did: 'click' }, { on: 'field-known', field: 'company' }))).toBe(false);
  });
});

describe('the rule of a segment', () => {
  it.each([
    [{ on: 'field', field: 'shoeSize', is: ['9'] }, 'conditions.0.field', 'A rule compares one of firstName'],
    [{ on: 'field', field: 'company', is: [] }, 'conditions.0.is', ''],
    [{ on: 'weather', is: 'good' }, 'conditions.0.on', 'A condition is on one of field'],
    [{ on: 'added', withinDays: 0 }, 'conditions.0.withinDays', ''],
    [{ on: 'added', withinDays: 3, sql: 'true' }, 'conditions.0', 'sql'],
    [{ on: 'engaged', did: 'open' }, 'conditions.0.did', ''],
  ])('refuses %j, and names the place', (wrong, path, words) => {
    const [issue] = SegmentRule.safeParse({ match: 'all', conditions: [wrong] }).error?.issues ?? [];
    expect(issue?.path.join('.')).toBe(path);
    expect(issue?.message).toContain(words);
  });

  it('has countries, languages and zones as contacts store them, and refuses unknown ones', () => {
    const country = (is: string[]) => withStoredValues(ruleOf({ on: 'field', field: 'country', is })).conditions[0];
    expect(country(['Germany', 'at'])).toMatchObject({ is: ['DE', 'AT'] });
    expect(() => country(['DE', 'Narnia'])).toThrow('“Narnia” is no country.');
    expect(withStoredValues(ruleOf({ on: 'field', field: 'industry', is: ['Narnia'] })).conditions[0]).toMatchObject({
      is: ['Narnia'],
    });
  });
});

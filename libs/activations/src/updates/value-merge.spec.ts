import fc from 'fast-check';
import type { CampaignSlot } from '#content';
import type { Locale } from '#kernel';
import { checkSlot, type SlotFormat, slotFromText, type SlotNodes, slotText } from '#rendering';
import { mergeValues, type MergeInput, type ValueMerge } from './value-merge.js';

const inEnglish = (text: string): CampaignSlot['default'] => ({ ['en' as Locale]: slotFromText(text) });

const POLICY = { publicOrigin: 'https://portal.example', partnerHosts: [] };

function slot(name: string, over: Partial<CampaignSlot> = {}): CampaignSlot {
  return {
    name,
    label: { en: name },
    format: 'plain',
    links: 'none',
    maxChars: 60,
    maxLines: 3,
    required: false,
    default: inEnglish('The vendor says this.'),
    usedIn: [],
    ...over,
  };
}

const check = ({ options = [], ...rule }: CampaignSlot, value: SlotNodes) =>
  checkSlot(
    {
      ...rule,
      label: rule.name,
      default: value,
      options: options.map(({ name }) => ({ name, label: name })),
    },
    value,
    POLICY,
  );

const merge = (input: Partial<MergeInput>): ValueMerge =>
  mergeValues({ before: [], after: [], values: {}, parked: {}, answers: {}, ...input }, check);

const offer = slotFromText('We check one of your sites. It costs nothing, and takes one hour.');

describe('a partner’s values in a newer version', () => {
  it('stay where they fit, whatever the vendor’s own text is now', () => {
    const after = [slot('offer', { maxChars: 80, default: inEnglish('Another text') })];
    const { values, conflicts } = merge({ before: [slot('offer')], after, values: { offer } });
    expect(values).toEqual({ offer });
    expect(conflicts).toEqual([]);
  });

  it('are in conflict with narrower limits, with a suggestion that ends at a sentence', () => {
    const after = [slot('offer', { maxChars: 40 })];
    const { conflicts } = merge({ before: [slot('offer')], after, values: { offer } });
    expect(conflicts.map(({ name }) => name)).toEqual(['offer']);
    expect(slotText(conflicts[0]?.suggestion ?? slotFromText(''))).toBe('We check one of your sites.');
  });

  it('keep bold words and links in a suggestion, where the slot takes them', () => {
    const bold = {
      kind: 'paragraphs',
      blocks: [[{ text: 'We ' }, { text: 'check', bold: true }, { text: ' one site. It takes one hour of your day.' }]],
    } as const;
    const suggested = (over: Partial<CampaignSlot>) =>
      merge({ before: [slot('offer')], after: [slot('offer', over)], values: { offer: bold } }).conflicts[0]
        ?.suggestion;
    expect(suggested({ maxChars: 30, format: 'inline' })).toEqual({
      kind: 'paragraphs',
      blocks: [[{ text: 'We ' }, { text: 'check', bold: true }, { text: ' one site.' }]],
    });
    expect(suggested({ maxChars: 30, format: 'plain' })).toEqual(slotFromText('We check one site.'));
  });

  it('have no suggestion where an option is gone', () => {
    const options = ['a', 'b'].map((name) => ({ name, label: { en: name } }));
    const after = [slot('look', { format: 'choice', options })];
    const { conflicts } = merge({ before: after, after, values: { look: slotFromText('c') } });
    expect(conflicts).toMatchObject([{ name: 'look', suggestion: null }]);
  });

  it('are parked when their slot is gone, and come back with it', () => {
    const gone = merge({ before: [slot('offer')], after: [], values: { offer } });
    expect(gone).toMatchObject({ values: {}, parked: { offer } });
    const back = merge({ before: [], after: [slot('offer', { maxChars: 80 })], parked: gone.parked });
    expect(back).toMatchObject({ values: { offer }, parked: {} });
  });

  it('are missing for a new slot that must be filled, until the partner has filled it', () => {
    const after = [slot('claim', { required: true })];
    expect(merge({ after }).missing).toEqual(['claim']);
    expect(merge({ after, answers: { claim: offer } }).missing).toEqual([]);
    expect(merge({ before: after, after }).missing).toEqual([]);
  });

  it('are replaced by the partner’s answer, and kept', () => {
    const answers = { offer: slotFromText('A check for nothing.') };
    const merged = merge({
      before: [slot('offer')],
      after: [slot('offer', { maxChars: 40 })],
      values: { offer },
      answers,
    });
    expect(merged).toMatchObject({ values: answers, parked: { offer }, conflicts: [] });
  });
});

const names = fc.constantFrom('a', 'b', 'c', 'd', 'toString');
const formats = fc.constantFrom<SlotFormat>('plain', 'inline', 'list');
const slots = fc.uniqueArray(
  fc
    .record({
      name: names,
      format: formats,
      maxChars: fc.integer({ min: 1, max: 60 }),
      maxLines: fc.integer({ min: 1, max: 4 }),
      required: fc.boolean(),
    })
    .map(({ name, ...over }) => slot(name, over)),
  { selector: ({ name }) => name },
);
const texts = fc.array(fc.constantFrom('one', 'two, three', 'A sentence.', 'a-very-long-word-without-end'), {
  minLength: 1,
  maxLength: 5,
});
const values = fc.dictionary(
  names,
  texts.map((lines) => slotFromText(lines.join('\n'))),
  { noNullPrototype: true },
);

describe('any values in any version', () => {
  const inputs = fc.record({ before: slots, after: slots, values, parked: values, answers: fc.constant({}) });

  it('are each kept or parked: none is lost, and none is invented', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const merged = merge(input);
        for (const [name, value] of Object.entries(input.values))
          expect([merged.values[name], merged.parked[name]]).toContain(value);
        for (const [name, value] of Object.entries(merged.values))
          expect([input.values[name], input.parked[name]]).toContain(value);
        for (const name of Object.keys(merged.values)) expect(input.after.map((one) => one.name)).toContain(name);
      }),
    );
  });

  it('fit their slots if there is no conflict, and suggestions always do', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { values: kept, conflicts } = merge(input);
        const open = new Set(conflicts.map(({ name }) => name));
        for (const one of input.after) {
          const value = Object.hasOwn(kept, one.name) ? kept[one.name] : undefined;
          if (value !== undefined && !open.has(one.name)) expect(check(one, value)).toEqual([]);
        }
        for (const { name, suggestion } of conflicts) {
          const one = input.after.find((known) => known.name === name);
          if (suggestion !== null && one !== undefined) expect(check(one, suggestion)).toEqual([]);
        }
      }),
    );
  });

  it('are the same after a version without their slots and back', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const fit = merge({ ...input, before: input.after, parked: {} });
        fc.pre(fit.conflicts.length === 0);
        const away = merge({ before: input.after, after: [], values: fit.values });
        expect(merge({ before: [], after: input.after, values: away.values, parked: away.parked }).values).toEqual(
          fit.values,
        );
      }),
    );
  });
});

import type { AttributeKind, GroupCondition, PartnerAttributeView } from '#contracts';

type On = GroupCondition['on'];

/** Conditions about each kind of attribute, the most usual one first. */
const ASKED: Readonly<Record<AttributeKind, readonly On[]>> = {
  text: ['attribute', 'attribute-known'],
  choice: ['attribute', 'attribute-known'],
  choices: ['attribute', 'attribute-known'],
  number: ['attribute-number', 'attribute-known'],
  date: ['attribute-date', 'attribute-known'],
  'yes-no': ['attribute-yes', 'attribute-known'],
  certification: ['certified', 'attribute-known'],
};

export const conditionsAbout = (kind: AttributeKind): readonly On[] => ASKED[kind];

/** An empty condition about an attribute. */
export function newCondition(
  { id, kind }: Pick<PartnerAttributeView, 'id' | 'kind'>,
  on: On = ASKED[kind][0] ?? 'attribute-known',
): GroupCondition {
  const about = { attributeId: id as GroupCondition['attributeId'], not: false };
  switch (on) {
    case 'attribute':
      return { on, ...about, is: [] };
    case 'attribute-number':
    case 'attribute-date':
      return { on, ...about, from: null, to: null };
    case 'certified':
      return { on, ...about, forDays: 0 };
    default:
      return { on, ...about };
  }
}

/** Whether nothing is left to fill in. */
export const isComplete = (condition: GroupCondition): boolean =>
  (!('is' in condition) || condition.is.length > 0) &&
  (!('from' in condition) || condition.from !== null || condition.to !== null);

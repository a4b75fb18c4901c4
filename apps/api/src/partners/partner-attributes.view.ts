import type { z } from 'zod';
import type { AttributesOfPartner, PartnerAttributeView } from '#contracts';
import { type PartnerAttribute, partnerAttributeVersion, type PartnerValue } from '#organisations';

const definitionView = ({ id, name, help, kind, owner, options }: PartnerAttribute) => ({
  id,
  name,
  help,
  kind,
  owner,
  options: [...options],
});

export const partnerAttributeView = (attribute: PartnerAttribute, valueCount: number): PartnerAttributeView => ({
  ...definitionView(attribute),
  version: partnerAttributeVersion(attribute),
  valueCount,
});

/** @param values of one partner. */
export function attributesOfPartnerView(
  attributes: readonly PartnerAttribute[],
  values: readonly PartnerValue[],
): z.output<typeof AttributesOfPartner> {
  const known = new Map(values.map((one) => [one.attributeId, one]));
  return {
    items: attributes.map((attribute) => {
      const value = known.get(attribute.id);
      return {
        ...definitionView(attribute),
        value: value?.value ?? null,
        changedBy: value?.changedBy ?? null,
        changedAt: value?.changedAt.toISOString() ?? null,
      };
    }),
  };
}

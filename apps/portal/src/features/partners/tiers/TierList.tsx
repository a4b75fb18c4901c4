import type { PartnerAttributeView, Tier } from '#contracts';
import { moved } from './edited-tiers';
import { TierFields } from './TierFields';

interface TierListProps {
  readonly tiers: readonly Tier[];
  readonly attributes: readonly PartnerAttributeView[];
  readonly onChange: (tiers: Tier[]) => void;
}

/** The tiers of a form, the highest first. */
export function TierList({ tiers, attributes, onChange }: TierListProps) {
  return tiers.map((tier, at) => (
    <TierFields
      // Tiers have no identity but their place: a name is typed letter by letter.
      // oxlint-disable-next-line react/no-array-index-key
      key={at}
      tier={tier}
      at={at}
      count={tiers.length}
      attributes={attributes}
      onChange={(changed) => onChange(tiers.with(at, changed))}
      onMove={(to) => onChange(moved(tiers, at, to))}
      onRemove={() => onChange(tiers.toSpliced(at, 1))}
    />
  ));
}

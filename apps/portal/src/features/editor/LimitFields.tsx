import { SimpleGrid, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SlotLimits, SlotRule } from './slot-rules';
import { NumberField } from '../../shared/NumberField';

/** Upper limits of a slot (docs/authoring-language.md). */
const MOST = { maxChars: 4000, maxLines: 60 };

interface LimitFieldsProps {
  readonly rule: SlotRule;
  readonly onWrite: (limits: Partial<SlotLimits>) => void;
}

/** How much partners can write into a slot, and whether it is required. */
export function LimitFields({ rule: { label, required, ...most }, onWrite }: LimitFieldsProps) {
  const { t } = useTranslation();
  const limit = (field: 'maxChars' | 'maxLines') => (
    <NumberField
      label={t(`slotRules.${field}`)}
      aria-label={t('slotRules.of', { what: t(`slotRules.${field}`), slot: label })}
      min={1}
      max={MOST[field]}
      value={most[field]}
      onChange={(written) => typeof written === 'number' && written >= 1 && onWrite({ [field]: written })}
    />
  );
  return (
    <>
      <SimpleGrid cols={2}>
        {limit('maxChars')}
        {limit('maxLines')}
      </SimpleGrid>
      <Switch
        label={t('slotRules.required')}
        checked={required}
        onChange={(event) => onWrite({ required: event.currentTarget.checked })}
      />
    </>
  );
}

import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CampaignPreview, TraitName } from '#contracts';
import { useFormat } from './format';

/** Traits of the recipient of a preview; a missing trait is unknown. */
export type Recipient = Partial<Record<TraitName, string>>;

interface RecipientChoiceProps {
  readonly asks: CampaignPreview['asks'];
  readonly recipient: Recipient;
  readonly onChoose: (recipient: Recipient) => void;
}

/**
 * Selects the recipient traits that a template's conditions read.
 * Nothing for a template without conditions.
 */
export function RecipientChoice({ asks, recipient, onChoose }: RecipientChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return asks.map(({ field, values }) => (
    <NativeSelect
      key={field}
      label={t(`version.recipient.${field}`)}
      data={[
        { value: '', label: t('version.unknownTrait') },
        ...values.map((value) => ({ value, label: field === 'country' ? format.country(value) : value })),
      ]}
      value={recipient[field] ?? ''}
      onChange={({ currentTarget: { value } }) => onChoose(withTrait(recipient, field, value))}
    />
  ));
}

function withTrait(recipient: Recipient, field: TraitName, value: string): Recipient {
  const known = Object.entries({ ...recipient, [field]: value }).filter(([, one]) => one !== '');
  return Object.fromEntries(known);
}

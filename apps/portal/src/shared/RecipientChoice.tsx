import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CampaignPreview, TraitName } from '#contracts';
import { useFormat } from './format';

/** What is known of the recipient that a preview is for; what is not there is not known. */
export type Recipient = Partial<Record<TraitName, string>>;

interface RecipientChoiceProps {
  readonly asks: CampaignPreview['asks'];
  readonly recipient: Recipient;
  readonly onChoose: (recipient: Recipient) => void;
}

/** For whom a template is shown, as far as its conditional sections ask; nothing where everybody gets the same. */
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

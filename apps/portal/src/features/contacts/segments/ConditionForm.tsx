import { ActionIcon, Group, MultiSelect, NativeSelect, Paper, Stack, TagsInput, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SegmentCondition } from '#contracts';
import { NumberField } from '../../../shared/NumberField';
import {
  CONDITION_KINDS,
  type ConditionKind,
  CONSENT_STATES,
  FIELDS,
  kindOf,
  LEAD_STATES,
  newCondition,
} from './condition';
import type { Campaigns } from './campaigns';

interface ConditionFormProps {
  readonly condition: SegmentCondition;
  readonly campaigns: Campaigns;
  readonly onChange: (condition: SegmentCondition) => void;
  /** Null: it is the only one. */
  readonly onRemove: (() => void) | null;
  readonly error: string | undefined;
}

/** One condition of a segment: what it is about, and its values. */
export function ConditionForm({ condition, campaigns, onChange, onRemove, error }: ConditionFormProps) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group gap="xs" align="flex-end">
          <NativeSelect
            style={{ flex: '1 1 11rem' }}
            label={t('segments.about')}
            value={kindOf(condition)}
            data={CONDITION_KINDS.map((kind) => ({ value: kind, label: t(`segments.kind.${kind}`) }))}
            onChange={({ currentTarget: { value } }) => onChange(newCondition(value as ConditionKind))}
          />
          <NativeSelect
            label={t('segments.applies')}
            value={condition.not ? 'no' : 'yes'}
            data={(['yes', 'no'] as const).map((value) => ({ value, label: t(`segments.${value}`) }))}
            onChange={({ currentTarget: { value } }) => onChange({ ...condition, not: value === 'no' })}
          />
          {onRemove !== null && (
            <ActionIcon variant="default" size="input-sm" aria-label={t('segments.remove')} onClick={onRemove}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          )}
        </Group>
        <Values condition={condition} onChange={onChange} error={error} />
        {'campaignId' in condition && (
          <NativeSelect
            label={t('segments.campaign')}
            value={condition.campaignId ?? ''}
            data={[
              { value: '', label: t('segments.anyCampaign') },
              ...campaigns.map(({ id, title }) => ({ value: id, label: title })),
            ]}
            onChange={({ currentTarget: { value } }) =>
              onChange({ ...condition, campaignId: (value === '' ? null : value) as typeof condition.campaignId })
            }
          />
        )}
      </Stack>
    </Paper>
  );
}

function Values({ condition, onChange, error }: Pick<ConditionFormProps, 'condition' | 'onChange' | 'error'>) {
  const { t } = useTranslation();
  switch (condition.on) {
    case 'field':
      return (
        <>
          <FieldChoice condition={condition} onChange={onChange} />
          <TagsInput
            label={t('segments.values')}
            description={t('segments.valuesHow')}
            value={condition.is}
            maxTags={100}
            maxLength={200}
            error={error}
            acceptValueOnBlur
            onChange={(is) => onChange({ ...condition, is })}
          />
        </>
      );
    case 'field-contains':
      return (
        <>
          <FieldChoice condition={condition} onChange={onChange} />
          <TextInput
            label={t('segments.part')}
            value={condition.text}
            maxLength={200}
            error={error}
            onChange={({ currentTarget: { value } }) => onChange({ ...condition, text: value })}
          />
        </>
      );
    case 'field-known':
      return <FieldChoice condition={condition} onChange={onChange} />;
    case 'consent':
      return (
        <MultiSelect
          label={t('segments.states')}
          value={condition.states}
          data={CONSENT_STATES.map((value) => ({ value, label: t(`contacts.consent.${value}`) }))}
          error={error}
          onChange={(states) => onChange({ ...condition, states })}
        />
      );
    case 'added':
      return (
        <NumberField
          label={t('segments.inDays')}
          min={1}
          max={1825}
          value={condition.withinDays}
          onChange={(days) => days !== '' && onChange({ ...condition, withinDays: days })}
        />
      );
    case 'lead':
      return (
        <>
          <MultiSelect
            label={t('segments.states')}
            value={condition.states}
            data={LEAD_STATES.map((value) => ({ value, label: t(`status.${value}`) }))}
            error={error}
            onChange={(states) => onChange({ ...condition, states })}
          />
          <Days condition={condition} onChange={onChange} />
        </>
      );
    case 'engaged':
      return <Days condition={condition} onChange={onChange} />;
  }
}

type OfField = Extract<SegmentCondition, { field: unknown }>;
type OfDays = Extract<SegmentCondition, { on: 'engaged' | 'lead' }>;

interface PartProps<Condition> {
  readonly condition: Condition;
  readonly onChange: ConditionFormProps['onChange'];
}

function FieldChoice({ condition, onChange }: PartProps<OfField>) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('segments.field')}
      value={condition.field}
      data={FIELDS.map((value) => ({ value, label: t(`contact.field.${value}`) }))}
      onChange={({ currentTarget: { value } }) => onChange({ ...condition, field: value as OfField['field'] })}
    />
  );
}

function Days({ condition, onChange }: PartProps<OfDays>) {
  const { t } = useTranslation();
  return (
    <NumberField
      label={t('segments.inDays')}
      description={t('segments.anyTime')}
      min={1}
      max={1825}
      value={condition.withinDays}
      onChange={(days) => onChange({ ...condition, withinDays: days === '' ? null : days })}
    />
  );
}

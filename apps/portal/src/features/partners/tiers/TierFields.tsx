import { ActionIcon, Fieldset, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type PartnerAttributeView, type Tier, TIER_FACTS } from '#contracts';
import { NumberField } from '../../../shared/NumberField';
import { Conditions } from '../conditions/Conditions';
import { neededOf, withNeeded } from './edited-tiers';

interface TierFieldsProps {
  readonly tier: Tier;
  readonly at: number;
  readonly count: number;
  readonly attributes: readonly PartnerAttributeView[];
  readonly onChange: (tier: Tier) => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

/** One tier: its name, what it gives, and what it needs. The lowest one needs nothing. */
export function TierFields(props: TierFieldsProps) {
  const { tier, at, count, onChange } = props;
  const { t } = useTranslation();
  const isLowest = at === count - 1;
  return (
    <Fieldset legend={t('tiers.rank', { number: at + 1 })}>
      <Stack gap="sm">
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            style={{ flex: 1 }}
            label={t('tiers.name')}
            required
            maxLength={60}
            value={tier.name}
            onChange={({ currentTarget: { value } }) => onChange({ ...tier, name: value })}
          />
          <TierActions {...props} />
        </Group>
        <TextInput
          label={t('tiers.about')}
          description={t('tiers.aboutHow')}
          maxLength={300}
          value={tier.about}
          onChange={({ currentTarget: { value } }) => onChange({ ...tier, about: value })}
        />
        {isLowest ? (
          <Text size="sm" c="dimmed">
            {t('tiers.lowestWhy')}
          </Text>
        ) : (
          <Needs {...props} />
        )}
      </Stack>
    </Fieldset>
  );
}

function TierActions({ tier: { name }, at, count, onMove, onRemove }: TierFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <ActionIcon
        variant="default"
        size="input-sm"
        disabled={at === 0}
        aria-label={t('tiers.up', { name })}
        onClick={() => onMove(at - 1)}
      >
        <IconArrowUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size="input-sm"
        disabled={at === count - 1}
        aria-label={t('tiers.down', { name })}
        onClick={() => onMove(at + 1)}
      >
        <IconArrowDown size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size="input-sm"
        disabled={count === 1}
        aria-label={t('tiers.remove', { name })}
        onClick={onRemove}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </>
  );
}

function Needs({ tier, attributes, onChange }: TierFieldsProps) {
  const { t } = useTranslation();
  const { period, conditions } = tier.rule;
  const setRule = (change: Partial<Tier['rule']>): void => onChange({ ...tier, rule: { ...tier.rule, ...change } });
  return (
    <>
      <Group gap="xs" align="flex-end">
        <NumberField
          label={t('tiers.period')}
          min={1}
          max={24}
          w={180}
          value={period.count}
          onChange={(count) => setRule({ period: { ...period, count: count === '' ? 1 : count } })}
        />
        <NativeSelect
          aria-label={t('tiers.unit')}
          value={period.unit}
          data={(['months', 'quarters'] as const).map((value) => ({ value, label: t(`tiers.units.${value}`) }))}
          onChange={({ currentTarget: { value } }) =>
            setRule({ period: { ...period, unit: value === 'quarters' ? 'quarters' : 'months' } })
          }
        />
        {period.unit === 'quarters' && (
          <Text size="sm" c="dimmed">
            {t('tiers.quartersHow')}
          </Text>
        )}
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} style={{ alignItems: 'end' }}>
        {TIER_FACTS.map((fact) => (
          <NumberField
            key={fact}
            label={t(`tiers.atLeast.${fact}`)}
            placeholder={t('tiers.notCounted')}
            min={1}
            max={100_000}
            value={neededOf(tier, fact)}
            onChange={(atLeast) => onChange(withNeeded(tier, fact, atLeast))}
          />
        ))}
      </SimpleGrid>
      <Conditions
        attributes={attributes}
        match={null}
        conditions={conditions}
        onChange={(changed) => setRule({ conditions: changed })}
      />
    </>
  );
}

import { ActionIcon, Button, Group, Input, NativeSelect, Stack, Switch, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { countryCodes } from '../../../shared/countries';
import { useFormat } from '../../../shared/format';
import type { Span } from './rules';
import type { RulesProps } from './SequenceRules';
import { DatePickerInput } from '../../../shared/dates';

/** Applies to all countries. */
const ALL = 'all';
const DAY_MS = 86_400_000;
const dayIn = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/**
 * Dates without e-mails for a country.
 * They are not business days there.
 */
export function Holidays({ rules: { holidays = {} }, onWrite }: RulesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = (country: string) => (country === ALL ? t('rules.everyCountry') : format.country(country));
  const free = [ALL, ...countryCodes].filter((country) => !(country in holidays));
  const without = (country: string) => Object.fromEntries(Object.entries(holidays).filter(([one]) => one !== country));
  return (
    <Input.Wrapper label={t('rules.holidays')} description={t('rules.holidaysWhy')} labelElement="div">
      <Stack gap="xs" mt={6}>
        {Object.entries(holidays).map(([country, dates]) => (
          <Group key={country} align="flex-end" wrap="nowrap">
            <DatePickerInput
              type="multiple"
              label={nameOf(country)}
              placeholder={t('rules.noDay')}
              value={[...dates]}
              style={{ flexGrow: 1, minWidth: 0 }}
              onChange={(days) => onWrite('holidays', { ...holidays, [country]: [...days].sort() })}
            />
            <ActionIcon
              size="lg"
              variant="default"
              aria-label={t('rules.removeHolidays', { country: nameOf(country) })}
              onClick={() => onWrite('holidays', without(country))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <NativeSelect
          label={t('rules.addCountry')}
          maw={320}
          value=""
          data={[
            { value: '', label: t('rules.chooseCountry') },
            ...free.map((value) => ({ value, label: nameOf(value) })),
          ]}
          onChange={({ currentTarget: { value } }) =>
            value !== '' && onWrite('holidays', { ...holidays, [value]: [dayIn(30)] })
          }
        />
      </Stack>
    </Input.Wrapper>
  );
}

/** Whether e-mails go out on public holidays, too. */
export function PublicHolidays({ rules: { publicHolidays }, onWrite }: RulesProps) {
  const { t } = useTranslation();
  return (
    <Switch
      label={t('rules.publicHolidays')}
      description={t('rules.publicHolidaysWhy')}
      checked={publicHolidays === 'send'}
      onChange={(event) => onWrite('publicHolidays', event.currentTarget.checked ? 'send' : null)}
    />
  );
}

/** Date ranges without e-mails. */
export function Blackouts({ rules: { blackouts = [] }, onWrite }: RulesProps) {
  const { t } = useTranslation();
  const write = (spans: readonly Span[]) => onWrite('blackouts', spans);
  return (
    <Input.Wrapper label={t('rules.blackouts')} description={t('rules.blackoutsWhy')} labelElement="div">
      <Stack gap="xs" mt={6} align="flex-start">
        {blackouts.map(({ from, to }, at) => (
          <Blackout
            key={at}
            number={at + 1}
            span={{ from, to }}
            onSpan={(changed) => write(blackouts.map((span, place) => (place === at ? changed : span)))}
            onRemove={() => write(blackouts.filter((_, place) => place !== at))}
          />
        ))}
        {blackouts.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('rules.noBlackout')}
          </Text>
        )}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => write([...blackouts, { from: dayIn(30), to: dayIn(33) }])}
        >
          {t('rules.addBlackout')}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

interface BlackoutProps {
  /** Position, counted from 1. */
  readonly number: number;
  readonly span: Span;
  readonly onSpan: (span: Span) => void;
  readonly onRemove: () => void;
}

function Blackout({ number, span: { from, to }, onSpan, onRemove }: BlackoutProps) {
  const { t } = useTranslation();
  return (
    <Group align="flex-end" wrap="nowrap" w="100%">
      <DatePickerInput
        type="range"
        label={t('rules.blackout', { number })}
        value={[from, to]}
        allowSingleDateInRange
        style={{ flexGrow: 1, minWidth: 0 }}
        onChange={([first, last]) => first !== null && last !== null && onSpan({ from: first, to: last })}
      />
      <ActionIcon size="lg" variant="default" aria-label={t('rules.removeBlackout', { number })} onClick={onRemove}>
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

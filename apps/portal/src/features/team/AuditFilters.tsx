import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconCalendar, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAuditText } from './audit-text';
import type { AuditFilter } from './audit-filter';
import { DatePickerInput } from '../../shared/dates';

interface AuditFiltersProps {
  readonly choice: AuditFilter;
  readonly onChoose: (change: Partial<AuditFilter>) => void;
}

/** Filters of the audit log: text, user, action and period. */
export function AuditFilters({ choice, onChoose }: AuditFiltersProps) {
  const { t } = useTranslation();
  const { q, who, action, from, to } = choice;
  const isNarrowed = Object.values(choice).some((value) => value !== '');
  return (
    <Group align="flex-end" gap="sm" role="search" aria-label={t('audit.search')}>
      <TextInput
        label={t('audit.words')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={q}
        maxLength={200}
        style={{ flex: '2 1 200px' }}
        onChange={(event) => onChoose({ q: event.currentTarget.value })}
      />
      <TextInput
        label={t('audit.who')}
        value={who}
        maxLength={200}
        style={{ flex: '1 1 150px' }}
        onChange={(event) => onChoose({ who: event.currentTarget.value })}
      />
      <DeedChoice action={action} onChoose={onChoose} />
      <Period from={from} to={to} onChoose={onChoose} />
      {isNarrowed && (
        <Button variant="subtle" onClick={() => onChoose({ q: '', who: '', action: '', from: '', to: '' })}>
          {t('audit.clear')}
        </Button>
      )}
    </Group>
  );
}

/** Chooses one kind of change. */
function DeedChoice({ action, onChoose }: { readonly action: string } & Pick<AuditFiltersProps, 'onChoose'>) {
  const { t } = useTranslation();
  const { deeds } = useAuditText();
  return (
    <Select
      label={t('audit.what')}
      placeholder={t('audit.everything')}
      data={deeds()}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('audit.everything') }}
      value={action === '' ? null : action}
      style={{ flex: '1 1 210px' }}
      onChange={(chosen) => onChoose({ action: chosen ?? '' })}
    />
  );
}

interface PeriodProps extends Pick<AuditFiltersProps, 'onChoose'> {
  readonly from: string;
  readonly to: string;
}

/** Chooses the first and the last day. Half a choice does not count yet. */
function Period({ from, to, onChoose }: PeriodProps) {
  const { t } = useTranslation();
  const [half, setHalf] = useState<[string | null, string | null] | null>(null);
  return (
    <DatePickerInput
      type="range"
      label={t('audit.when')}
      placeholder={t('audit.always')}
      leftSection={<IconCalendar size={16} aria-hidden />}
      allowSingleDateInRange
      maxDate={new Date()}
      value={half ?? [from === '' ? null : from, to === '' ? null : to]}
      style={{ flex: '1 1 210px' }}
      onChange={([first, last]) => {
        const isHalf = first !== null && last === null;
        setHalf(isHalf ? [first, last] : null);
        if (!isHalf) onChoose({ from: first ?? '', to: last ?? '' });
      }}
    />
  );
}

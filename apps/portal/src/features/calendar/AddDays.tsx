import { Button, Group, Paper, Radio, Select, Stack, TextInput, Title } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../shared/draft';
import { countryCodes } from '../../shared/countries';
import { useFormat } from '../../shared/format';
import { type ClosedDays, ALL_COUNTRIES, isKnown, isTooLong } from './closed-days';
import { DatePickerInput } from '../../shared/dates';

const KINDS = ['closed', 'holiday'] as const;
const MAX_NAME = 60;

interface AddDaysProps {
  readonly rows: readonly ClosedDays[];
  readonly onAdd: (added: ClosedDays) => void;
}

interface Values {
  readonly days: [string | null, string | null];
  readonly name: string;
  readonly kind: string;
  readonly country: string;
}

const NOTHING: Values = { days: [null, null], name: '', kind: 'closed', country: ALL_COUNTRIES };

/**
 * Adds closed days to a partner's calendar: dates, name, and the countries they
 * apply to.
 */
export function AddDays({ rows, onAdd }: AddDaysProps) {
  const { t } = useTranslation();
  const [values, setValues] = useDraft<Values>('days-to-add', NOTHING);
  const write = (changed: Partial<Values>): void => setValues({ ...values, ...changed });
  const { days, name, kind, country } = values;
  const [from, to] = days;
  const added =
    from === null || to === null
      ? null
      : { from, to, name: name.trim(), holidayOf: kind === 'holiday' ? country : null };
  const hindrance = useHindrance(added, rows);
  const add = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (added === null || hindrance !== null) return;
    onAdd(added);
    setValues({ ...NOTHING, kind, country });
  };
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="add-days">
      <form onSubmit={add}>
        <Stack>
          <Title order={2} size="h3" id="add-days">
            {t('closedDays.add')}
          </Title>
          <Period days={days} error={hindrance} onDays={(chosen) => write({ days: chosen })} />
          <TextInput
            label={t('closedDays.name')}
            placeholder={t('closedDays.nameExample')}
            maxLength={MAX_NAME}
            value={name}
            onChange={(event) => write({ name: event.currentTarget.value })}
          />
          <KindChoice kind={kind} onKind={(chosen) => write({ kind: chosen })} />
          {kind === 'holiday' && <CountryChoice country={country} onCountry={(chosen) => write({ country: chosen })} />}
          <Group justify="flex-end">
            <Button type="submit" variant="light" disabled={added === null || hindrance !== null}>
              {t('closedDays.put')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

interface PeriodProps extends Pick<Values, 'days'> {
  readonly error: string | null;
  readonly onDays: (days: Values['days']) => void;
}

/** First and last closed day. */
function Period({ days, error, onDays }: PeriodProps) {
  const { t } = useTranslation();
  return (
    <DatePickerInput
      type="range"
      allowSingleDateInRange
      label={t('closedDays.days')}
      description={t('closedDays.daysHow')}
      leftSection={<IconCalendarPlus size={16} aria-hidden />}
      minDate={new Date()}
      clearable
      value={days}
      onChange={onDays}
      error={error}
    />
  );
}

/** Why the days cannot be added; null if they can. */
function useHindrance(added: ClosedDays | null, rows: readonly ClosedDays[]): string | null {
  const { t } = useTranslation();
  if (added === null) return null;
  if (isTooLong(added)) return t('closedDays.tooLong');
  return isKnown(rows, added) ? t('closedDays.already') : null;
}

/** Chooses between closed days of the partner and a public holiday. */
function KindChoice({ kind, onKind }: { readonly kind: string; readonly onKind: (kind: string) => void }) {
  const { t } = useTranslation();
  return (
    <Radio.Group label={t('closedDays.kind')} value={kind} onChange={onKind}>
      <Stack gap="xs" mt={6}>
        {KINDS.map((one) => (
          <Radio
            key={one}
            value={one}
            label={t(`closedDays.kinds.${one}`)}
            description={t(`closedDays.kindHow.${one}`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

interface CountryChoiceProps {
  readonly country: string;
  readonly onCountry: (country: string) => void;
}

/** Chooses the country of a public holiday, or all countries. */
function CountryChoice({ country, onCountry }: CountryChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Select
      label={t('closedDays.country')}
      searchable
      allowDeselect={false}
      data={[
        { value: ALL_COUNTRIES, label: t('closedDays.everywhere') },
        ...countryCodes.map((code) => ({ value: code, label: format.country(code) })),
      ]}
      value={country}
      onChange={(chosen) => onCountry(chosen ?? ALL_COUNTRIES)}
    />
  );
}

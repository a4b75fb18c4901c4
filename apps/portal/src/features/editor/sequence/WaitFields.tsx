import { Chip, Group, Input, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WrittenWait } from './steps';
import { DatePickerInput, TimeInput } from '../../../shared/dates';
import { NumberField } from '../../../shared/NumberField';

const FORMS = ['time', 'businessDays', 'until', 'weekdays'] as const;
type Form = (typeof FORMS)[number];
const FIRST: Readonly<Record<Form, () => WrittenWait>> = {
  time: () => ({ days: 1 }),
  businessDays: () => ({ businessDays: 3 }),
  until: () => ({ until: new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10) }),
  weekdays: () => ({ at: '10:00', weekdays: ['tue'] }),
};
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const formOf = ({ businessDays, until, weekdays }: WrittenWait): Form => {
  if (businessDays !== undefined) return 'businessDays';
  if (until !== undefined) return 'until';
  return weekdays === undefined ? 'time' : 'weekdays';
};

interface WaitFieldsProps {
  readonly label: string;
  readonly wait: WrittenWait;
  readonly onWrite: (wait: WrittenWait) => void;
}

/** Duration of a wait, in one of four forms. */
export function WaitFields({ label, wait, onWrite }: WaitFieldsProps) {
  const { t } = useTranslation();
  const form = formOf(wait);
  const number = (field: 'days' | 'hours' | 'businessDays', most: number) => (
    <NumberField
      label={t(`steps.field.${field}`)}
      min={field === 'businessDays' ? 1 : 0}
      max={most}
      w={110}
      value={wait[field] ?? 0}
      onChange={(value) => typeof value === 'number' && onWrite({ ...wait, [field]: value })}
    />
  );
  return (
    <Group align="flex-end" gap="sm">
      <NativeSelect
        label={label}
        value={form}
        onChange={({ currentTarget: { value } }) => onWrite(FIRST[value as Form]())}
        data={FORMS.map((value) => ({ value, label: t(`steps.waitForm.${value}`) }))}
      />
      {form === 'time' && (
        <>
          {number('days', 365)}
          {number('hours', 8760)}
        </>
      )}
      {form === 'businessDays' && number('businessDays', 250)}
      {form === 'until' && <UntilFields wait={wait} onWrite={onWrite} />}
      {form === 'weekdays' && <WeekdayFields wait={wait} onWrite={onWrite} />}
    </Group>
  );
}

type FieldsProps = Omit<WaitFieldsProps, 'label'>;

/** Until a date, at a time. */
function UntilFields({ wait, onWrite }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <DatePickerInput
        label={t('steps.field.until')}
        value={wait.until ?? null}
        onChange={(day) => day !== null && onWrite({ ...wait, until: day })}
      />
      <TimeInput
        label={t('steps.field.at')}
        value={wait.at ?? ''}
        onChange={({ currentTarget: { value: at } }) =>
          onWrite(at === '' ? { until: wait.until ?? '' } : { ...wait, at })
        }
      />
    </>
  );
}

/** Until one of the weekdays, at a time. */
function WeekdayFields({ wait, onWrite }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <TimeInput
        label={t('steps.field.at')}
        value={wait.at ?? ''}
        onChange={({ currentTarget: { value } }) => value !== '' && onWrite({ ...wait, at: value })}
      />
      <Weekdays
        label={t('steps.field.weekdays')}
        days={wait.weekdays ?? []}
        onWrite={(weekdays) => onWrite({ ...wait, weekdays })}
      />
    </>
  );
}

interface WeekdaysProps {
  readonly label: string;
  readonly days: readonly string[];
  readonly onWrite: (days: readonly string[]) => void;
}

/** Days of the week, sorted, at least one. */
export function Weekdays({ label, days, onWrite }: WeekdaysProps) {
  const { t } = useTranslation();
  return (
    <Input.Wrapper label={label} labelElement="div">
      <Chip.Group
        multiple
        value={[...days]}
        onChange={(chosen) => chosen.length > 0 && onWrite(WEEKDAYS.filter((day) => chosen.includes(day)))}
      >
        <Group gap={6}>
          {WEEKDAYS.map((day) => (
            <Chip key={day} value={day} size="xs" variant="outline">
              {t(`sequence.day.${day}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

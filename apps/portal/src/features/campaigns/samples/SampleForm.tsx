import { ActionIcon, Autocomplete, Group, NativeSelect, Paper, Select, SimpleGrid, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';
import { countryCodes } from '../../../shared/countries';
import { useFormat } from '../../../shared/format';
import { useSendTimeText } from '../../../shared/send-time';
import { type SampleAction, requiredFields, awaitedNames, type Sample, testTimesIn, timeKey } from './samples';
import { NumberField } from '../../../shared/NumberField';

interface SampleFormProps {
  readonly sample: Sample;
  readonly sequence: CampaignVersionDetail['sequence'];
  readonly onChange: (changed: Sample) => void;
  readonly onRemove: () => void;
}

const ACTS: readonly SampleAction[] = ['nothing', 'click', 'form', 'reply'];
const LONGEST_VALUE = 60;
const ZONES = Intl.supportedValuesOf('timeZone');

/** Edits a sample contact: its fields, its country, and its reaction. */
export function SampleForm({ sample, sequence, onChange, onRemove }: SampleFormProps) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="sm" component="fieldset" m={0} aria-label={t('samples.one', { name: sample.name })}>
      <Group wrap="nowrap" align="flex-end">
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} style={{ flex: 1 }} spacing="sm">
          <PersonFields sample={sample} sequence={sequence} onChange={onChange} />
          <ReactionFields sample={sample} sequence={sequence} onChange={onChange} />
          <DrawnTime sample={sample} sequence={sequence} onChange={onChange} />
        </SimpleGrid>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('samples.remove', { name: sample.name })}
          onClick={onRemove}
        >
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      </Group>
    </Paper>
  );
}

type FieldsProps = Omit<SampleFormProps, 'onRemove'>;

/** Name, time zone, country, and the fields that the sequence reads. */
function PersonFields({ sample, sequence, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('samples.name')}
        value={sample.name}
        maxLength={60}
        onChange={(event) => onChange({ ...sample, name: event.currentTarget.value })}
      />
      <Select
        label={t('contact.field.timeZone')}
        data={ZONES}
        searchable
        allowDeselect={false}
        limit={60}
        value={sample.timeZone}
        onChange={(timeZone) => timeZone !== null && onChange({ ...sample, timeZone })}
      />
      <CountryField sample={sample} onChange={onChange} />
      {requiredFields(sequence).map(({ field, values }) => (
        <Autocomplete
          key={field}
          label={t(`contact.field.${field}`)}
          data={values}
          maxLength={LONGEST_VALUE}
          value={sample.fields[field] ?? ''}
          onChange={(value) => onChange({ ...sample, fields: { ...sample.fields, [field]: value } })}
        />
      ))}
    </>
  );
}

function CountryField({ sample, onChange }: Pick<FieldsProps, 'sample' | 'onChange'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <NativeSelect
      label={t('contacts.country')}
      value={sample.country}
      onChange={(event) => onChange({ ...sample, country: event.currentTarget.value })}
      data={[
        { value: '', label: t('samples.noCountry') },
        ...countryCodes.map((code) => ({ value: code, label: format.country(code) })),
      ]}
    />
  );
}

/** The time that is drawn for the sample contact. Nothing for a sequence that tests no times. */
function DrawnTime({ sample, sequence, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const timeText = useSendTimeText();
  const times = testTimesIn(sequence);
  if (times.length === 0) return null;
  return (
    <NativeSelect
      label={t('experiments.sampleArm')}
      value={sample.arm ?? ''}
      onChange={(event) => onChange({ ...sample, arm: event.currentTarget.value })}
      data={times.map((time, at) => ({ value: at === 0 ? '' : timeKey(time), label: timeText(time) }))}
    />
  );
}

/** What the sample contact does, after how many hours, and with what. */
function ReactionFields({ sample, sequence, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const names = awaitedNames(sequence, sample.act);
  const acts: readonly SampleAction[] = awaitedNames(sequence, 'event').length > 0 ? [...ACTS, 'event'] : ACTS;
  return (
    <>
      <NativeSelect
        label={t('samples.does')}
        value={sample.act}
        onChange={(event) => onChange({ ...sample, act: event.currentTarget.value as SampleAction, about: '' })}
        data={acts.map((act) => ({ value: act, label: t(`samples.act.${act}`) }))}
      />
      {sample.act !== 'nothing' && (
        <NumberField
          label={t('samples.after')}
          min={0}
          max={2160}
          value={sample.afterHours}
          onChange={(hours) => onChange({ ...sample, afterHours: hours === '' ? 0 : hours })}
        />
      )}
      {names.length > 1 && (
        <NativeSelect
          label={t('samples.about')}
          value={sample.about}
          onChange={(event) => onChange({ ...sample, about: event.currentTarget.value })}
          data={names}
        />
      )}
    </>
  );
}

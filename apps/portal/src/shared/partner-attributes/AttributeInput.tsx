import { MultiSelect, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AttributeOfPartner, AttributeValue, Certification } from '#contracts';
import { DatePickerInput } from '../dates';
import { NumberField } from '../NumberField';

type AttributeDefinition = Pick<AttributeOfPartner, 'id' | 'name' | 'help' | 'kind' | 'options'>;

interface AttributeInputProps {
  readonly attribute: AttributeDefinition;
  /** Null: none is known. */
  readonly value: AttributeValue | null;
  readonly onChange: (value: AttributeValue | null) => void;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
}

/** The input of a value, by the kind of its attribute. */
export function AttributeInput({ attribute, value, onChange, error, disabled = false }: AttributeInputProps) {
  const { t } = useTranslation();
  const { name, help, kind, options } = attribute;
  const input = { label: name, error, disabled, ...(help === '' ? {} : { description: help }) };
  const choices = options.map(({ key, label }) => ({ value: key, label }));
  switch (kind) {
    case 'text':
      return (
        <TextInput
          {...input}
          maxLength={200}
          value={textOf(value)}
          onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)}
        />
      );
    case 'choice':
      return <Select {...input} clearable data={choices} value={textOf(value) || null} onChange={onChange} />;
    case 'choices':
      return (
        <MultiSelect
          {...input}
          clearable
          data={choices}
          value={Array.isArray(value) ? value : []}
          onChange={(keys) => onChange(keys.length === 0 ? null : keys)}
        />
      );
    case 'number':
      return (
        <NumberField
          {...input}
          decimals={4}
          value={typeof value === 'number' ? value : ''}
          onChange={(number) => onChange(number === '' ? null : number)}
        />
      );
    case 'date':
      return (
        <DatePickerInput
          {...input}
          clearable
          clearButtonProps={{ 'aria-label': t('attributes.clearDay', { name }) }}
          value={textOf(value) || null}
          onChange={onChange}
        />
      );
    case 'yes-no':
      return (
        <Select
          {...input}
          clearable
          data={(['yes', 'no'] as const).map((one) => ({ value: one, label: t(`attributes.${one}`) }))}
          value={typeof value === 'boolean' ? (value ? 'yes' : 'no') : null}
          onChange={(chosen) => onChange(chosen === null ? null : chosen === 'yes')}
        />
      );
    case 'certification':
      return <CertificationInput {...input} value={certificationOf(value)} onChange={onChange} />;
  }
}

interface CertificationInputProps {
  readonly label: string;
  readonly description?: string;
  readonly error: string | undefined;
  readonly disabled: boolean;
  /** Null: the partner does not have it. */
  readonly value: Certification | null;
  readonly onChange: (value: Certification | null) => void;
}

function CertificationInput({ label, value, onChange, error, ...input }: CertificationInputProps) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        {...input}
        label={label}
        error={error}
        allowDeselect={false}
        data={(['yes', 'no'] as const).map((one) => ({ value: one, label: t(`attributes.certified.${one}`) }))}
        value={value === null ? 'no' : 'yes'}
        onChange={(chosen) => onChange(chosen === 'yes' ? { number: null, expiresOn: null } : null)}
      />
      {value !== null && (
        <SimpleGrid cols={2} pl="md">
          <DatePickerInput
            label={t('attributes.expiresOn')}
            description={t('attributes.expiresHow')}
            clearable
            clearButtonProps={{ 'aria-label': t('attributes.clearDay', { name: label }) }}
            disabled={input.disabled}
            value={value.expiresOn}
            onChange={(expiresOn) => onChange({ ...value, expiresOn })}
          />
          <TextInput
            label={t('attributes.certificate')}
            description={t('attributes.optional')}
            maxLength={200}
            disabled={input.disabled}
            value={value.number ?? ''}
            onChange={({ currentTarget }) =>
              onChange({ ...value, number: currentTarget.value === '' ? null : currentTarget.value })
            }
          />
        </SimpleGrid>
      )}
    </>
  );
}

const textOf = (value: AttributeValue | null): string => (typeof value === 'string' ? value : '');

const certificationOf = (value: AttributeValue | null): Certification | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;

import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Paper,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { SourceElement } from '#template-source';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LABELLED_FIELDS } from '#contracts';
import { setUpForm, withNextStep } from './palette-blocks';
import {
  type FormFieldName,
  formOf,
  helpKey,
  labelKey,
  type PageForm,
  readFormText,
  withConfirmation,
  withFields,
  withFormText,
} from './form-acts';
import type { Builder } from './use-builder';

interface FormFieldsProps {
  readonly builder: Builder;
  readonly block: SourceElement;
  /** Names of the campaign's links. */
  readonly links: readonly string[];
}

/** Fields, consent and thanks of the form of a page. */
export function FormFields({ builder, block, links }: FormFieldsProps) {
  const { t } = useTranslation();
  const { template, perform, selected } = builder;
  if (block.name !== 'tc-form') return null;
  const form = formOf(template.texts, template.key);
  if (form === null)
    return (
      <Stack gap={8}>
        <Text size="sm">{t('builder.form.missing')}</Text>
        <Button variant="default" size="compact-sm" onClick={() => perform(setUpForm(template, selected))}>
          {t('builder.form.setUp')}
        </Button>
      </Stack>
    );
  return (
    <Stack gap="sm">
      <FieldList builder={builder} form={form} />
      <FormText builder={builder} textKey={form.keys.consent} label={t('builder.form.consent')}>
        {t('builder.form.consentWhy')}
      </FormText>
      <FormText builder={builder} textKey={form.keys.submit} label={t('builder.form.submit')} />
      <FormText builder={builder} textKey={form.keys.thanks} label={t('builder.form.thanks')}>
        {t('builder.form.thanksWhy')}
      </FormText>
      <NextStep builder={builder} form={form} links={links} />
      <Checkbox
        label={t('builder.form.confirm')}
        description={t('builder.form.confirmWhy')}
        checked={form.isConfirmed}
        onChange={(event) => perform(withConfirmation(template, selected, event.currentTarget.checked))}
      />
    </Stack>
  );
}

/** What the reader is offered after the form was sent. */
function NextStep({ builder, form: { next }, links }: FieldListProps & Pick<FormFieldsProps, 'links'>) {
  const { t } = useTranslation();
  const { template, perform, selected } = builder;
  const known = next === null || links.includes(next.link) ? links : [next.link, ...links];
  return (
    <>
      <NativeSelect
        label={t('builder.form.next')}
        value={next?.link ?? ''}
        data={[{ value: '', label: t('builder.noLink') }, ...known.map((link) => ({ value: link, label: link }))]}
        onChange={({ currentTarget: { value } }) =>
          perform(withNextStep(template, selected, value === '' ? null : value))
        }
      />
      {next !== null && <FormText builder={builder} textKey={next.labelKey} label={t('builder.form.nextLabel')} />}
    </>
  );
}

interface FieldListProps {
  readonly builder: Builder;
  readonly form: PageForm;
}

/** The fields in the order of the form. */
function FieldList({ builder, form: { fields, required } }: FieldListProps) {
  const { t } = useTranslation();
  const { template, perform, selected } = builder;
  const write = (next: readonly FormFieldName[], asked = required): void =>
    perform(withFields(template, selected, next, asked));
  const left = LABELLED_FIELDS.filter((field) => !fields.includes(field));
  return (
    <Stack gap={8} role="group" aria-label={t('builder.form.fields')}>
      <Text size="sm" fw={500}>
        {t('builder.form.fields')}
      </Text>
      {fields.map((field, at) => (
        <OneField
          key={field}
          builder={builder}
          field={field}
          isRequired={required.includes(field)}
          onRequired={(isAsked) =>
            write(fields, isAsked ? [...required, field] : required.filter((one) => one !== field))
          }
          onUp={at === 0 ? null : () => write(swapped(fields, at - 1))}
          onDown={at === fields.length - 1 ? null : () => write(swapped(fields, at))}
          onRemove={() => write(fields.filter((one) => one !== field))}
        />
      ))}
      {left.length > 0 && (
        <NativeSelect
          aria-label={t('builder.form.add')}
          value=""
          data={[
            { value: '', label: t('builder.form.add') },
            ...left.map((field) => ({ value: field, label: t(`builder.form.field.${field}`) })),
          ]}
          onChange={({ currentTarget: { value } }) => {
            const added = left.find((field) => field === value);
            if (added !== undefined) write([...fields, added]);
          }}
        />
      )}
    </Stack>
  );
}

const swapped = (fields: readonly FormFieldName[], at: number): FormFieldName[] =>
  fields.map((field, place) => (place === at ? fields[at + 1] : place === at + 1 ? fields[at] : field) ?? field);

interface OneFieldProps {
  readonly builder: Builder;
  readonly field: FormFieldName;
  readonly isRequired: boolean;
  readonly onRequired: (isRequired: boolean) => void;
  /** Null: it is the first. */
  readonly onUp: (() => void) | null;
  /** Null: it is the last. */
  readonly onDown: (() => void) | null;
  readonly onRemove: () => void;
}

function OneField({ builder, field, isRequired, onRequired, onUp, onDown, onRemove }: OneFieldProps) {
  const { t } = useTranslation();
  const name = t(`builder.form.field.${field}`);
  // Without an address, nobody could answer.
  const isFixed = field === 'email';
  return (
    <Paper withBorder p={8} role="group" aria-label={name}>
      <Stack gap={6}>
        <Group gap={4} wrap="nowrap">
          <Text size="sm" style={{ flex: 1 }}>
            {name}
          </Text>
          <Act label={t('builder.form.up', { field: name })} onAct={onUp}>
            <IconArrowUp size={14} aria-hidden />
          </Act>
          <Act label={t('builder.form.down', { field: name })} onAct={onDown}>
            <IconArrowDown size={14} aria-hidden />
          </Act>
          <Act label={t('builder.form.remove', { field: name })} onAct={isFixed ? null : onRemove}>
            <IconTrash size={14} aria-hidden />
          </Act>
        </Group>
        <Checkbox
          size="xs"
          label={t('builder.form.required')}
          description={isFixed ? t('builder.form.emailWhy') : null}
          checked={isRequired}
          disabled={isFixed && isRequired}
          onChange={(event) => onRequired(event.currentTarget.checked)}
        />
        <FieldText builder={builder} textKey={labelKey(field)} label={t('builder.form.label', { field: name })} />
        <FieldText builder={builder} textKey={helpKey(field)} label={t('builder.form.help', { field: name })} />
      </Stack>
    </Paper>
  );
}

interface ActProps {
  readonly label: string;
  /** Null: it cannot be done. */
  readonly onAct: (() => void) | null;
  readonly children: ReactNode;
}

const Act = ({ label, onAct, children }: ActProps) => (
  <ActionIcon
    variant="default"
    size="sm"
    aria-label={label}
    title={label}
    disabled={onAct === null}
    onClick={() => onAct?.()}
  >
    {children}
  </ActionIcon>
);

interface FieldTextProps {
  readonly builder: Builder;
  readonly textKey: string;
  readonly label: string;
}

/** A text in the shown language that may be left out. */
function FieldText({ builder, textKey, label }: FieldTextProps) {
  const { t } = useTranslation();
  const { template, perform, selected } = builder;
  const text = readFormText(template, textKey);
  return (
    <TextInput
      key={`${template.locale} ${text}`}
      size="xs"
      aria-label={label}
      placeholder={t(textKey === textKey.replace('.help.', '.') ? 'builder.form.usualLabel' : 'builder.form.noHelp')}
      defaultValue={text}
      onBlur={({ currentTarget: { value } }) => {
        if (value.trim() !== text) perform(withFormText(template, selected, textKey, value.trim()));
      }}
    />
  );
}

/** A text of the form in the shown language. */
function FormText({ builder, textKey, label, children }: FieldTextProps & { readonly children?: ReactNode }) {
  const { template, perform, selected } = builder;
  const text = readFormText(template, textKey);
  return (
    <Textarea
      key={`${template.locale} ${textKey} ${text}`}
      label={`${label} (${template.locale})`}
      description={children}
      autosize
      defaultValue={text}
      onBlur={({ currentTarget: { value } }) => {
        if (value.trim() !== text) perform(withFormText(template, selected, textKey, value.trim()));
      }}
    />
  );
}

import { ActionIcon, Button, Group, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ATTRIBUTE_KINDS, type AttributeKind, type PartnerAttributeView } from '#contracts';
import { useDraftForm } from '../../shared/draft-form';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { createPartnerAttribute, savePartnerAttribute } from './api';
import { type DefinitionFields, definitionOf, hasOptions } from './definition-fields';

interface AttributeFormProps {
  /** Null: a new one. */
  readonly attribute: PartnerAttributeView | null;
  readonly fields: DefinitionFields;
  readonly onSaved: () => void;
}

/** Defines an attribute, or changes all but its kind. */
export function AttributeForm({ attribute, fields, onSaved }: AttributeFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: `partner-attribute ${attribute?.id ?? `new ${fields.name}`}`,
    saved: { ...fields, options: fields.options.map((option) => ({ ...option })) },
  });
  const save = useMutation({
    mutationFn: (values: DefinitionFields) =>
      attribute === null
        ? createPartnerAttribute(definitionOf(values))
        : savePartnerAttribute(attribute.id, attribute.version, definitionOf(values)),
    onSuccess: async () => {
      forget();
      onSaved();
      await invalidate(client, queryKeys.partnerAttributes);
    },
  });
  const errors = useFieldErrors(save.error);
  const { kind, options } = form.values;
  const isOwnerFixed = (attribute?.valueCount ?? 0) > 0;
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        <TextInput
          label={t('attributes.name')}
          required
          maxLength={60}
          data-autofocus
          {...form.getInputProps('name')}
          error={errors['name']}
        />
        <TextInput
          label={t('attributes.help')}
          description={t('attributes.helpHow')}
          maxLength={200}
          {...form.getInputProps('help')}
        />
        <NativeSelect
          label={t('attributes.kind')}
          {...(attribute === null ? {} : { description: t('attributes.kindFixed'), disabled: true })}
          data={ATTRIBUTE_KINDS.map((value) => ({ value, label: t(`attributes.kinds.${value}`) }))}
          value={kind}
          onChange={({ currentTarget: { value } }) => form.setFieldValue('kind', value as AttributeKind)}
        />
        {hasOptions(kind) && (
          <Options
            options={options}
            error={errors['options']}
            onChange={(changed) => form.setFieldValue('options', changed)}
          />
        )}
        <Radio.Group
          label={t('attributes.owner')}
          {...(isOwnerFixed ? { description: t('attributes.ownerFixed') } : {})}
          error={errors['owner']}
          value={form.values.owner}
          onChange={(value) => form.setFieldValue('owner', value === 'partner' ? 'partner' : 'vendor')}
        >
          <Stack gap={6} mt={6}>
            {(['vendor', 'partner'] as const).map((owner) => (
              <Radio
                key={owner}
                value={owner}
                disabled={isOwnerFixed && owner !== form.values.owner}
                label={t(`attributes.owners.${owner}`)}
                description={t(`attributes.ownersWhy.${owner}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {Object.keys(errors).length === 0 && <ProblemNote error={save.error} />}
        <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
        <Button type="submit" loading={save.isPending}>
          {t('attributes.save')}
        </Button>
      </Stack>
    </form>
  );
}

type Option = { key?: string; label: string };

interface OptionsProps {
  readonly options: readonly Option[];
  readonly error: string | undefined;
  readonly onChange: (options: Option[]) => void;
}

/** The options of a choice. A changed label stays the same option. */
function Options({ options, error, onChange }: OptionsProps) {
  const { t } = useTranslation();
  return (
    <Stack component="fieldset" gap={6} m={0} p={0} style={{ border: 0, minWidth: 0 }}>
      <Text component="legend" size="sm" fw={500}>
        {t('attributes.options')}
      </Text>
      {options.map((option, at) => (
        // Options have no identity but their place: new ones have no key yet.
        // oxlint-disable-next-line react/no-array-index-key
        <Group key={at} gap="xs" wrap="nowrap">
          <TextInput
            style={{ flex: 1 }}
            aria-label={t('attributes.optionAt', { number: at + 1 })}
            maxLength={60}
            value={option.label}
            onChange={({ currentTarget: { value } }) => onChange(options.toSpliced(at, 1, { ...option, label: value }))}
          />
          <ActionIcon
            variant="default"
            size="input-sm"
            aria-label={t('attributes.removeOption', { name: option.label || String(at + 1) })}
            onClick={() => onChange(options.toSpliced(at, 1))}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {error !== undefined && (
        <Text size="sm" c="var(--mantine-color-error)">
          {error}
        </Text>
      )}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={options.length >= 100}
          onClick={() => onChange([...options, { label: '' }])}
        >
          {t('attributes.addOption')}
        </Button>
      </Group>
    </Stack>
  );
}

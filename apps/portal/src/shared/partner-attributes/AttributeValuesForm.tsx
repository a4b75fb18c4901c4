import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AttributeOfPartner, AttributeValue } from '#contracts';
import { useDraft } from '../draft';
import { useFieldErrors } from '../field-errors';
import { useFormat } from '../format';
import { ProblemNote } from '../ProblemNote';
import { RestoredDraftNote } from '../RestoredDraftNote';
import { AttributeInput } from './AttributeInput';

type ValueChanges = Readonly<Record<string, AttributeValue | null>>;

interface AttributeValuesFormProps {
  /** Key of the draft. */
  readonly about: string;
  readonly attributes: readonly AttributeOfPartner[];
  readonly onSave: (changes: ValueChanges) => Promise<unknown>;
  readonly disabled?: boolean;
}

const NOTHING: ValueChanges = {};

/** Values of attributes. Saves only those that were changed. */
export function AttributeValuesForm({ about, attributes, onSave, disabled = false }: AttributeValuesFormProps) {
  const { t } = useTranslation();
  const [changes, setChanges, forget] = useDraft<ValueChanges>(about, NOTHING);
  const save = useMutation({
    mutationFn: () => onSave(changes),
    onSuccess: () => {
      forget();
      notifications.show({ color: 'teal', message: t('attributes.valuesSaved') });
    },
  });
  const errors = useFieldErrors(save.error);
  const isUnsaved = Object.keys(changes).length > 0;
  const hasFieldError = attributes.some(({ id }) => errors[`values.${id}`] !== undefined);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'start' }}>
          {attributes.map((attribute) => (
            <Stack key={attribute.id} gap={4}>
              <AttributeInput
                attribute={attribute}
                value={attribute.id in changes ? (changes[attribute.id] ?? null) : attribute.value}
                onChange={(value) => setChanges((known) => ({ ...known, [attribute.id]: value }))}
                error={errors[`values.${attribute.id}`]}
                disabled={disabled}
              />
              <ChangedBy attribute={attribute} />
            </Stack>
          ))}
        </SimpleGrid>
        {!hasFieldError && <ProblemNote error={save.error} />}
        <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={forget} />
        {!disabled && (
          <Group>
            <Button type="submit" disabled={!isUnsaved} loading={save.isPending}>
              {t('attributes.saveValues')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

function ChangedBy({ attribute: { changedBy, changedAt } }: { readonly attribute: AttributeOfPartner }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (changedBy === null || changedAt === null) return null;
  return (
    <Text size="xs" c="dimmed">
      {t('attributes.changedBy', { by: changedBy, at: format.date(changedAt) })}
    </Text>
  );
}

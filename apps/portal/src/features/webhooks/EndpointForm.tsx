import { Button, Checkbox, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type InputPropsOf, useDraftForm } from '../../shared/draft-form';
import { useFieldErrors } from '../../shared/field-errors';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { type EndpointDraft, useEventText } from './webhook';
import { useWebhookEventTypes } from './api';

interface EndpointFormProps {
  /** Null for a new endpoint. */
  readonly id: string | null;
  readonly initial: EndpointDraft;
  readonly label: string;
  readonly pending: boolean;
  readonly error: unknown;
  /** @param forget deletes the draft after saving. */
  readonly onSubmit: (draft: EndpointDraft, forget: () => void) => void;
}

/** URL and event types of an endpoint. */
export function EndpointForm({ id, initial, label, pending, error, onSubmit }: EndpointFormProps) {
  const { t } = useTranslation();
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: `webhook-endpoint ${id ?? 'new'}`,
    saved: initial,
  });
  const fieldErrors = useFieldErrors(error);
  return (
    <form onSubmit={form.onSubmit((draft) => onSubmit(draft, forget))}>
      <Stack>
        <TextInput
          label={t('webhooks.url')}
          description={t('webhooks.urlHow')}
          placeholder="https://"
          type="url"
          required
          {...form.getInputProps('url')}
          error={fieldErrors['url']}
        />
        <TextInput label={t('webhooks.description')} maxLength={200} {...form.getInputProps('description')} />
        <EventTypes input={{ ...form.getInputProps('eventTypes'), error: fieldErrors['eventTypes'] }} />
        {fieldErrors['url'] === undefined && fieldErrors['eventTypes'] === undefined && <ProblemNote error={error} />}
        <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
        <Button type="submit" loading={pending} style={{ alignSelf: 'flex-start' }}>
          {label}
        </Button>
      </Stack>
    </form>
  );
}

/** Chooses the events that are delivered. */
function EventTypes({ input }: { readonly input: ReturnType<InputPropsOf> }) {
  const { t } = useTranslation();
  const eventText = useEventText();
  const types = useWebhookEventTypes();
  return (
    <Loaded query={types} height={120}>
      {({ items }) => (
        <Checkbox.Group label={t('webhooks.events')} description={t('webhooks.eventsHow')} {...input}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs" spacing="xs">
            {items.map((type) => (
              <Checkbox
                key={type}
                value={type}
                label={eventText(type)}
                description={
                  <Text span size="xs" ff="monospace">
                    {type}
                  </Text>
                }
              />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      )}
    </Loaded>
  );
}

import {
  Alert,
  Anchor,
  Button,
  Drawer,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Timeline,
  Title,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconFileDescription, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ContactDetail } from '#contracts';
import { useCan } from '../session';
import { Confirm } from '../Confirm';
import { useFieldErrors } from '../field-errors';
import { useFormat } from '../format';
import { Loaded } from '../Page';
import { timeZones, useCountries } from '../place-choices';
import { ProblemNote } from '../ProblemNote';
import { useTranslateCode } from '../translate-code';
import { StatusBadge } from '../StatusBadge';
import { useStepName } from '../step-name';
import { ConsentField } from './ConsentField';
import { ListsField } from './ListsField';
import { deleteContact, updateContact, useContact, useContactHistory } from '../requests';

interface ContactDrawerProps {
  readonly contactId: string | null;
  readonly onClose: () => void;
}

const FIELDS = [
  'firstName',
  'lastName',
  'email',
  'company',
  'country',
  'timeZone',
  'language',
  'industry',
  'persona',
  'stage',
  'segment',
] as const;

type Fields = Record<(typeof FIELDS)[number], string>;

const fieldsOf = (contact: ContactDetail): Fields =>
  Object.fromEntries(FIELDS.map((field) => [field, contact[field] ?? ''])) as Fields;

/** One person: what is known, on what basis one can write, what they got and why not. */
export function ContactDrawer({ contactId, onClose }: ContactDrawerProps) {
  const { t } = useTranslation();
  const contact = useContact(contactId ?? '', { enabled: contactId !== null });
  // What was typed goes by the cross alone, not by a slip of the hand.
  const [isTyped, setTyped] = useState(false);
  const slips = { closeOnEscape: !isTyped, closeOnClickOutside: !isTyped };
  return (
    <Drawer
      opened={contactId !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={t('contact.title')}
      {...slips}
    >
      {/* At once: whoever types and presses Escape is quicker than a form that compares. */}
      <div onInput={() => setTyped(true)}>
        <Loaded query={contact} height={400}>
          {(loaded) => <Person contact={loaded} onGone={onClose} onTyped={setTyped} key={loaded.id} />}
        </Loaded>
      </div>
    </Drawer>
  );
}

interface PersonProps {
  readonly contact: ContactDetail;
  readonly onGone: () => void;
  /** Whether something is typed that is not kept. */
  readonly onTyped: (isTyped: boolean) => void;
}

function Person({ contact, onGone, onTyped }: PersonProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const client = useQueryClient();
  const form = useForm({ initialValues: fieldsOf(contact) });
  // A consent is recorded, or somebody else changes the person, while somebody types: what was typed stays, all else comes in.
  useEffect(() => {
    const known = fieldsOf(contact);
    const typed = FIELDS.filter((field) => form.isDirty(field)).map((field) => [field, form.values[field]]);
    form.setInitialValues(known);
    form.setValues({ ...known, ...(Object.fromEntries(typed) as Partial<Fields>) });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each answer of the API
  }, [contact]);
  const isTyped = form.isDirty();
  useEffect(() => {
    onTyped(isTyped);
    return () => onTyped(false);
  }, [isTyped, onTyped]);
  const changed = () =>
    Promise.all(['contacts', 'contact', 'contact-lists'].map((key) => client.invalidateQueries({ queryKey: [key] })));
  const keep = useMutation({
    mutationFn: (body: typeof form.values) => updateContact(contact.id, body),
    onSuccess: (_, kept) => {
      form.resetDirty(kept);
      notifications.show({ color: 'teal', message: t('contact.kept') });
      return changed();
    },
  });
  const leave = useMutation({
    mutationFn: () => deleteContact(contact.id),
    onSuccess: () => {
      onGone();
      return changed();
    },
  });
  const fieldErrors = useFieldErrors(keep.error);
  const countries = useCountries(contact.country ?? '');
  const places: Readonly<Partial<Record<keyof Fields, string[] | ReturnType<typeof useCountries>>>> = {
    country: countries,
    timeZone: timeZones(contact.timeZone ?? ''),
  };
  const [consent] = contact.consent;
  return (
    <Stack gap="lg">
      {contact.suppression !== null && (
        <Alert color="red" title={t('contact.suppressed')}>
          {t(`suppressions.reason.${contact.suppression.reason as 'requested'}`)},{' '}
          {format.moment(contact.suppression.suppressedAt)}
        </Alert>
      )}
      <ConsentField key={consent?.recordedAt} contactId={contact.id} consent={consent} onRecorded={changed} />
      <ListsField contact={contact} />
      <form onSubmit={form.onSubmit((values) => keep.mutate(values))}>
        <Stack>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            {FIELDS.map((field) => {
              const input = {
                label: t(`contact.field.${field}`),
                ...form.getInputProps(field),
                error: fieldErrors[field],
                readOnly: !can('contacts.edit'),
              };
              const data = places[field];
              if (data === undefined) return <TextInput key={field} {...input} />;
              return (
                <Select
                  key={field}
                  {...input}
                  data={data}
                  searchable
                  clearable
                  nothingFoundMessage={t('common.nothingFound')}
                  value={form.values[field] === '' ? null : form.values[field]}
                  onChange={(chosen: string | null) => form.setFieldValue(field, chosen ?? '')}
                />
              );
            })}
          </SimpleGrid>
          {Object.keys(fieldErrors).length === 0 && <ProblemNote error={keep.error} />}
          {can('contacts.edit') && (
            <Group justify="flex-end">
              <Button type="submit" loading={keep.isPending} disabled={!form.isDirty()}>
                {t('contact.keep')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
      <History contactId={contact.id} />
      {can('contacts.edit') && (
        <Group>
          <Confirm
            label={t('contact.delete')}
            question={t('contact.deleteQuestion')}
            icon={<IconTrash size={16} aria-hidden />}
            onConfirm={() => leave.mutateAsync()}
          >
            {t('contact.deleteText', { email: contact.email })}
          </Confirm>
          <Button
            component={Link}
            to={`/contacts/${contact.id}/file`}
            variant="default"
            leftSection={<IconFileDescription size={16} aria-hidden />}
          >
            {t('personFile.open')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function History({ contactId }: { readonly contactId: string }) {
  const { t } = useTranslation();
  const translateCode = useTranslateCode();
  const stepName = useStepName();
  const format = useFormat();
  const history = useContactHistory(contactId);
  return (
    <Stack gap="sm">
      <Title order={2} size="h3">
        {t('contact.history')}
      </Title>
      <Loaded query={history} height={80}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('contact.noHistory')}
            </Text>
          ) : (
            <Timeline bulletSize={16} lineWidth={2}>
              {items.map(({ activationId, campaignTitle, name, stepKey, outcome, reason, sentence, decidedAt }) => (
                <Timeline.Item
                  key={`${activationId} ${stepKey} ${decidedAt}`}
                  title={
                    <Group gap="xs">
                      <Text size="sm" fw={600}>
                        {stepKey === '' ? t('contact.rest') : name === null ? stepKey : stepName(name)}
                      </Text>
                      <StatusBadge status={outcome} />
                    </Group>
                  }
                >
                  <Anchor component={Link} to={`/activations/${activationId}`} size="sm">
                    {campaignTitle}
                  </Anchor>
                  {name?.subject != null && (
                    <Text size="xs" c="dimmed">
                      {name.subject}
                    </Text>
                  )}
                  <Text size="sm">{translateCode('reasons', reason, sentence)}</Text>
                  <Text size="xs" c="dimmed">
                    {format.moment(decidedAt)}
                  </Text>
                </Timeline.Item>
              ))}
            </Timeline>
          )
        }
      </Loaded>
    </Stack>
  );
}

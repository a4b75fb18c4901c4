import { Button, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { CONTACT_FIELDS, type ContactDetail, isContactDate } from '#contracts';
import { useFieldErrors } from '../field-errors';
import { timeZones, useCountries } from '../place-choices';
import { ProblemNote } from '../ProblemNote';
import { updateContact } from '../requests';
import { useCan } from '../session';

/** The address comes after the three fields of the name. */
const FIELDS = [...CONTACT_FIELDS.slice(0, 3), 'email', ...CONTACT_FIELDS.slice(3)] as const;

type Fields = Record<(typeof FIELDS)[number], string>;

const fieldsOf = (contact: ContactDetail): Fields =>
  Object.fromEntries(FIELDS.map((field) => [field, contact[field] ?? ''])) as Fields;

/**
 * A form with the fields of a contact.
 * @param onTyped called when unsaved input appears or disappears.
 */
function useContactFields(contact: ContactDetail, onTyped: (isTyped: boolean) => void) {
  const form = useForm({ initialValues: fieldsOf(contact) });
  // The contact may change while the user types.
  // Untouched fields take the new values, typed ones stay.
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
  return form;
}

interface ContactFormProps {
  readonly contact: ContactDetail;
  /** Reports whether there is unsaved input. */
  readonly onTyped: (isTyped: boolean) => void;
  readonly onSaved: () => Promise<unknown>;
}

/**
 * Fields of a contact, for a partner. Read-only without the permission to edit.
 */
export function ContactForm({ contact, onTyped, onSaved }: ContactFormProps) {
  const { t } = useTranslation();
  const can = useCan();
  const form = useContactFields(contact, onTyped);
  const save = useMutation({
    mutationFn: (body: typeof form.values) => updateContact(contact.id, body),
    onSuccess: (_, kept) => {
      form.resetDirty(kept);
      notifications.show({ color: 'teal', message: t('contact.kept') });
      return onSaved();
    },
  });
  const fieldErrors = useFieldErrors(save.error);
  const countries = useCountries(contact.country ?? '');
  const places: Readonly<Partial<Record<keyof Fields, string[] | ReturnType<typeof useCountries>>>> = {
    country: countries,
    timeZone: timeZones(contact.timeZone ?? ''),
  };
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
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
            if (isContactDate(field)) return <TextInput key={field} type="date" {...input} />;
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
        {Object.keys(fieldErrors).length === 0 && <ProblemNote error={save.error} />}
        {can('contacts.edit') && (
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t('contact.keep')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

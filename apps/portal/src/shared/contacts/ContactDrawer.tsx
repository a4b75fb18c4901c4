import { Alert, Button, Drawer, Group, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconFileDescription, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ContactDetail } from '#contracts';
import { Confirm } from '../Confirm';
import { useFormat } from '../format';
import { Loaded } from '../Page';
import { deleteContact, useContact } from '../requests';
import { useCan } from '../session';
import { CampaignState } from './CampaignState';
import { ConsentField } from './ConsentField';
import { ContactForm } from './ContactForm';
import { ContactHistory } from './ContactHistory';
import { ListsField } from './ListsField';
import { invalidate, queryKeys } from '../query-keys';

interface ContactDrawerProps {
  readonly contactId: string | null;
  readonly onClose: () => void;
}

/**
 * One contact of a partner: data, legal basis, messages, and reasons for those
 * not sent.
 */
export function ContactDrawer({ contactId, onClose }: ContactDrawerProps) {
  const { t } = useTranslation();
  const contact = useContact(contactId ?? '', { enabled: contactId !== null });
  // After typing, only the close button closes the drawer.
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
      {/* Set on input, not after the comparison of values: Escape may follow at once. */}
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
  /** Reports whether there is unsaved input. */
  readonly onTyped: (isTyped: boolean) => void;
}

function Person({ contact, onGone, onTyped }: PersonProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const client = useQueryClient();
  const changed = () => invalidate(client, queryKeys.contacts, queryKeys.contactDetails, queryKeys.contactLists);
  const onDeleted = () => {
    onGone();
    return changed();
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
      <CampaignState contactId={contact.id} />
      <ConsentField key={consent?.recordedAt} contactId={contact.id} consent={consent} onRecorded={changed} />
      <ListsField contact={contact} />
      <ContactForm contact={contact} onTyped={onTyped} onSaved={changed} />
      <ContactHistory contactId={contact.id} />
      {can('contacts.edit') && <ContactActions contact={contact} onDeleted={onDeleted} />}
    </Stack>
  );
}

interface ContactActionsProps {
  readonly contact: ContactDetail;
  readonly onDeleted: () => Promise<unknown>;
}

/** Deletes a contact, or opens all data about it. */
function ContactActions({ contact, onDeleted }: ContactActionsProps) {
  const { t } = useTranslation();
  const remove = useMutation({ mutationFn: () => deleteContact(contact.id), onSuccess: onDeleted });
  return (
    <Group>
      <Confirm
        label={t('contact.delete')}
        question={t('contact.deleteQuestion')}
        icon={<IconTrash size={16} aria-hidden />}
        onConfirm={() => remove.mutateAsync()}
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
  );
}

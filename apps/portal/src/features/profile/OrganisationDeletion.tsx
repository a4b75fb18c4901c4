import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationDeletionView, SessionView } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { ReasonForm } from '../../shared/ReasonForm';
import { requestOrganisationDeletion, useOrganisationDeletion, withdrawOrganisationDeletion } from './api';

interface OrganisationDeletionProps {
  readonly organisation: NonNullable<SessionView['organisation']>;
}

/** Lets an owner delete the organisation, and any owner withdraw that until its last day is over. */
export function OrganisationDeletion({ organisation }: OrganisationDeletionProps) {
  const deletion = useOrganisationDeletion();
  return (
    <Loaded query={deletion} height={80}>
      {({ requested, exportedAt, waitingDays }) =>
        requested === null ? (
          <Request organisation={organisation} exportedAt={exportedAt} waitingDays={waitingDays} />
        ) : (
          <Requested requested={requested} />
        )
      }
    </Loaded>
  );
}

function Requested({ requested }: { readonly requested: NonNullable<OrganisationDeletionView['requested']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: withdrawOrganisationDeletion,
    onSuccess: () => client.invalidateQueries(),
  });
  const { by, at, reason, lastDay, hasBegun } = requested;
  const day = format.day(lastDay);
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('profile.deletion.requested', { day })}>
      <Stack>
        <Text size="sm">{t('profile.deletion.by', { name: by, at: format.moment(at), reason })}</Text>
        {hasBegun ? (
          <Text size="sm">{t('profile.deletion.begun')}</Text>
        ) : (
          <>
            <ProblemNote error={withdraw.error} />
            <Group>
              <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
                {t('profile.deletion.withdraw')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Alert>
  );
}

interface RequestProps extends OrganisationDeletionProps {
  readonly exportedAt: string | null;
  readonly waitingDays: number;
}

function Request({ organisation: { name, kind }, exportedAt, waitingDays }: RequestProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const side = kind === 'vendor' ? 'vendor' : 'partner';
  return (
    <Stack>
      <Text size="sm">
        {exportedAt === null
          ? t('profile.deletion.exportFirst')
          : t('profile.deletion.exported', { at: format.moment(exportedAt) })}
      </Text>
      <Group>
        <Button color="red" variant="light" disabled={exportedAt === null} onClick={() => setOpen(true)}>
          {t('profile.deletion.button')}
        </Button>
      </Group>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} centered title={t('profile.deletion.question', { name })}>
        <ReasonForm
          about="delete the organisation"
          text={t(`profile.deletion.what.${side}`, { count: waitingDays })}
          action={t('profile.deletion.button')}
          why={t(`profile.deletion.why.${side}`)}
          isReady={typed.trim().toLowerCase() === name.trim().toLowerCase()}
          onSend={(reason) => requestOrganisationDeletion({ name: typed, reason })}
          onSent={() => setOpen(false)}
          onBack={() => setOpen(false)}
        >
          <TextInput
            label={t('profile.deletion.name', { name })}
            required
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </ReasonForm>
      </Dialog>
    </Stack>
  );
}

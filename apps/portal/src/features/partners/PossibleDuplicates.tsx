import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerDuplicates } from '#contracts';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { resendPartnerInvitation, suggestColleague } from './api';

type Duplicate = PartnerDuplicates['items'][number];

interface PossibleDuplicatesProps {
  readonly duplicates: readonly Duplicate[];
  /** Of the person who was about to be invited. */
  readonly email: string;
  readonly onDone: () => void;
}

/** Partners that may be the company that is about to be invited, and what to do instead. */
export function PossibleDuplicates({ duplicates, email, onDone }: PossibleDuplicatesProps) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" title={t('duplicates.title', { count: duplicates.length })}>
      <Stack gap="md">
        <Text size="sm">{t('duplicates.text')}</Text>
        {duplicates.map((partner) => (
          <DuplicateOption key={partner.id} partner={partner} email={email} onDone={onDone} />
        ))}
      </Stack>
    </Alert>
  );
}

interface DuplicateOptionProps extends Pick<PossibleDuplicatesProps, 'email' | 'onDone'> {
  readonly partner: Duplicate;
}

function DuplicateOption({ partner, email, onDone }: DuplicateOptionProps) {
  const { t } = useTranslation();
  const { id, name, status, same } = partner;
  return (
    <Stack gap={4} component="section" aria-label={name}>
      <Group gap="xs">
        <Text fw={600}>{name}</Text>
        {same.map((what) => (
          <Badge key={what} variant="default" tt="none">
            {t(`duplicates.same.${what}`)}
          </Badge>
        ))}
      </Group>
      <Text size="sm">{t(`duplicates.instead.${status}`, { name })}</Text>
      {status !== 'ended' && <Instead partner={{ id, name, status }} email={email} onDone={onDone} />}
    </Stack>
  );
}

interface InsteadProps extends Pick<PossibleDuplicatesProps, 'email' | 'onDone'> {
  readonly partner: Pick<Duplicate, 'id' | 'name'> & { readonly status: 'active' | 'invited' };
}

/** Brings the person to the partner that is here already. */
function Instead({ partner: { id, name, status }, email, onDone }: InsteadProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const instead = useMutation({
    mutationFn: () => (status === 'invited' ? resendPartnerInvitation(id, { email }) : suggestColleague(id, { email })),
    onSuccess: async () => {
      notifications.show({ color: 'teal', message: t(`duplicates.done.${status}`, { name, email }) });
      onDone();
      await invalidate(client, queryKeys.partners);
    },
  });
  return (
    <>
      <ProblemNote error={instead.error} />
      <Group>
        <Button size="xs" variant="default" loading={instead.isPending} onClick={() => instead.mutate()}>
          {t(`duplicates.go.${status}`, { email })}
        </Button>
      </Group>
    </>
  );
}

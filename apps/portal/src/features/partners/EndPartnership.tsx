import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerLine } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { Dialog } from '../../shared/Dialog';
import { useDraft } from '../../shared/draft';
import { ProblemNote } from '../../shared/ProblemNote';
import { endPartnership, reinstatePartner } from './api';

interface OfPartner {
  readonly partner: PartnerLine;
}

/** Lets a vendor end the partnership with a partner that has joined. */
export function EndPartnership({ partner }: OfPartner) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const { name } = partner;
  return (
    <>
      <Button size="xs" variant="default" onClick={open} aria-label={t('partnership.openOne', { name })}>
        {t('partnership.open')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('partnership.question', { name })} centered>
        <EndForm partner={partner} onBack={close} />
      </Dialog>
    </>
  );
}

function EndForm({ partner: { id, name }, onBack }: OfPartner & { readonly onBack: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [reason, setReason, forget] = useDraft(`end partnership ${id}`, '');
  const end = useMutation({
    mutationFn: () => endPartnership(id, reason.trim()),
    onSuccess: async () => {
      forget();
      notifications.show({ color: 'teal', message: t('partnership.ended', { name }) });
      onBack();
      await client.invalidateQueries();
    },
  });
  return (
    <Stack>
      <Text size="sm">{t('partnership.text', { name })}</Text>
      <Textarea
        label={t('partnership.reason')}
        description={t('partnership.reasonWhy', { name })}
        required
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value.replace(/[\r\n]+/g, ' '))}
        data-autofocus
      />
      <ProblemNote error={end.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          {t('common.back')}
        </Button>
        <Button color="red" disabled={reason.trim() === ''} loading={end.isPending} onClick={() => end.mutate()}>
          {t('partnership.open')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Takes the end of a partnership back. */
export function Reinstate({ partner: { id, name } }: OfPartner) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <Confirm
      size="xs"
      danger={false}
      label={t('partnership.reinstateOne', { name })}
      shortLabel={t('partnership.reinstate')}
      question={t('partnership.reinstateQuestion', { name })}
      onConfirm={() => reinstatePartner(id).then(() => client.invalidateQueries())}
    >
      {t('partnership.reinstateText', { name })}
    </Confirm>
  );
}

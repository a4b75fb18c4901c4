import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerLine } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { Dialog } from '../../shared/Dialog';
import { EndPartnershipForm } from '../../shared/partnership/EndPartnershipForm';
import { endPartnership, reinstatePartner } from './api';

interface OfPartner {
  readonly partner: PartnerLine;
}

/** Lets a vendor end the partnership with a partner that has joined. */
export function EndPartnership({ partner: { id, name } }: OfPartner) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={open} aria-label={t('partnership.openOne', { name })}>
        {t('partnership.open')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('partnership.question', { name })} centered>
        <EndPartnershipForm
          about={`end partnership ${id}`}
          text={t('partnership.text', { name })}
          action={t('partnership.open')}
          why={t('partnership.reasonWhy', { name })}
          onSend={(end) => endPartnership(id, end)}
          onSent={() => {
            notifications.show({ color: 'teal', message: t('partnership.ended', { name }) });
            close();
          }}
          onBack={close}
        />
      </Dialog>
    </>
  );
}

/** Takes back the end of a partnership, or invites a partner back that has left. */
export function Reinstate({ partner: { id, name, status, end } }: OfPartner) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const texts = end?.by === 'partner' ? 'inviteBack' : status === 'ended' ? 'reinstate' : 'continue';
  return (
    <Confirm
      size="xs"
      danger={false}
      label={t(`partnership.${texts}One`, { name })}
      shortLabel={t(`partnership.${texts}`)}
      question={t(`partnership.${texts}Question`, { name })}
      onConfirm={() => reinstatePartner(id).then(() => client.invalidateQueries())}
    >
      {t(`partnership.${texts}Text`, { name })}
    </Confirm>
  );
}

import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerLine } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { EndPartnershipDialog } from '../../shared/partnership/EndPartnershipDialog';
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
      <EndPartnershipDialog
        opened={opened}
        onClose={close}
        question={t('partnership.question', { name })}
        about={`end partnership ${id}`}
        text={t('partnership.text', { name })}
        action={t('partnership.open')}
        why={t('partnership.reasonWhy', { name })}
        done={t('partnership.ended', { name })}
        onSend={(end) => endPartnership(id, end)}
      />
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

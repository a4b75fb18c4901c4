import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SessionView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { useStartSession } from '../../shared/session';
import { leaveOrganisation } from './api';

interface LeaveOrganisationProps {
  readonly organisation: NonNullable<SessionView['organisation']>;
}

/** Takes the person out of the organisation, and signs them out. */
export function LeaveOrganisation({ organisation: { id, name } }: LeaveOrganisationProps) {
  const { t } = useTranslation();
  const startSession = useStartSession();
  const navigate = useNavigate();
  const leave = async (): Promise<void> => {
    await leaveOrganisation(id);
    startSession(null);
    void navigate('/');
  };
  return (
    <Group>
      <Confirm label={t('profile.leave.button')} question={t('profile.leave.question', { name })} onConfirm={leave}>
        {t('profile.leave.what', { name })}
      </Confirm>
    </Group>
  );
}

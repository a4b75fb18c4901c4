import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { OpenSessionView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { useProblemNotice } from '../../shared/problem-notice';
import { invalidate } from '../../shared/query-keys';
import { useStartSession } from '../../shared/session';
import { endAllSessions, endSession, securityKeys, useOpenSessions } from './api';

/** Browsers in which the person is signed in. */
export function OpenSessions() {
  const { t } = useTranslation();
  const sessions = useOpenSessions();
  const startSession = useStartSession();
  const navigate = useNavigate();
  const endAll = useMutation({
    mutationFn: endAllSessions,
    onSuccess: () => {
      startSession(null);
      void navigate('/');
    },
  });
  return (
    <Loaded query={sessions} height={160}>
      {({ items }) => (
        <Stack>
          {items.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
          <Group>
            <Confirm
              label={t('security.sessions.all')}
              question={t('security.sessions.allQuestion')}
              onConfirm={() => endAll.mutateAsync()}
            >
              {t('security.sessions.allText')}
            </Confirm>
          </Group>
        </Stack>
      )}
    </Loaded>
  );
}

function SessionRow({ session }: { readonly session: OpenSessionView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const notifyProblem = useProblemNotice();
  const deviceName = useDeviceName();
  const end = useMutation({
    mutationFn: () => endSession(session.id),
    onSuccess: () => invalidate(client, securityKeys.sessions),
    onError: notifyProblem,
  });
  const device = deviceName(session);
  return (
    <Group justify="space-between" gap="sm">
      <div>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {device}
          </Text>
          {session.isCurrent && (
            <Badge variant="light" tt="none">
              {t('security.sessions.current')}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {t('security.sessions.signedIn', { at: format.moment(session.signedInAt) })}
          {' · '}
          {t('security.sessions.seen', { at: format.moment(session.seenAt) })}
        </Text>
      </div>
      {!session.isCurrent && (
        <Button
          size="xs"
          variant="default"
          loading={end.isPending}
          onClick={() => end.mutate()}
          aria-label={t('security.sessions.endOf', { device })}
        >
          {t('security.sessions.end')}
        </Button>
      )}
    </Group>
  );
}

function useDeviceName(): (session: OpenSessionView) => string {
  const { t } = useTranslation();
  return ({ browser, system }) => {
    if (browser !== null && system !== null) return t('security.sessions.device', { browser, system });
    return browser ?? system ?? t('security.sessions.unknown');
  };
}

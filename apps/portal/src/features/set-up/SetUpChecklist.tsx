import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SetUpChecklistView } from '#contracts';
import { Checklist } from '../../shared/Checklist';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { useHideSetUp, useSendTestMail, useSetUp } from './api';

type StepKey = SetUpChecklistView['steps'][number]['key'];

/** Where each step is done. A test e-mail is sent from the list. */
const SCREENS: Readonly<Record<Exclude<StepKey, 'mail'>, string>> = {
  brand: '/brand-kit',
  domain: '/relays',
  group: '/partner-groups',
  campaign: '/campaigns/new',
  partner: '/partners',
};

/** What a new vendor still has to set up, for its owners. Nothing once all is done. */
export function SetUpChecklist() {
  const { t } = useTranslation();
  const can = useCan();
  const setUp = useSetUp(can('set-up.edit'));
  const hide = useHideSetUp();
  if (setUp.data === undefined) return null;
  const { steps, mailTest, isHidden } = setUp.data;
  if (isHidden || steps.every(({ isDone }) => isDone)) return null;
  return (
    <Checklist
      title={t('setUp.title')}
      hide={{ text: t('setUp.hideText'), onHide: hide }}
      steps={steps.map(({ key, isDone }) => ({
        key,
        isDone,
        title: t(`setUp.steps.${key}.title`),
        text: t(`setUp.steps.${key}.text`),
        action:
          key === 'mail' ? (
            <TestMail mailTest={mailTest} />
          ) : (
            <Button component={Link} to={SCREENS[key]} variant="default" size="xs">
              {t(`setUp.steps.${key}.action`)}
            </Button>
          ),
      }))}
    />
  );
}

function TestMail({ mailTest: { state, refusal } }: Pick<SetUpChecklistView, 'mailTest'>) {
  const { t } = useTranslation();
  const send = useSendTestMail();
  return (
    <Stack gap="xs" align="flex-start" maw={360}>
      <Button variant="default" size="xs" loading={send.isPending} onClick={() => send.mutate()}>
        {t('setUp.steps.mail.action')}
      </Button>
      {state === 'waiting' && (
        <Text size="xs" c="dimmed" role="status">
          {t('setUp.waiting')}
        </Text>
      )}
      {state === 'delayed' && (
        <Text size="xs" c="var(--mantine-color-error)" role="status">
          {t('setUp.delayed', { refusal })}
        </Text>
      )}
      {state === 'refused' && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {t('setUp.refused', { refusal })}
        </Text>
      )}
      <ProblemNote error={send.error} />
    </Stack>
  );
}

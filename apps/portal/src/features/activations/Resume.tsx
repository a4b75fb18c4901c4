import { Box, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail, LateView } from '#contracts';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { useStepNameByKey } from '../../shared/step-name';
import { fetchLateSteps } from './api';

interface ResumeProps {
  readonly activationId: string;
  readonly names: ActivationDetail['names'];
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onResume: () => void;
}

/**
 * Resumes a held activation. First shows which contacts are late and what
 * happens to them. Without late contacts it resumes at once. The list is loaded
 * when the button is pressed, and again after an error: a partner never resumes
 * without having seen it.
 */
export function Resume({ activationId, names, pending, error, onResume }: ResumeProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  // Earlier answers are not cached.
  // More contacts may be late by now.
  const late = useMutation({
    mutationFn: () => fetchLateSteps(activationId),
  });
  const look = () =>
    late.mutate(undefined, { onSuccess: ({ steps }) => (steps.length === 0 ? onResume() : open()), onError: open });
  return (
    <>
      <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={pending || late.isPending} onClick={look}>
        {t('activation.resume')}
      </Button>
      {/* Without late contacts no dialog is open that could show the error. */}
      {!opened && error !== null && (
        <Box w="100%" style={{ order: 1 }}>
          <ProblemNote error={error} />
        </Box>
      )}
      <Modal opened={opened} onClose={close} title={t('late.title')}>
        <Stack>
          {late.data !== undefined && <Late steps={late.data.steps} names={names} />}
          <ProblemNote error={late.error} again={{ ask: () => late.mutate(), isAsking: late.isPending }} />
          <ProblemNote error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.back')}
            </Button>
            <Button loading={pending || late.isPending} disabled={late.data === undefined} onClick={onResume}>
              {t('activation.resume')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function Late({ steps, names }: LateView & Pick<ActivationDetail, 'names'>) {
  const { t } = useTranslation();
  // A contact at a wait or a branch is between two steps.
  const stepName = useStepNameByKey(names, t('activation.between'));
  if (steps.length === 0) return <Text size="sm">{t('late.none')}</Text>;
  return (
    <>
      <Text size="sm">{t('late.lead')}</Text>
      <List size="sm" spacing={4}>
        {steps.map((step) => (
          <List.Item key={step.stepKey}>
            <LateSentence {...step} name={stepName(step.stepKey)} />
          </List.Item>
        ))}
      </List>
    </>
  );
}

type LateStep = Omit<LateView['steps'][number], 'stepKey'> & { readonly name: string };

function LateSentence({ name, now, later, laterFrom, passed }: LateStep) {
  const { t } = useTranslation();
  const format = useFormat();
  const parts = [
    now > 0 && t('late.now', { count: now }),
    later > 0 && laterFrom !== null && t('late.later', { count: later, at: format.moment(laterFrom) }),
    passed > 0 && t('late.passed', { count: passed }),
  ].filter((part) => part !== false);
  return (
    <>
      <Text span fw={600}>
        {name}
      </Text>
      {': '}
      {parts.join(' ')}
    </>
  );
}

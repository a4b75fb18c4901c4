import { Alert, Button, Group, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { useFormat } from '../../shared/format';
import { useServerTime } from '../../shared/server-time';
import { useCan } from '../../shared/session';
import { isNothingSent, useUndoLaunch } from '../../shared/undo-launch';

const SOON_MS = 60 * 60_000;

/**
 * When the first e-mails of an activation go out, with a countdown and an undo
 * button. Nothing once an e-mail was sent.
 */
export function FirstEmails({ activation }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const can = useCan();
  const undo = useUndoLaunch();
  const { id, status } = activation;
  if ((status !== 'active' && status !== 'held') || !isNothingSent(activation)) return null;
  const isOffline = undo.isPending && undo.failureCount > 0;
  return (
    <Alert color="teal">
      <Group justify="space-between" gap="sm">
        <Text size="sm" fw={600}>
          {isOffline ? t('undo.offline') : <GoesOut activation={activation} />}
        </Text>
        {can('activations.control') && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            loading={undo.isPending}
            onClick={() => undo.mutate(id)}
          >
            {t('undo.go')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

function GoesOut({ activation: { status, nextAt, startAt, asOf } }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useServerTime(asOf);
  if (status === 'held') return t('undo.held');
  // Before the contacts are enrolled, the start is known.
  const at = nextAt ?? startAt;
  const leftMs = new Date(at).getTime() - now;
  if (leftMs > SOON_MS) return t('undo.goesOutOn', { at: format.moment(at) });
  if (leftMs <= 0) return t('undo.goesOutNow');
  const seconds = Math.ceil(leftMs / 1_000);
  return (
    <>
      {t('undo.goesOutAt', { at: format.time(at) })} {/* A screen reader would read it every second. */}
      <span aria-hidden style={{ fontVariantNumeric: 'tabular-nums' }}>
        {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
      </span>
    </>
  );
}

import { Alert, Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useCallback, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConfirmContext } from '../../shared/Confirmations';
import { Dialog } from '../../shared/Dialog';
import { textOf } from '../../shared/file-text';
import { faultsOf, type InvitationRow, type ReadInvitations, readInvitations } from './invitation-rows';
import { SkippedRows, Rows } from './InvitationTable';
import { useInvitationSending } from './invitation-sending';

/** A limit for one file, because this many e-mails deserve a review. */
const MOST = 500;

interface InviteManyProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Invites the partners of a CSV file one by one, and shows each result. */
export function InviteMany({ opened, onClose }: InviteManyProps) {
  const { t } = useTranslation();
  const { ask } = useConfirmContext();
  const by = useId();
  /** Stops the sending; null if none is running. */
  const [stop, setStop] = useState<(() => void) | null>(null);
  const keepStop = useCallback((running: (() => void) | null) => setStop(() => running), []);
  const askToStop = (act: () => void) =>
    ask({
      by,
      label: t('inviteMany.stop'),
      question: t('inviteMany.stopQuestion'),
      text: t('inviteMany.stopText'),
      danger: false,
      act: async () => act(),
    });
  // After a stop the dialog stays open, because the file does not show which
  // invitations were sent.
  const close = () => (stop === null ? onClose() : askToStop(stop));
  return (
    <Dialog opened={opened} onClose={close} title={t('inviteMany.title')} size="xl" centered>
      <ManyForm onClose={close} onRunning={keepStop} />
    </Dialog>
  );
}

interface ManyFormProps {
  readonly onClose: () => void;
  readonly onRunning: (stop: (() => void) | null) => void;
}

function ManyForm({ onClose, onRunning }: ManyFormProps) {
  const { t } = useTranslation();
  const [read, setRead] = useState<ReadInvitations | null>(null);
  const sending = useInvitationSending();
  const { isPending, stop } = sending;
  useEffect(() => {
    onRunning(isPending ? stop : null);
    return () => onRunning(null);
  }, [isPending, stop, onRunning]);
  const rows = read?.rows.slice(0, MOST) ?? [];
  const faults = rows.map((row, at) => faultsOf(row, rows.slice(0, at)));
  const sendable = rows.filter((_, at) => faults[at]?.length === 0);
  return (
    <Stack>
      <Text size="sm">{t('inviteMany.how')}</Text>
      <Group>
        <FileButton
          accept=".csv,text/csv"
          disabled={isPending}
          onChange={(file) => {
            sending.forget();
            void file?.arrayBuffer().then((bytes) => setRead(readInvitations(textOf(bytes))));
          }}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
              {t('inviteMany.choose')}
            </Button>
          )}
        </FileButton>
        {read !== null && (
          <Text size="sm" c="dimmed" aria-live="polite">
            {t('inviteMany.found', { count: rows.length, sendable: sendable.length })}
          </Text>
        )}
      </Group>
      {read !== null && read.missing.length > 0 && (
        <Alert color="red" role="alert">
          {t('inviteMany.missing', {
            columns: read.missing.map((field) => t(`inviteMany.field.${field}`)).join(', '),
          })}
        </Alert>
      )}
      {read !== null && read.rows.length > MOST && (
        <Alert color="yellow">{t('inviteMany.tooMany', { most: MOST })}</Alert>
      )}
      {read?.missing.length === 0 && rows.length > 0 && (
        <>
          <SkippedRows rows={rows} faults={faults} />
          <Rows rows={rows} faults={faults} outcomes={sending.outcomes} />
        </>
      )}
      <Acts sendable={sendable} isReadable={read?.missing.length === 0} sending={sending} onClose={onClose} />
    </Stack>
  );
}

interface ActsProps {
  readonly sendable: readonly InvitationRow[];
  readonly isReadable: boolean;
  readonly sending: ReturnType<typeof useInvitationSending>;
  readonly onClose: () => void;
}

/** Progress, and buttons to send, stop, and retry failed or unsent rows. */
function Acts({ sendable, isReadable, sending, onClose }: ActsProps) {
  const { t } = useTranslation();
  const { outcomes, progress, isPending, isOver, send, stop } = sending;
  const failed = sendable.filter(({ email }) => (outcomes.get(email) ?? null) !== null);
  const unsent = sendable.filter(({ email }) => !outcomes.has(email));
  const sent = sendable.length - failed.length - unsent.length;
  return (
    <>
      {isPending && <Progress value={(100 * progress.done) / progress.of} aria-label={t('inviteMany.progress')} />}
      {isOver && (
        <Text size="sm" role="status">
          {t('inviteMany.outcome', { sent, failed: failed.length, unsent: unsent.length })}
        </Text>
      )}
      <Group justify="flex-end">
        {isPending && (
          <Button variant="default" loading={progress.isStopping} onClick={stop}>
            {t('inviteMany.stop')}
          </Button>
        )}
        {isOver && failed.length > 0 && (
          <Button variant="default" onClick={() => send(failed)}>
            {t('inviteMany.sendFailed', { count: failed.length })}
          </Button>
        )}
        {isOver && unsent.length > 0 && (
          <Button variant="default" onClick={() => send(unsent)}>
            {t('inviteMany.sendRest', { count: unsent.length })}
          </Button>
        )}
        {isOver ? (
          <Button onClick={onClose}>{t('common.close')}</Button>
        ) : (
          <Button disabled={sendable.length === 0 || !isReadable} loading={isPending} onClick={() => send(sendable)}>
            {t('inviteMany.send', { count: sendable.length })}
          </Button>
        )}
      </Group>
    </>
  );
}

import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from './draft';
import { ProblemNote } from './ProblemNote';

interface ReasonFormProps<Sent> {
  /** Key of the unsaved reason. */
  readonly about: string;
  /** What the action does. */
  readonly text: string;
  /** The action, on its button. */
  readonly action: string;
  /** Who reads the reason, and where. */
  readonly why: string;
  readonly isOptional?: boolean;
  /** The input besides the reason is complete. */
  readonly isReady?: boolean;
  readonly onSend: (reason: string) => Promise<Sent>;
  readonly onSent: (sent: Sent) => void;
  readonly onBack: () => void;
  /** What the action concerns, and input besides the reason. */
  readonly children?: ReactNode;
}

/** Asks for the reason of an action; the other organisation reads it. */
export function ReasonForm<Sent>(props: ReasonFormProps<Sent>) {
  const { about, text, action, why, isOptional = false, isReady = true, onSend, onSent, onBack, children } = props;
  const { t } = useTranslation();
  const client = useQueryClient();
  const [reason, setReason, forget] = useDraft(about, '');
  const send = useMutation({
    mutationFn: () => onSend(reason.trim()),
    onSuccess: async (sent) => {
      forget();
      onSent(sent);
      await client.invalidateQueries();
    },
  });
  const isMissing = !isReady || (!isOptional && reason.trim() === '');
  return (
    <Stack>
      <Text size="sm">{text}</Text>
      {children}
      <Textarea
        label={t(isOptional ? 'reasonForm.optional' : 'reasonForm.reason')}
        description={why}
        required={!isOptional}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value.replace(/[\r\n]+/g, ' '))}
        data-autofocus
      />
      <ProblemNote error={send.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          {t('common.back')}
        </Button>
        <Button color="red" disabled={isMissing} loading={send.isPending} onClick={() => send.mutate()}>
          {action}
        </Button>
      </Group>
    </Stack>
  );
}

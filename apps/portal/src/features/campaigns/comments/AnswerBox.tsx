import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../../shared/draft';
import { ProblemNote } from '../../../shared/ProblemNote';
import { answerComment, type VersionRef } from '../../../shared/review-comments';
import { invalidate, queryKeys } from '../../../shared/query-keys';

interface AnswerBoxProps {
  /** Path of the comment; also the key of its draft in this browser. */
  readonly path: string;
  readonly version: VersionRef;
  readonly commentId: string;
  readonly onResolve: () => void;
  readonly isActing: boolean;
}

/**
 * Replies to a comment or resolves it.
 * An unsent reply is stored in this browser.
 */
export function AnswerBox({ path, version, commentId, onResolve, isActing }: AnswerBoxProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [text, setText, forget] = useDraft(`review-answer ${path}`, '');
  const [isOpen, setOpen] = useState(text !== '');
  const send = useMutation({
    mutationFn: () => answerComment(version, commentId, text),
    onSuccess: async () => {
      // The draft is deleted only after the reply is shown, so that the text is
      // never lost.
      await invalidate(client, queryKeys.campaignVersions);
      forget();
      setOpen(false);
    },
  });
  return (
    <Stack gap="xs">
      {isOpen && <TextField text={text} onText={setText} />}
      <Group gap="xs">
        {isOpen ? (
          <Button size="xs" disabled={text.trim() === ''} loading={send.isPending} onClick={() => send.mutate()}>
            {t('comments.sendAnswer')}
          </Button>
        ) : (
          <Button size="xs" variant="default" onClick={() => setOpen(true)}>
            {t('comments.answer')}
          </Button>
        )}
        <Button size="xs" variant="default" loading={isActing} onClick={onResolve}>
          {t('comments.resolve')}
        </Button>
      </Group>
      <ProblemNote error={send.error} />
    </Stack>
  );
}

function TextField({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <Textarea
      label={t('comments.yourAnswer')}
      autosize
      minRows={2}
      maxRows={12}
      maxLength={4000}
      dir="auto"
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}

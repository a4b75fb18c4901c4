import { Button, Group, NativeSelect, Paper, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { CampaignVersionDetail, CommentAbout } from '#contracts';
import { useDraft } from '../../../shared/draft';
import { ProblemNote } from '../../../shared/ProblemNote';
import { versionPath } from '../campaign';
import { partName, partNamed, useCommentParts } from './comment-about';
import { createComment } from '../../../shared/review-comments';
import { invalidate, queryKeys } from '../../../shared/query-keys';

const KINDS = ['email', 'page', 'document', 'social', 'step'] as const satisfies readonly CommentAbout['kind'][];

/**
 * Writes a comment.
 * An unsent comment is stored in this browser.
 * `?about=…` selects the part it is about.
 */
export function CommentBox({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [query, setQuery] = useSearchParams();
  const parts = useCommentParts(version);
  const path = versionPath(version.campaignId, version.number);
  const [draft, setDraft, forget] = useDraft(`review-comment ${path}`, { text: '', about: '' });
  const about = partNamed(parts, query.get('about') ?? draft.about);
  const asked = (): void => setQuery({ tab: 'comments' }, { replace: true });
  const send = useMutation({
    mutationFn: () => createComment(version, { text: draft.text, about }),
    onSuccess: async () => {
      // The draft is deleted only after the comment is shown, so that the text
      // is never lost.
      await invalidate(client, queryKeys.campaignVersions);
      forget();
      asked();
    },
  });
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <TextField text={draft.text} onText={(text) => setDraft({ ...draft, text })} />
        <Group justify="space-between" align="flex-end">
          <PartChoice
            parts={parts}
            about={about}
            onAbout={(chosen) => {
              setDraft({ ...draft, about: chosen });
              asked();
            }}
          />
          <Button disabled={draft.text.trim() === ''} loading={send.isPending} onClick={() => send.mutate()}>
            {t('comments.send')}
          </Button>
        </Group>
        <ProblemNote error={send.error} />
      </Stack>
    </Paper>
  );
}

function TextField({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <Textarea
      label={t('comments.yours')}
      description={t('comments.who')}
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

interface PartChoiceProps {
  readonly parts: ReturnType<typeof useCommentParts>;
  /** Null: the whole version. */
  readonly about: ReturnType<typeof partNamed>;
  readonly onAbout: (name: string) => void;
}

/** Chooses the part of the version that the comment is about. */
function PartChoice({ parts, about, onAbout }: PartChoiceProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('comments.about')}
      maw="100%"
      value={about === null ? '' : partName(about)}
      onChange={(event) => onAbout(event.currentTarget.value)}
      data={[
        { value: '', label: t('comments.whole') },
        ...KINDS.map((kind) => ({
          group: t(`comments.kinds.${kind}`),
          items: parts
            .filter((part) => part.about.kind === kind)
            .map((part) => ({ value: partName(part.about), label: part.label })),
        })).filter(({ items }) => items.length > 0),
      ]}
    />
  );
}

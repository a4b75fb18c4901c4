import { Badge, Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, ReviewComment } from '#contracts';
import { useDraft } from '../../../shared/draft';
import { useFormat } from '../../../shared/format';
import { ProblemNote } from '../../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../../shared/query-keys';
import { useCan } from '../../../shared/session';
import { answerComment, createComment, resolveComment } from '../../../shared/review-comments';
import { useBlockName } from './block-name';
import { anchorOf } from './comment-anchor';
import type { BlockComment } from './use-block-comments';
import type { Builder } from './use-builder';

interface BlockCommentsProps {
  readonly version: CampaignVersionDetail;
  readonly builder: Builder;
  readonly comments: readonly BlockComment[];
  /** Number of the block whose comments are to get the focus; null: none. */
  readonly opening: number | null;
  readonly onOpened: () => void;
}

/** Most characters of a comment, as the API takes them. */
const MOST_CHARS = 4000;

/** Comments on blocks of this e-mail or page: of the selected block, or all. They are in no package. */
export function BlockComments({ version, builder, comments, opening, onOpened }: BlockCommentsProps) {
  const { t } = useTranslation();
  const canComment = useCan()('campaigns.comment') && ['draft', 'in-review'].includes(version.status);
  const { block, selected } = builder;
  const section = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Panes beside the canvas follow a selection later.
    if (opening === null || opening !== selected) return;
    section.current?.focus();
    section.current?.scrollIntoView({ block: 'nearest' });
    onOpened();
  }, [opening, selected, onOpened]);
  const shown = block === null ? comments : comments.filter(({ number }) => number === selected || number === null);
  if (shown.length === 0 && (block === null || !canComment)) return null;
  return (
    <Stack ref={section} gap="sm" role="region" tabIndex={-1} aria-label={t('builder.comments.title')}>
      <Text fw={600}>{t(block === null ? 'builder.comments.all' : 'builder.comments.title')}</Text>
      {shown.map((one) => (
        <Thread key={one.comment.id} version={version} builder={builder} one={one} canAct={canComment} />
      ))}
      {canComment && block !== null && <NewComment version={version} builder={builder} />}
    </Stack>
  );
}

interface ThreadProps extends Pick<BlockCommentsProps, 'version' | 'builder'> {
  readonly one: BlockComment;
  readonly canAct: boolean;
}

function Thread({ version, builder, one: { comment, number }, canAct }: ThreadProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [reply, setReply, forget] = useDraft(`block-answer ${comment.id}`, '');
  const [isReplying, setReplying] = useState(reply !== '');
  const isOpen = comment.resolvedAt === null;
  const answer = useMutation({
    mutationFn: () => answerComment(version, comment.id, reply),
    onSuccess: async () => {
      await invalidate(client, queryKeys.campaignVersions);
      forget();
      setReplying(false);
    },
  });
  const resolve = useMutation({
    mutationFn: () => resolveComment(version, comment.id, isOpen ? 'resolve' : 'reopen'),
    onSuccess: () => invalidate(client, queryKeys.campaignVersions),
  });
  return (
    <Paper withBorder p="xs" component="article" aria-label={t('comments.of', spokenBy(comment, format))}>
      <Stack gap={6}>
        <Group gap={6}>
          {number === null ? (
            <Badge variant="light" color="gray" tt="none">
              {t('builder.comments.gone')}
            </Badge>
          ) : (
            builder.selected !== number && (
              <Button size="compact-xs" variant="default" onClick={() => builder.select(number)}>
                {t('builder.comments.show')}
              </Button>
            )
          )}
          {!isOpen && (
            <Badge variant="light" color="teal" tt="none">
              {t('builder.comments.resolved')}
            </Badge>
          )}
        </Group>
        {number !== builder.selected && comment.block !== null && (
          <Text size="xs" c="dimmed" lineClamp={1}>
            {comment.block.name}
          </Text>
        )}
        {[comment, ...comment.answers].map((said) => (
          <div key={said.id}>
            <Text size="xs" c="dimmed">
              <bdi>{said.author}</bdi> {format.moment(said.at)}
            </Text>
            <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
              {said.text}
            </Text>
          </div>
        ))}
        {isReplying && <Words label={t('comments.yourAnswer')} text={reply} onText={setReply} />}
        {canAct && (
          <Group gap={6}>
            {isOpen &&
              (isReplying ? (
                <Button
                  size="compact-xs"
                  disabled={reply.trim() === ''}
                  loading={answer.isPending}
                  onClick={() => answer.mutate()}
                >
                  {t('comments.sendAnswer')}
                </Button>
              ) : (
                <Button size="compact-xs" variant="default" onClick={() => setReplying(true)}>
                  {t('comments.answer')}
                </Button>
              ))}
            <Button size="compact-xs" variant="default" loading={resolve.isPending} onClick={() => resolve.mutate()}>
              {t(isOpen ? 'comments.resolve' : 'comments.reopen')}
            </Button>
          </Group>
        )}
        <ProblemNote error={answer.error ?? resolve.error} />
      </Stack>
    </Paper>
  );
}

const spokenBy = ({ author, at }: ReviewComment, format: ReturnType<typeof useFormat>) => ({
  author,
  at: format.moment(at),
});

/** An unsent comment is stored in this browser. */
function NewComment({ version, builder }: Pick<BlockCommentsProps, 'version' | 'builder'>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { template, source, blocks, block } = builder;
  const nameOf = useBlockName(template.texts, template.locale);
  const [text, setText, forget] = useDraft(`block-comment ${version.id} ${template.file}`, '');
  const send = useMutation({
    mutationFn: () =>
      createComment(version, {
        text,
        about: { kind: template.kind, key: template.key },
        block: block === null ? null : anchorOf(source, blocks, block, nameOf(source, block)),
      }),
    onSuccess: async () => {
      await invalidate(client, queryKeys.campaignVersions);
      forget();
    },
  });
  return (
    <Stack gap={6}>
      <Words label={t('builder.comments.yours')} text={text} onText={setText} />
      <Group>
        <Button size="compact-sm" disabled={text.trim() === ''} loading={send.isPending} onClick={() => send.mutate()}>
          {t('comments.send')}
        </Button>
      </Group>
      <ProblemNote error={send.error} />
    </Stack>
  );
}

interface WordsProps {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
}

function Words({ label, text, onText }: WordsProps) {
  return (
    <Textarea
      size="xs"
      label={label}
      autosize
      minRows={2}
      maxRows={10}
      maxLength={MOST_CHARS}
      dir="auto"
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}

import { Anchor, Badge, Box, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CampaignVersionDetail, ReviewComment } from '#contracts';
import { useCan } from '../../../shared/session';
import { useFormat } from '../../../shared/format';
import { isEditable, versionPath } from '../campaign';
import { AnswerBox } from './AnswerBox';
import { useResolution } from './resolution';
import { partAddress, partName, useCommentParts } from './comment-about';

interface CommentThreadProps {
  readonly version: CampaignVersionDetail;
  readonly comment: ReviewComment;
  /** The thread is shown beside its part, so it needs no link to it. */
  readonly isBeside?: boolean;
}

/** Shows a comment, its replies, and the button that resolves it. */
export function CommentThread({ version, comment, isBeside = false }: CommentThreadProps) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const { id, at, author, text, answers, resolvedAt } = comment;
  const path = `${versionPath(version.campaignId, version.number)}/comments/${id}`;
  const act = useResolution(version, comment);
  const canAct = can('campaigns.comment') && isEditable(version);
  const isOpen = resolvedAt === null;
  return (
    <Paper withBorder p="md" component="article" aria-label={t('comments.of', { author, at: format.moment(at) })}>
      <Stack gap="xs">
        <Head comment={comment} />
        {!isBeside && <About version={version} comment={comment} />}
        {comment.block !== null && (
          <Text size="sm" c="dimmed" lineClamp={1}>
            <bdi>{comment.block.name}</bdi>
          </Text>
        )}
        <Words text={text} />
        <Answers answers={answers} />
        <Resolved comment={comment} />
        {canAct && isOpen && (
          <AnswerBox
            path={path}
            version={version}
            commentId={id}
            onResolve={() => act.mutate('resolve')}
            isActing={act.isPending}
          />
        )}
        {canAct && !isOpen && (
          <Group>
            <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('reopen')}>
              {t('comments.reopen')}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

/** Author and time, and whether the comment returned the version. */
function Head({ comment: { author, at, returned } }: Pick<CommentThreadProps, 'comment'>) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <Byline author={author} at={at} />
      {returned && (
        <Badge variant="light" color="yellow" tt="none">
          {t('comments.returned')}
        </Badge>
      )}
    </Group>
  );
}

function Answers({ answers }: Pick<CommentThreadProps['comment'], 'answers'>) {
  if (answers.length === 0) return null;
  return (
    <Stack gap="sm" pl="md" style={{ borderInlineStart: '2px solid var(--mantine-color-default-border)' }}>
      {answers.map((answer) => (
        <Box key={answer.id}>
          <Byline author={answer.author} at={answer.at} />
          <Words text={answer.text} />
        </Box>
      ))}
    </Stack>
  );
}

/** Who resolved the comment, and when. */
function Resolved({ comment: { resolvedAt, resolvedBy } }: Pick<CommentThreadProps, 'comment'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (resolvedAt === null) return null;
  return (
    <Group gap={6} wrap="nowrap">
      <IconCheck size={16} aria-hidden />
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {t('comments.resolved', { by: resolvedBy ?? '', at: format.moment(resolvedAt) })}
      </Text>
    </Group>
  );
}

function Byline({ author, at }: { readonly author: string; readonly at: string }) {
  const format = useFormat();
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      <Text span fw={600} inherit>
        <bdi>{author}</bdi>
      </Text>{' '}
      <Text span c="dimmed" inherit>
        {format.moment(at)}
      </Text>
    </Text>
  );
}

/** Keeps line breaks and text direction, and breaks long words. */
function Words({ text }: { readonly text: string }) {
  return (
    <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
      {text}
    </Text>
  );
}

/**
 * Links to the part that the comment is about.
 * A part removed by a later upload is only named.
 */
function About({ version, comment: { about } }: CommentThreadProps) {
  const { t } = useTranslation();
  const parts = useCommentParts(version);
  if (about === null) return null;
  const part = parts.find((one) => partName(one.about) === partName(about));
  const kind = t(`comments.kind.${about.kind}`);
  return part === undefined ? (
    <Text size="sm" c="dimmed">
      {t('comments.gone', { kind, key: about.key })}
    </Text>
  ) : (
    <Anchor component={Link} to={partAddress(about)} size="sm" w="fit-content" style={{ overflowWrap: 'anywhere' }}>
      {kind}: <bdi>{part.label}</bdi>
    </Anchor>
  );
}

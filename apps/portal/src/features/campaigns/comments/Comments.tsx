import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CampaignVersionDetail, CommentAbout } from '#contracts';
import { useCan } from '../../../shared/session';
import { Empty } from '../../../shared/Empty';
import { isEditable, openComments } from '../campaign';
import { partName } from './comment-about';
import { CommentBox } from './CommentBox';
import { CommentThread } from './CommentThread';

interface CommentsProps {
  readonly version: CampaignVersionDetail;
}

/** Shows a vendor all comments on a version: open first, then resolved. */
export function Comments({ version }: CommentsProps) {
  const { t } = useTranslation();
  const can = useCan();
  const open = openComments(version);
  const resolved = version.comments.filter(({ resolvedAt }) => resolvedAt !== null);
  return (
    <Stack gap="lg" maw={760}>
      {isEditable(version) && can('campaigns.comment') && <CommentBox version={version} />}
      {version.comments.length === 0 && (
        <Empty icon={IconMessage} title={t('comments.none')}>
          {t('comments.noneText')}
        </Empty>
      )}
      {open.map((comment) => (
        <CommentThread key={comment.id} version={version} comment={comment} />
      ))}
      {resolved.length > 0 && (
        <Stack component="section" aria-labelledby="resolved-comments">
          <Title order={2} id="resolved-comments">
            {t('comments.resolvedTitle')}
          </Title>
          {resolved.map((comment) => (
            <CommentThread key={comment.id} version={version} comment={comment} />
          ))}
        </Stack>
      )}
    </Stack>
  );
}

/** Number of open comments. It stays after publication. */
export function OpenComments({ version }: CommentsProps) {
  const { t } = useTranslation();
  const count = openComments(version).length;
  if (count === 0) return null;
  return (
    <Group gap={6}>
      <IconMessage size={16} aria-hidden />
      <Anchor component={Link} to="?tab=comments" size="sm">
        {t('comments.open', { count })}
      </Anchor>
    </Group>
  );
}

/** Open comments on one part, and a link to add one. */
export function CommentsOn({ version, about }: CommentsProps & { readonly about: CommentAbout }) {
  const { t } = useTranslation();
  const can = useCan();
  const own = openComments(version).filter((one) => one.about !== null && partName(one.about) === partName(about));
  const to = `?${new URLSearchParams({ tab: 'comments', about: partName(about) }).toString()}`;
  return (
    <Stack gap="sm" component="section" aria-label={t('comments.on')} maw={760}>
      {own.map((comment) => (
        <CommentThread key={comment.id} version={version} comment={comment} isBeside />
      ))}
      {isEditable(version) && can('campaigns.comment') && (
        <Text size="sm">
          <Anchor component={Link} to={to} inherit>
            {t(`comments.toPart.${about.kind}`)}
          </Anchor>
        </Text>
      )}
    </Stack>
  );
}

import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, ReviewComment } from '#contracts';
import { useSession } from '../../../shared/session';
import { ApiProblem } from '../../../shared/api';
import { useProblemText } from '../../../shared/problem-text';
import { resolveComment } from '../../../shared/review-comments';
import { queryKeys } from '../../../shared/query-keys';

/**
 * Resolves a comment or opens it again, optimistically. On an error the old
 * state returns and a notification says so. The comment has moved to another
 * list by then, so there is no place for an inline error.
 */
export function useResolution({ campaignId, number }: CampaignVersionDetail, comment: ReviewComment) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const problemText = useProblemText();
  const { user } = useSession();
  const key = queryKeys.campaignVersion(campaignId, number);
  const show = (shown: Pick<ReviewComment, 'resolvedAt' | 'resolvedBy'>): void => {
    client.setQueryData<CampaignVersionDetail>(key, (version) =>
      version === undefined
        ? version
        : { ...version, comments: version.comments.map((one) => (one.id === comment.id ? { ...one, ...shown } : one)) },
    );
  };
  return useMutation({
    // Offline it fails at once.
    // A paused request would look saved.
    networkMode: 'always',
    mutationFn: (what: 'resolve' | 'reopen') => resolveComment({ campaignId, number }, comment.id, what),
    onMutate: async (what) => {
      // A response in flight would overwrite the optimistic state.
      await client.cancelQueries({ queryKey: key });
      const { resolvedAt, resolvedBy } = comment;
      show(
        what === 'resolve'
          ? { resolvedAt: new Date().toISOString(), resolvedBy: user.name }
          : { resolvedAt: null, resolvedBy: null },
      );
      return { resolvedAt, resolvedBy };
    },
    onError: (error, what, before) => {
      // Restores only this comment.
      // Others resolved meanwhile stay resolved.
      if (before !== undefined) show(before);
      notifications.show({
        color: 'red',
        title: t(what === 'resolve' ? 'comments.notResolved' : 'comments.notReopened'),
        message: error instanceof ApiProblem ? problemText(error.problem) : t('problem.unexpected'),
      });
    },
    onSettled: () => client.invalidateQueries(),
  });
}

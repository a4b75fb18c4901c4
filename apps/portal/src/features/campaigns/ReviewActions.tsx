import { Anchor, Button, Flex, Group, Stack, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';
import { useDraft } from '../../shared/draft';
import { useCan } from '../../shared/session';
import { Confirm } from '../../shared/Confirm';
import { Dialog } from '../../shared/Dialog';
import { ProblemNote } from '../../shared/ProblemNote';
import { isEditable, openComments, versionPath } from './campaign';
import { Publish } from './Publish';
import { SubmitForReview, Withdraw } from './SubmitForReview';
import { GATES_ID, useGateSummary } from './VersionGates';
import { returnVersion, reviewVersion } from './api';

/**
 * Shows a vendor the next actions on a version: submit, approve, return or
 * publish.
 */
export function ReviewActions({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const can = useCan();
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: () => reviewVersion(version, 'approve'),
    onSuccess: () => client.invalidateQueries(),
  });
  const gates = useGateSummary();
  const { status, approvedAt } = version;
  const open = openComments(version).length;
  return (
    <Flex direction="column" gap="xs" align={{ base: 'flex-start', sm: 'flex-end' }}>
      <Group gap="sm">
        {status === 'draft' && can('campaigns.submit') && <SubmitForReview version={version} />}
        {status === 'in-review' && can('campaigns.submit') && <Withdraw version={version} />}
        {status === 'in-review' && approvedAt === null && can('campaigns.approve') && (
          <>
            <ReturnToDraft version={version} />
            {open === 0 ? (
              <Button loading={act.isPending} onClick={() => act.mutate()}>
                {t('version.approve')}
              </Button>
            ) : (
              <ApproveWithComments version={version} open={open} />
            )}
          </>
        )}
        {status === 'in-review' && approvedAt !== null && can('campaigns.publish') && <Publish version={version} />}
      </Group>
      {isEditable(version) && (
        <Anchor href={`#${GATES_ID}`} size="sm">
          {gates(version)}
        </Anchor>
      )}
      <ProblemNote error={act.error} />
    </Flex>
  );
}

interface ApproveWithCommentsProps {
  readonly version: CampaignVersionDetail;
  /** Number of comments that are not resolved. */
  readonly open: number;
}

/** Approves after a question. */
function ApproveWithComments({ version, open }: ApproveWithCommentsProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <Confirm
      label={t('version.approve')}
      question={t('comments.approveQuestion', { count: open })}
      onConfirm={() => reviewVersion(version, 'approve').then(() => client.invalidateQueries())}
      danger={false}
    >
      {t('comments.approveText')}
    </Confirm>
  );
}

function ReturnToDraft({ version }: { readonly version: CampaignVersionDetail }) {
  const path = versionPath(version.campaignId, version.number);
  const { t } = useTranslation();
  const client = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const [comment, setComment, forget] = useDraft(`review ${path}`, '');
  const send = useMutation({
    mutationFn: () => returnVersion(version, comment),
    onSuccess: async () => {
      forget();
      close();
      await client.invalidateQueries();
    },
  });
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('version.return')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('version.return')} centered>
        <Stack>
          <Textarea
            label={t('version.comment')}
            autosize
            minRows={3}
            maxLength={4000}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
            data-autofocus
          />
          <ProblemNote error={send.error} />
          <Button disabled={comment.trim() === ''} loading={send.isPending} onClick={() => send.mutate()}>
            {t('version.return')}
          </Button>
        </Stack>
      </Dialog>
    </>
  );
}

import { Alert, Button, List, MultiSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { DatePickerInput } from '../../shared/dates';
import { Dialog } from '../../shared/Dialog';
import { usePlaceText } from '../../shared/gate-place';
import { useGateText } from '../../shared/gate-text';
import { ProblemNote } from '../../shared/ProblemNote';
import { useDraftFiles } from '../../shared/requests';
import { useSession } from '../../shared/session';
import { reviewVersion, submitVersion, useReviewers } from './api';
import { GATES_ID } from './VersionGates';
import { holdingBack } from './version-notes';

/** Lets a vendor submit a draft: to which approvers, and by when. */
export function SubmitForReview({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button onClick={open}>{t('version.submit')}</Button>
      <Dialog opened={opened} onClose={close} title={t('version.submit')} centered>
        <SubmitOrConfirm version={version} onDone={close} />
      </Dialog>
    </>
  );
}

interface SubmitFormProps {
  readonly version: CampaignVersionDetail;
  readonly onDone: () => void;
}

/**
 * What holds back the submission, before any input. Submitting saves changes of
 * the editor first, which may settle it: then the form is there, too.
 */
function SubmitOrConfirm({ version, onDone }: SubmitFormProps) {
  const files = useDraftFiles(version.campaignId);
  const open = holdingBack(version);
  if (open.length === 0) return <SubmitForm version={version} onDone={onDone} />;
  return (
    <Stack>
      <OpenNotes version={version} open={open} onShow={onDone} />
      {(files.data?.files.length ?? 0) > 0 && <SubmitForm version={version} onDone={onDone} />}
    </Stack>
  );
}

const SHOWN_NOTES = 5;

interface OpenNotesProps {
  readonly version: CampaignVersionDetail;
  readonly open: ReturnType<typeof holdingBack>;
  readonly onShow: () => void;
}

/** The first notes that hold back the submission, and a button to all. */
function OpenNotes({ version, open, onShow }: OpenNotesProps) {
  const { t } = useTranslation();
  const gateText = useGateText();
  const placeText = usePlaceText(version.tactics);
  const more = open.length - SHOWN_NOTES;
  return (
    <Alert color="yellow" title={t('version.notesOpen', { count: open.length })}>
      <List size="sm" spacing={4}>
        {open.slice(0, SHOWN_NOTES).map((note, at) => (
          <List.Item key={at}>
            {placeText({ ...note, line: null })} {gateText(note)}
          </List.Item>
        ))}
      </List>
      {more > 0 && (
        <Text size="sm" mt="xs">
          {t('version.notesMore', { count: more })}
        </Text>
      )}
      <Button component="a" href={`#${GATES_ID}`} size="xs" mt="sm" onClick={onShow}>
        {t('version.notesShow')}
      </Button>
    </Alert>
  );
}

function SubmitForm({ version, onDone }: SubmitFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { user } = useSession();
  const reviewers = useReviewers();
  const [reviewerIds, setReviewerIds] = useState<string[]>([]);
  const [dueOn, setDueOn] = useState<string | null>(null);
  const people = reviewers.data?.items ?? [];
  // The only approver reviews what it submits; then that is no choice.
  const others = people.filter(({ id }) => id !== user.id);
  const submit = useMutation({
    mutationFn: () => submitVersion(version, { reviewerIds, dueOn }),
    onSuccess: async () => {
      onDone();
      await client.invalidateQueries();
    },
    // A refused submission may have saved changes of the editor, with notes.
    onError: () => client.invalidateQueries(),
  });
  return (
    <Stack>
      {others.length > 0 && (
        <MultiSelect
          label={t('version.reviewers')}
          description={t('version.reviewersWhy')}
          value={reviewerIds}
          onChange={setReviewerIds}
          searchable
          hidePickedOptions
          nothingFoundMessage={t('version.noSuchReviewer')}
          comboboxProps={{ withinPortal: true }}
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <DatePickerInput
        label={t('version.reviewDue')}
        description={t('version.reviewDueWhy')}
        minDate={new Date()}
        clearable
        clearButtonProps={{ 'aria-label': t('version.reviewDueClear') }}
        value={dueOn}
        onChange={setDueOn}
      />
      <ProblemNote error={reviewers.error ?? submit.error} />
      <Button loading={submit.isPending} onClick={() => submit.mutate()}>
        {t('version.submitNow')}
      </Button>
    </Stack>
  );
}

/** Takes a version back from review, after a question. */
export function Withdraw({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <Confirm
      label={t(version.approvedAt === null ? 'version.withdraw' : 'version.withdrawApproval')}
      question={t('version.withdrawQuestion')}
      onConfirm={() => reviewVersion(version, 'withdraw').then(() => client.invalidateQueries())}
      danger={false}
    >
      {t('version.withdrawText')}
    </Confirm>
  );
}

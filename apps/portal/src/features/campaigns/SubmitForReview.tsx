import { Button, MultiSelect, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../shared/Confirm';
import { DatePickerInput } from '../../shared/dates';
import { Dialog } from '../../shared/Dialog';
import { ProblemNote } from '../../shared/ProblemNote';
import { useSession } from '../../shared/session';
import { reviewVersion, submitVersion, useReviewers, type VersionRef } from './api';

/** Lets a vendor submit a draft: to which approvers, and by when. */
export function SubmitForReview({ version }: { readonly version: VersionRef }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button onClick={open}>{t('version.submit')}</Button>
      <Dialog opened={opened} onClose={close} title={t('version.submit')} centered>
        <SubmitForm version={version} onSubmitted={close} />
      </Dialog>
    </>
  );
}

interface SubmitFormProps {
  readonly version: VersionRef;
  readonly onSubmitted: () => void;
}

function SubmitForm({ version, onSubmitted }: SubmitFormProps) {
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
      onSubmitted();
      await client.invalidateQueries();
    },
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
export function Withdraw({ version }: { readonly version: VersionRef }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <Confirm
      label={t('version.withdraw')}
      question={t('version.withdrawQuestion')}
      onConfirm={() => reviewVersion(version, 'withdraw').then(() => client.invalidateQueries())}
      danger={false}
    >
      {t('version.withdrawText')}
    </Confirm>
  );
}

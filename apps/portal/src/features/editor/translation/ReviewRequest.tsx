import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconChecks, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countByState, type Translation } from '#translation';
import type { TranslationDeskView } from '#contracts';
import { Confirm } from '../../../shared/Confirm';
import { Dialog } from '../../../shared/Dialog';
import { useFormat } from '../../../shared/format';
import { ProblemNote } from '../../../shared/ProblemNote';
import { useCan } from '../../../shared/session';
import type { EditSession } from '../edit-session';
import { releasable } from './desk';
import type { useDesk } from './use-desk';

interface ReviewRequestProps {
  readonly desk: ReturnType<typeof useDesk>;
  readonly edits: EditSession;
  readonly locale: string;
  readonly language: TranslationDeskView['languages'][number];
  readonly translations: readonly Translation[];
}

/** What translators and the reviewer of a language say to each other. */
export function ReviewRequest(props: ReviewRequestProps) {
  const { desk, locale, language, translations } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const { reviewer, request } = language;
  const { draft, new: unsaid, outdated, missing } = countByState(translations);
  const waiting = draft + unsaid;
  const isReviewer = reviewer?.isYou === true;
  const mayRelease = can('campaigns.comment') && (reviewer === null || isReviewer);
  const drafts = releasable(translations, desk.desk, locale);
  const others = waiting - drafts.length;
  const releaseAll = async (): Promise<void> => {
    const texts = drafts.map(({ key, source, text }) => ({ key, source, text: text ?? '' }));
    const { stored, error } = await desk.sayAll({ kind: 'reviewed', locale, texts });
    if (error === null) return;
    if (stored.length > 0)
      notifications.show({
        color: 'yellow',
        message: t('translation.reviewedPartly', { count: stored.length, rest: texts.length - stored.length }),
      });
    throw error;
  };
  return (
    <Group gap="sm">
      {request !== null && (
        <Text size="sm" c="dimmed" style={{ flex: '1 1 260px' }}>
          {t(`translation.request.${request.kind}`, {
            name: request.by,
            at: format.moment(request.at),
            count: request.count,
          })}
          {request.comment !== null && ` “${request.comment}”`}
        </Text>
      )}
      {reviewer !== null && !isReviewer && can('campaigns.edit') && (
        <Message
          {...props}
          kind="review"
          label={t('translation.ask', { name: reviewer.name })}
          disabled={waiting + outdated === 0}
        />
      )}
      {mayRelease && drafts.length > 0 && (
        <Confirm
          label={t('translation.reviewAll', { count: drafts.length })}
          question={t('translation.reviewAllQuestion', { count: drafts.length, language: format.language(locale) })}
          danger={false}
          icon={<IconChecks size={16} aria-hidden />}
          onConfirm={releaseAll}
        >
          <Text size="sm">{t('translation.reviewAllText')}</Text>
          {others > 0 && <Text size="sm">{t('translation.reviewAllOthers', { count: others })}</Text>}
        </Confirm>
      )}
      {isReviewer && (
        <Message
          {...props}
          kind={waiting + outdated + missing === 0 ? 'done' : 'rework'}
          label={t(waiting + outdated + missing === 0 ? 'translation.answerDone' : 'translation.answerRework')}
          disabled={false}
        />
      )}
    </Group>
  );
}

interface MessageProps extends ReviewRequestProps {
  readonly kind: 'review' | 'rework' | 'done';
  readonly label: string;
  readonly disabled: boolean;
}

/** A button that asks for a comment and sends the message. */
function Message({ desk, edits, locale, kind, label, disabled }: MessageProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const [comment, setComment] = useState('');
  const send = async (): Promise<void> => {
    await edits.autosave.saveNow();
    await desk.ask.mutateAsync({ locale, kind, comment: comment.trim() === '' ? null : comment.trim() });
    setComment('');
    close();
  };
  return (
    <>
      <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} disabled={disabled} onClick={open}>
        {label}
      </Button>
      <Dialog opened={opened} onClose={close} title={label} centered>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send().catch(() => undefined);
          }}
        >
          <Stack>
            <Textarea
              label={t('translation.comment')}
              description={t(`translation.commentHow.${kind}`)}
              autosize
              minRows={2}
              value={comment}
              onChange={(event) => setComment(event.currentTarget.value)}
              data-autofocus
            />
            <ProblemNote error={desk.ask.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('common.back')}
              </Button>
              <Button type="submit" loading={desk.ask.isPending}>
                {t('translation.send')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Dialog>
    </>
  );
}

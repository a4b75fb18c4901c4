import { Button, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivationUpdateView, AnswerUpdate } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { Loaded } from '../../shared/Page';
import { Preview } from '../../shared/Preview';
import { useUpdatePreview } from './api';

type Emails = NonNullable<ActivationUpdateView['update']>['emails'];

interface CompareEmailsProps {
  readonly activationId: string;
  readonly emails: Emails;
  readonly answers: AnswerUpdate;
  /** The update is over: the newer e-mail is sent now. */
  readonly isOver?: boolean;
}

/** Buttons that show each changed e-mail before and after. */
export function CompareEmails({ emails, ...shownWith }: CompareEmailsProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Emails[number] | null>(null);
  const [opened, { open, close }] = useDisclosure(false);
  if (emails.length === 0) return null;
  return (
    <>
      <Stack gap="xs" align="flex-start">
        {emails.map((email) => (
          <Button
            key={email.key}
            size="xs"
            variant="default"
            onClick={() => {
              setShown(email);
              open();
            }}
          >
            {t('update.compare', { title: email.title })}
          </Button>
        ))}
      </Stack>
      <Dialog
        opened={opened}
        onClose={close}
        title={t('update.compareTitle', { title: shown?.title ?? '' })}
        size="90rem"
      >
        {shown !== null && <SideBySide {...shownWith} emailKey={shown.key} />}
      </Dialog>
    </>
  );
}

interface SideBySideProps extends Omit<CompareEmailsProps, 'emails'> {
  readonly emailKey: string;
}

function SideBySide({ activationId, emailKey, answers, isOver = false }: SideBySideProps) {
  const { t } = useTranslation();
  const preview = useUpdatePreview(activationId, emailKey, answers);
  return (
    <Loaded query={preview} height={560}>
      {(both) => (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          {(['before', 'after'] as const).map((side) => (
            <Stack key={side} gap="xs">
              <Text fw={600}>{t(`update.${isOver ? 'sidesOver' : 'sides'}.${side}`)}</Text>
              {both[side] === null ? (
                <Text size="sm">{t(`update.none.${side}`)}</Text>
              ) : (
                <>
                  <Text size="sm">{both[side].subject}</Text>
                  <Preview
                    title={t(`update.${isOver ? 'frameOver' : 'frame'}.${side}`)}
                    html={both[side].html}
                    layoutWidth={600}
                    height={560}
                  />
                </>
              )}
            </Stack>
          ))}
        </SimpleGrid>
      )}
    </Loaded>
  );
}

import { Button, SimpleGrid, Stack, Tabs, Text } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivationUpdateView, AnswerUpdate, UpdatePreview } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { Loaded } from '../../shared/Page';
import { Preview } from '../../shared/Preview';
import { useUpdatePreview } from './api';

type Emails = NonNullable<ActivationUpdateView['update']>['compared'];

type When = keyof typeof TEXTS;

/** Keys of the names of both sides and their frames. */
const TEXTS = {
  coming: { sides: 'sides', frame: 'frame' },
  over: { sides: 'sidesOver', frame: 'frameOver' },
  ended: { sides: 'sidesEnded', frame: 'frameEnded' },
} as const;

interface CompareEmailsProps {
  readonly activationId: string;
  readonly emails: Emails;
  readonly answers: AnswerUpdate;
  /** `over`: the update is over, the newer e-mail is sent now; `ended`: the campaign is over, too. */
  readonly when?: When;
}

/** Buttons that show e-mails before and after. */
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
            h="auto"
            py={6}
            maw="100%"
            styles={{ label: { whiteSpace: 'normal', textAlign: 'start' } }}
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
        {shown !== null && <BothSides {...shownWith} emailKey={shown.key} />}
      </Dialog>
    </>
  );
}

interface BothSidesProps extends Omit<CompareEmailsProps, 'emails'> {
  readonly emailKey: string;
}

const SIDES = ['before', 'after'] as const;
type Side = (typeof SIDES)[number];

/** On narrow screens one of the two at a time: below each other, they look like one. */
function BothSides({ activationId, emailKey, answers, when = 'coming' }: BothSidesProps) {
  const { t } = useTranslation();
  const preview = useUpdatePreview(activationId, emailKey, answers);
  const isNarrow = useMediaQuery('(max-width: 62em)', window.innerWidth < 992);
  const nameOf = (side: Side): string => t(`update.${TEXTS[when].sides}.${side}`);
  return (
    <Loaded query={preview} height={560}>
      {(both) => {
        const show = (side: Side) => <OneSide side={side} email={both[side]} when={when} />;
        return isNarrow ? (
          <Tabs defaultValue="after" keepMounted={false}>
            <Tabs.List grow mb="sm">
              {SIDES.map((side) => (
                <Tabs.Tab key={side} value={side}>
                  {nameOf(side)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {SIDES.map((side) => (
              <Tabs.Panel key={side} value={side}>
                {show(side)}
              </Tabs.Panel>
            ))}
          </Tabs>
        ) : (
          <SimpleGrid cols={2}>
            {SIDES.map((side) => (
              <Stack key={side} gap="xs">
                <Text fw={600}>{nameOf(side)}</Text>
                {show(side)}
              </Stack>
            ))}
          </SimpleGrid>
        );
      }}
    </Loaded>
  );
}

interface OneSideProps {
  readonly side: Side;
  readonly email: UpdatePreview[Side];
  readonly when: When;
}

function OneSide({ side, email, when }: OneSideProps) {
  const { t } = useTranslation();
  if (email === null) return <Text size="sm">{t(`update.none.${side}`)}</Text>;
  return (
    <Stack gap="xs">
      <Text size="sm">{email.subject}</Text>
      <Preview title={t(`update.${TEXTS[when].frame}.${side}`)} html={email.html} layoutWidth={600} height={560} />
    </Stack>
  );
}

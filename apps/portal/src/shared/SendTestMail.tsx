import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconMailFast } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBrandName } from './BrandChoice';
import { Dialog } from './Dialog';
import { useFormat } from './format';
import { Loaded } from './Page';
import { ProblemNote } from './ProblemNote';
import type { Recipient } from './RecipientChoice';
import { sendTestMails, useTeamMembers } from './requests';
import { useCan, useSession } from './session';

const MOST = 5;

interface SendTestMailProps {
  readonly campaignId: string;
  readonly number: number;
  readonly emailKey: string;
  readonly locale: string;
  /** Empty: the sample. */
  readonly partnerId: string;
  readonly recipient: Recipient;
  /** Texts that are not in the version yet. */
  readonly changes?: Readonly<Record<string, string | null>>;
}

/** Sends the shown e-mail to the vendor's own team, marked as a test. */
export function SendTestMail(props: SendTestMailProps) {
  const { t } = useTranslation();
  const can = useCan();
  const [opened, { open, close }] = useDisclosure(false);
  if (!can('campaigns.test')) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconMailFast size={16} aria-hidden />} onClick={open}>
        {t('testMail.open')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('testMail.open')} centered>
        <TestMailForm {...props} onDone={close} />
      </Dialog>
    </>
  );
}

function TestMailForm({ onDone, ...about }: SendTestMailProps & { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { user } = useSession();
  const team = useTeamMembers();
  const partner = useBrandName(about.partnerId);
  const [to, setTo] = useState<string[]>([user.email]);
  const { campaignId, number, emailKey, locale, partnerId, recipient, changes = {} } = about;
  const send = useMutation({
    mutationFn: () => {
      const body = { key: emailKey, locale, partnerId: partnerId === '' ? null : partnerId, recipient, changes, to };
      return sendTestMails(campaignId, number, body);
    },
    onSuccess: (sent) => {
      notifications.show({ color: 'teal', message: t('testMail.sent', { to: sent.to.join(', ') }) });
      onDone();
    },
  });
  const language = format.language(locale);
  return (
    <Stack>
      <Text size="sm">
        {about.partnerId === '' ? t('testMail.whatSample', { language }) : t('testMail.what', { partner, language })}
      </Text>
      <Loaded query={team} height={120}>
        {({ items }) => (
          <Checkbox.Group label={t('testMail.to')} value={to} onChange={setTo}>
            <Stack gap="xs" mt="xs">
              {items.map(({ id, name, email }) => (
                <Checkbox
                  key={id}
                  value={email}
                  label={name}
                  description={email}
                  disabled={to.length >= MOST && !to.includes(email)}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
      </Loaded>
      <ProblemNote error={send.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t('common.back')}
        </Button>
        <Button disabled={to.length === 0} loading={send.isPending} onClick={() => send.mutate()}>
          {t('testMail.send')}
        </Button>
      </Group>
    </Stack>
  );
}

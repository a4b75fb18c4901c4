import { Alert, Button, Code, CopyButton, Group, Image, Modal, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TotpSecretView } from '#contracts';
import { CodeField } from '../../shared/CodeField';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate } from '../../shared/query-keys';
import { useReloadSession } from '../../shared/session';
import { renewRecoveryCodes, securityKeys, startTotp, turnOffTotp, turnOnTotp } from './api';

interface AuthenticatorAppProps {
  readonly totpSince: string | null;
  readonly recoveryCodesLeft: number;
}

/** Sets up the authenticator app, or shows it with its recovery codes. */
export function AuthenticatorApp({ totpSince, recoveryCodesLeft }: AuthenticatorAppProps) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <>
      {totpSince === null ? (
        <SetUp onCodes={setCodes} />
      ) : (
        <App since={totpSince} codesLeft={recoveryCodesLeft} onCodes={setCodes} />
      )}
      <CodesDialog codes={codes} onClose={() => setCodes(null)} />
    </>
  );
}

interface WithCodes {
  readonly onCodes: (codes: readonly string[]) => void;
}

function SetUp({ onCodes }: WithCodes) {
  const { t } = useTranslation();
  const start = useMutation({ mutationFn: startTotp });
  if (start.data !== undefined) return <FirstCode secret={start.data} onCodes={onCodes} onCancel={start.reset} />;
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('security.totp.off')}
      </Text>
      <ProblemNote error={start.error} />
      <Group>
        <Button variant="default" loading={start.isPending} onClick={() => start.mutate()}>
          {t('security.totp.setUp')}
        </Button>
      </Group>
    </Stack>
  );
}

interface FirstCodeProps extends WithCodes {
  readonly secret: TotpSecretView;
  readonly onCancel: () => void;
}

/** The QR code, and the first code that proves that the app has the secret. */
function FirstCode({ secret: { secret, qrCode }, onCodes, onCancel }: FirstCodeProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const reloadSession = useReloadSession();
  const form = useForm({ initialValues: { code: '' } });
  const turnOn = useMutation({
    mutationFn: (body: typeof form.values) => turnOnTotp(body),
    onSuccess: async ({ codes }) => {
      onCodes(codes);
      await Promise.all([invalidate(client, securityKeys.security), reloadSession()]);
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => turnOn.mutate(values))}>
      <Stack>
        <Text size="sm">{t('security.totp.scan')}</Text>
        <Image src={qrCode} alt={t('security.totp.picture')} w={220} h={220} bg="white" />
        <Text size="sm">
          {t('security.totp.secret')} <Code style={{ overflowWrap: 'anywhere' }}>{secret}</Code>
        </Text>
        <CodeField label={t('security.totp.code')} {...form.getInputProps('code')} />
        <ProblemNote error={turnOn.error} />
        <Group>
          <Button type="submit" loading={turnOn.isPending}>
            {t('security.totp.turnOn')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('security.totp.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface AppProps extends WithCodes {
  readonly since: string;
  readonly codesLeft: number;
}

function App({ since, codesLeft, onCodes }: AppProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: turnOffTotp,
    onSuccess: () => invalidate(client, securityKeys.security),
  });
  const renew = useMutation({
    mutationFn: renewRecoveryCodes,
    onSuccess: ({ codes }) => {
      onCodes(codes);
      return invalidate(client, securityKeys.security);
    },
  });
  return (
    <Stack>
      <Text size="sm">
        {t('security.totp.on', { at: format.moment(since) })} {t('security.totp.left', { count: codesLeft })}
      </Text>
      <Group gap="sm">
        <Confirm
          label={t('security.totp.renew')}
          question={t('security.totp.renewQuestion')}
          danger={false}
          onConfirm={() => renew.mutateAsync()}
        >
          {t('security.totp.renewText')}
        </Confirm>
        <Confirm
          label={t('security.totp.remove')}
          question={t('security.totp.removeQuestion')}
          onConfirm={() => remove.mutateAsync()}
        >
          {t('security.totp.removeText')}
        </Confirm>
      </Group>
    </Stack>
  );
}

interface CodesDialogProps {
  readonly codes: readonly string[] | null;
  readonly onClose: () => void;
}

/** Shows recovery codes once. Only its button closes it. */
function CodesDialog({ codes, onClose }: CodesDialogProps) {
  const { t } = useTranslation();
  const text = (codes ?? []).join('\n');
  return (
    <Modal
      opened={codes !== null}
      onClose={onClose}
      title={t('security.codes.title')}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      centered
    >
      <Stack>
        <Alert color="yellow">{t('security.codes.text')}</Alert>
        <Code block>{text}</Code>
        <Group justify="flex-end">
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {t(copied ? 'security.codes.copied' : 'security.codes.copy')}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>{t('security.codes.done')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

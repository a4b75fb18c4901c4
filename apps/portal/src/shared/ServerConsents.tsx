import { Alert, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerVendorView, VendorServerView } from '#contracts';
import { Confirm } from './Confirm';
import { useFormat } from './format';
import { invalidate, queryKeys } from './query-keys';
import { giveRelayConsent, revokeRelayConsent } from './requests';
import { useCan } from './session';

interface ServerConsentProps {
  readonly vendor: PartnerVendorView;
  readonly server: VendorServerView;
}

/**
 * Changes a consent, and refetches all that shows it. A refused change is shown
 * in the confirmation.
 */
function useConsentChange(send: (body: object) => Promise<unknown>, { vendor, server }: ServerConsentProps) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => send({ vendorId: vendor.vendorId, purpose: server.purpose, host: server.host }),
    onSuccess: () =>
      invalidate(client, queryKeys.vendors, queryKeys.offerDetails, queryKeys.activations, queryKeys.activationDetails),
  });
}

/** Tells what the operator of a server sees, and asks for consent to it. */
function MissingConsent(props: ServerConsentProps) {
  const { vendor, server } = props;
  const { t } = useTranslation();
  const can = useCan();
  const give = useConsentChange(
    ({ vendorId, ...named }: { vendorId?: string }) => giveRelayConsent({ vendorId, servers: [named] }),
    props,
  );
  const { host } = server;
  const text = t(`serverConsent.${server.purpose}`, { vendor: vendor.name, host });
  return (
    <Alert color="yellow" title={t(server.hasMoved ? 'serverConsent.moved' : 'serverConsent.missing')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {text}
        </Text>
        <Confirm
          label={t('serverConsent.give', { host })}
          question={t('serverConsent.giveQuestion', { host })}
          danger={false}
          disabled={!can('activations.launch')}
          onConfirm={() => give.mutateAsync()}
        >
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {text}
          </Text>
        </Confirm>
      </Stack>
    </Alert>
  );
}

/** A consent in force, which the partner can withdraw. */
function GivenConsent(props: ServerConsentProps & { readonly consent: { givenBy: string; givenAt: string } }) {
  const { vendor, server, consent } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const revoke = useConsentChange(revokeRelayConsent, props);
  const { host } = server;
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {t('serverConsent.given', { host, by: consent.givenBy, at: format.moment(consent.givenAt) })}
      </Text>
      <Confirm
        label={t('serverConsent.revoke', { host })}
        question={t('serverConsent.revokeQuestion', { host })}
        size="xs"
        disabled={!can('activations.launch')}
        onConfirm={() => revoke.mutateAsync()}
      >
        <Text size="sm">{t('serverConsent.revokeText', { vendor: vendor.name })}</Text>
      </Confirm>
    </Group>
  );
}

/** All servers of a vendor that see the partner's mail, with consents. */
export function ServerConsents({ vendor }: { readonly vendor: PartnerVendorView }) {
  return vendor.servers.map((server) => {
    const key = `${server.purpose} ${server.host}`;
    return server.consent === null ? (
      <MissingConsent key={key} vendor={vendor} server={server} />
    ) : (
      <GivenConsent key={key} vendor={vendor} server={server} consent={server.consent} />
    );
  });
}

import { Box, Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconPlayerPause, IconPlayerStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { useCan } from '../../shared/session';
import { Confirm } from '../../shared/Confirm';
import { ProblemNote } from '../../shared/ProblemNote';
import { Postponement } from './Postponement';
import { Resume } from './Resume';
import { type ActivationControl, controlActivation } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

/**
 * Postpone, hold, resume and stop for a partner's activation.
 * Only stop asks for confirmation, as only stop is final.
 */
export function ActivationControls({ activation }: { readonly activation: ActivationDetail }) {
  const { id, status, statusReason, names, vendorAct } = activation;
  // Only its vendor can let it go on.
  const isVendors = vendorAct !== null || statusReason === 'recalled by the vendor';
  const { t } = useTranslation();
  const can = useCan();
  const control = useControl(id);
  if (!can('activations.control') || (status !== 'active' && status !== 'held')) return null;
  return (
    <>
      <Postponement activationId={id} names={names} isHeld={status === 'held'} />
      {status === 'active' ? (
        <Hold isPending={control.isPending && control.variables === 'hold'} onHold={() => control.mutate('hold')} />
      ) : isVendors ? null : (
        <Resume
          activationId={id}
          names={names}
          pending={control.isPending && control.variables === 'resume'}
          error={control.variables === 'resume' ? control.error : null}
          onResume={() => control.mutate('resume')}
        />
      )}
      <Confirm
        label={t('activation.stop')}
        question={t('activation.stopQuestion')}
        icon={<IconPlayerStop size={16} aria-hidden />}
        onConfirm={() => control.mutateAsync('stop')}
      >
        {t('activation.stopText')}
      </Confirm>
      {control.variables === 'hold' && control.error !== null && (
        <Box w="100%">
          <ProblemNote error={control.error} />
        </Box>
      )}
    </>
  );
}

function Hold({ isPending, onHold }: { readonly isPending: boolean; readonly onHold: () => void }) {
  const { t } = useTranslation();
  return (
    <Button
      variant="default"
      leftSection={<IconPlayerPause size={16} aria-hidden />}
      loading={isPending}
      onClick={onHold}
    >
      {t('activation.hold')}
    </Button>
  );
}

function useControl(activationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (what: ActivationControl) => controlActivation(activationId, what),
    onSuccess: (changed) => {
      client.setQueryData(queryKeys.activation(activationId), changed);
      void invalidate(client, queryKeys.activations);
    },
  });
}

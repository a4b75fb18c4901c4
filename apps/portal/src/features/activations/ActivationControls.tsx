import { Box, Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArrowBackUp, IconPlayerPause, IconPlayerStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { useCan } from '../../shared/session';
import { Confirm } from '../../shared/Confirm';
import { ProblemNote } from '../../shared/ProblemNote';
import { Postponement } from './Postponement';
import { Resume } from './Resume';
import { isNothingSent, useUndoLaunch } from '../../shared/undo-launch';
import { type ActivationControl, controlActivation } from './api';

/**
 * Undo, postpone, hold, resume and stop for a partner's activation.
 * Only stop asks for confirmation, as only stop is final.
 */
export function ActivationControls({ activation }: { readonly activation: ActivationDetail }) {
  const { id, status, names } = activation;
  const { t } = useTranslation();
  const can = useCan();
  const client = useQueryClient();
  const undo = useUndoLaunch();
  const control = useMutation({
    mutationFn: (what: ActivationControl) => controlActivation(id, what),
    onSuccess: (changed) => {
      client.setQueryData(['activation', id], changed);
      void client.invalidateQueries({ queryKey: ['activations'] });
    },
  });
  if (!can('activations.control') || (status !== 'active' && status !== 'held')) return null;
  return (
    <>
      {isNothingSent(activation) && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          loading={undo.isPending}
          onClick={() => undo.mutate(id)}
        >
          {t('undo.go')}
        </Button>
      )}
      <Postponement activationId={id} names={names} isHeld={status === 'held'} />
      {status === 'active' ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          loading={control.isPending && control.variables === 'hold'}
          onClick={() => control.mutate('hold')}
        >
          {t('activation.hold')}
        </Button>
      ) : (
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

import { Alert, Button, Group, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerVendorView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { EndPartnershipDialog } from '../../shared/partnership/EndPartnershipDialog';
import { PartnershipEndNote } from '../../shared/partnership/PartnershipEndNote';
import { useCan, useSession } from '../../shared/session';
import { leaveVendor, stayWithVendor } from './api';

interface OfVendor {
  readonly vendor: PartnerVendorView;
}

/** The end of the partnership with a vendor, and what the partner can do about it. */
export function LeaveVendor({ vendor }: OfVendor) {
  const { end, isMember } = vendor;
  const can = useCan();
  if (end === null) return isMember && can('membership.end') && <Leave vendor={vendor} />;
  return <End vendor={vendor} />;
}

function End({ vendor: { vendorId, name, end, isMember } }: OfVendor) {
  const { t } = useTranslation();
  const can = useCan();
  const client = useQueryClient();
  const { organisation } = useSession();
  if (end === null) return null;
  const { by, returnOfferedAt } = end;
  const isOwnChoice = by === 'partner' && (isMember || returnOfferedAt !== null);
  return (
    <Alert color={isMember ? 'yellow' : 'gray'} title={t(isMember ? 'partnershipEnd.ends' : 'partnershipEnd.isOver')}>
      <Stack gap="sm" align="flex-start">
        <PartnershipEndNote end={end} who={by === 'vendor' ? name : (organisation?.name ?? '')} isOver={!isMember} />
        {isOwnChoice && can('membership.end') && (
          <Confirm
            danger={false}
            size="xs"
            label={t(isMember ? 'vendors.stay' : 'vendors.comeBack')}
            question={t(isMember ? 'vendors.stayQuestion' : 'vendors.comeBackQuestion', { vendor: name })}
            onConfirm={() => stayWithVendor(vendorId).then(() => client.invalidateQueries())}
          >
            {t(isMember ? 'vendors.stayText' : 'vendors.comeBackText', { vendor: name })}
          </Confirm>
        )}
      </Stack>
    </Alert>
  );
}

function Leave({ vendor: { vendorId, name } }: OfVendor) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Group>
      <Button size="xs" variant="default" onClick={open} aria-label={t('vendors.leaveOne', { vendor: name })}>
        {t('vendors.leave')}
      </Button>
      <EndPartnershipDialog
        opened={opened}
        onClose={close}
        question={t('vendors.leaveQuestion', { vendor: name })}
        about={`leave vendor ${vendorId}`}
        text={t('vendors.leaveText', { vendor: name })}
        action={t('vendors.leave')}
        why={t('vendors.leaveReasonWhy', { vendor: name })}
        done={t('vendors.left', { vendor: name })}
        onSend={(end) => leaveVendor(vendorId, end)}
      />
    </Group>
  );
}

import { Anchor, Stack } from '@mantine/core';
import { IconBuildingStore } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PARTNER_STEPS, type PartnerStep } from '#contracts';
import { Empty } from '../../shared/Empty';
import { Loaded, Page } from '../../shared/Page';
import { SavedViewsMenu } from '../../shared/SavedViewsMenu';
import { useUrlState } from '../../shared/url-state';
import { useProgrammeActivity } from './api';
import { Participation } from './Participation';
import { PartnerFunnel } from './PartnerFunnel';
import { Standings } from './Standings';

/** What a vendor's partners do. `?step=` lists those who stand at a step. */
export function ProgrammeActivityScreen() {
  const { t } = useTranslation();
  const activity = useProgrammeActivity();
  // Another step keeps the sort.
  const [chosen, set] = useUrlState<PartnerStep | ''>('step', '', PARTNER_STEPS);
  const step = chosen === '' ? null : chosen;
  const choose = (next: PartnerStep | null) => set(next ?? '');
  return (
    <Page
      title={t('programmeActivity.title')}
      lead={
        <>
          {t('programmeActivity.lead')}{' '}
          <Anchor component={Link} to="/partners" size="sm">
            {t('programmeActivity.toPartners')}
          </Anchor>
        </>
      }
      actions={<SavedViewsMenu screen="/partner-activity" />}
    >
      <Loaded query={activity} height={480}>
        {({ weeks, quarters, funnel, showing }) =>
          funnel[0]?.reached === 0 ? (
            <Empty icon={IconBuildingStore} title={t('programmeActivity.none')}>
              {t('programmeActivity.noneText')}
            </Empty>
          ) : (
            <Stack gap="xl">
              <Participation weeks={weeks} quarters={quarters} />
              <PartnerFunnel funnel={funnel} showing={showing} chosen={step} onChoose={choose} />
              <Standings step={step} onStep={choose} />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

import { useTranslation } from 'react-i18next';
import { Loaded, Page } from '../../../shared/Page';
import { Section } from '../../../shared/Section';
import { useTierRules } from '../../../shared/requests';
import { useCan } from '../../../shared/session';
import { useAttributesForRules, usePartnerTraits } from '../api';
import { ComingDropsTable } from './ComingDropsTable';
import { RulesForm } from './RulesForm';
import { TierHistory } from './TierHistory';

/** The rules of a vendor's tiers, the partners that are about to drop, and all changes. */
export function TiersScreen() {
  const { t } = useTranslation();
  const can = useCan();
  const rules = useTierRules();
  const attributes = useAttributesForRules();
  const traits = usePartnerTraits();
  return (
    <Page title={t('tiers.title')} lead={t(can('programme.read') ? 'tiers.lead' : 'managers.ownOnly')}>
      <Section title={t('tiers.rules')} text={t('tiers.rulesWhy')}>
        <Loaded query={rules} height={420}>
          {(saved) =>
            attributes.data !== undefined &&
            traits.data !== undefined && (
              <RulesForm saved={saved} attributes={attributes.data.items} known={traits.data.tiers} />
            )
          }
        </Loaded>
      </Section>
      <Section title={t('tiers.drops')} text={t('tiers.dropsWhy')}>
        <ComingDropsTable />
      </Section>
      <Section title={t('tiers.history')} text={t('tiers.historyWhy')}>
        <TierHistory />
      </Section>
    </Page>
  );
}

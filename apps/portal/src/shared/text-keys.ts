import type account from '../locales/en/account.json';
import type activations from '../locales/en/activations.json';
import type applications from '../locales/en/applications.json';
import type attributes from '../locales/en/attributes.json';
import type brand from '../locales/en/brand.json';
import type calendar from '../locales/en/calendar.json';
import type campaigns from '../locales/en/campaigns.json';
import type contacts from '../locales/en/contacts.json';
import type costs from '../locales/en/costs.json';
import type deals from '../locales/en/deals.json';
import type editor from '../locales/en/editor.json';
import type experiments from '../locales/en/experiments.json';
import type founding from '../locales/en/founding.json';
import type home from '../locales/en/home.json';
import type leads from '../locales/en/leads.json';
import type library from '../locales/en/library.json';
import type listImport from '../locales/en/list-import.json';
import type newsletters from '../locales/en/newsletters.json';
import type offers from '../locales/en/offers.json';
import type optOuts from '../locales/en/opt-outs.json';
import type partnerImport from '../locales/en/partner-import.json';
import type partners from '../locales/en/partners.json';
import type person from '../locales/en/person.json';
import type plan from '../locales/en/plan.json';
import type posts from '../locales/en/posts.json';
import type privacy from '../locales/en/privacy.json';
import type profile from '../locales/en/profile.json';
import type providers from '../locales/en/providers.json';
import type recalls from '../locales/en/recalls.json';
import type programmeActivity from '../locales/en/programme-activity.json';
import type results from '../locales/en/results.json';
import type sending from '../locales/en/sending.json';
import type shared from '../locales/en/shared.json';
import type tiers from '../locales/en/tiers.json';
import type translation from '../locales/en/translation.json';
import type team from '../locales/en/team.json';
import type vendorHome from '../locales/en/vendor-home.json';
import type vendors from '../locales/en/vendors.json';
import type webhooks from '../locales/en/webhooks.json';

/**
 * All texts of the portal. The keys of `t('…')` are those of the English files.
 */
export type Texts = typeof account &
  typeof activations &
  typeof applications &
  typeof attributes &
  typeof brand &
  typeof calendar &
  typeof campaigns &
  typeof contacts &
  typeof costs &
  typeof deals &
  typeof editor &
  typeof experiments &
  typeof founding &
  typeof home &
  typeof leads &
  typeof library &
  typeof listImport &
  typeof newsletters &
  typeof offers &
  typeof optOuts &
  typeof partnerImport &
  typeof partners &
  typeof person &
  typeof plan &
  typeof posts &
  typeof privacy &
  typeof profile &
  typeof providers &
  typeof recalls &
  typeof programmeActivity &
  typeof results &
  typeof sending &
  typeof shared &
  typeof team &
  typeof tiers &
  typeof translation &
  typeof vendorHome &
  typeof vendors &
  typeof webhooks;

export { codeFaults, type InlineCode, partsOf, type TextPart } from './inline-codes.js';
export {
  CAMPAIGN_FILE,
  type CampaignTexts,
  campaignTexts,
  catalogueFile,
  countByState,
  isInCampaignFile,
  type Translation,
  translationsInto,
} from './campaign-texts.js';
export type { TextPlace } from './text-places.js';
export {
  isOpen,
  TRANSLATION_STATES,
  type TranslationRecord,
  type TranslationState,
  translationState,
} from './translation-state.js';

export { codeFaults, type CodeFaults, type InlineCode, partsOf, type TextPart } from './inline-codes.js';
export {
  CAMPAIGN_FILE,
  type CampaignText,
  type CampaignTexts,
  campaignTexts,
  catalogueFile,
  countByState,
  isInCampaignFile,
  type Translation,
  translationsInto,
} from './campaign-texts.js';
export type { PlaceKind, TextPlace, TextRole } from './text-places.js';
export {
  isOpen,
  needsTranslator,
  TRANSLATION_STATES,
  type TranslationRecord,
  type TranslationState,
  translationState,
} from './translation-state.js';

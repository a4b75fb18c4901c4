export { literalTexts } from './literal-texts.js';
export { compileForCanvas, compileMaster, warmUpCompiler } from './compiler.js';
export type { Compiled, MasterInput } from './compile.js';
export type { SlotPosition } from './allow-list.js';
export type { Master, Hole } from './master.js';
export { logoName, WHEN_FIELDS } from './master.js';
export {
  slotFromText,
  slotText,
  checkSlot,
  type SlotNodes,
  type SlotRule,
  type SlotFormat,
  type PictureRule,
} from './slot.js';
export { bake, type BakedMaster, masterOfPartner, type PartnerValues } from './bake.js';
export { closest } from './closest.js';
export { isFilled, missingFields } from './missing-fields.js';
export { personalise, UNKNOWN_READER, type RecipientValues, type Personal } from './personalise.js';
export { prepareMime, buildMime, type PreparedMime } from './mime.js';
export type { ConditionField, ConditionValues } from './variant.js';
export { programText } from './program-text.js';
export { withoutLinksTo } from './without-links.js';
export { conditionFieldsOf, type DrawnArm, readVariant, simpleVariantsOf, variantOf, variantOfArm } from './variant.js';
export { encodeText, formatAddress, headerLine } from './headers.js';
export { contrast, MIN_CONTRAST, nearestReadable } from './contrast.js';
export type { ColourPair } from './readability.js';
export {
  type BrandColours,
  colourPairsOf,
  contrastProblems,
  type ContrastProblem,
  problemsOfPairs,
} from './brand-contrast.js';
export { MailBrands, type MailLook } from './mail-brands.js';
export {
  type MailBrand,
  type MailFact,
  type MailLogo,
  type MailPicture,
  type MailSettings,
  renderMailTemplate,
} from './mail-template.js';
export { markParts, markSlots } from './overlay.js';
export { describeMaster } from './describe.js';
export {
  FORM_FIELDS,
  FORM_LANGUAGE,
  FORM_STYLE,
  formHtml,
  formLabels,
  pageWithForm,
  SPAM_TRAP,
  VISITOR_CLICK,
  type FormField,
  type FormRule,
  type FormTexts,
} from './form.js';
export {
  cardOf,
  type ComponentContent,
  componentContent,
  framedPage,
  type PageCard,
  withDiscovery,
  withFormAction,
} from './embedded-page.js';
export { legalLinkNames } from './legal-links.js';
export { DECOY_LINK, LEGAL_LINKS, RESERVED_LINKS, maxCharsOf } from './fields.js';
export { greetingOf, personName } from './greeting.js';
export { authoringLanguage } from './language.js';
export { unicodeHost } from './unicode-host.js';
export { mergeTagIn } from './merge-tags.js';
export {
  type CharacterPlace,
  placeOf,
  cleanText,
  escapeHtml,
  nameProblem,
  personNameProblem,
  type UrlPolicy,
  type ValueProblem,
} from './values.js';

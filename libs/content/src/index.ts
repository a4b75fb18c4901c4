export { readPackage } from './package/package-reader.js';
export { unzipPackage } from './package/unzip-task.js';
export { writeZip } from './package/package-writer.js';
export { editPackage, fileNameProblems, isEditable } from './package/package-edit.js';
export { inspectFile } from './package/inspect-task.js';
export { copyPackage } from './package/package-copy.js';
export { PACKAGE_LIMITS, type CampaignPackage } from './package/campaign-package.js';
export { type CampaignDifference, differenceBetween, type PartDifference, sentEmails } from './campaign-difference.js';
export { compilePackage, type PackageCompilation } from './compile/compile-package.js';
export {
  type CampaignDefinition,
  type Localised,
  defaultLocale,
  leadRuleOf,
} from './definition/campaign-definition.js';
export {
  SOCIAL_FORMATS,
  type CampaignSlot,
  type CompiledArtworkOnly,
  fileOfImage,
  type CompiledCampaign,
  type CompiledPage,
  type SocialFormat,
} from './compile/compiled-campaign.js';
export { readDefinition } from './definition/definition-reader.js';
export { CompiledCampaigns } from './compiled-campaigns.service.js';
export { type CampaignDigest, digestOf } from './campaign-digest.js';
export { untranslatedWarning } from './compile/text-checks.js';
export { programTexts } from './program-texts.js';
export { stepNames } from './step-names.js';
export { PublicImages } from './public-images.service.js';
export { COMPILE_PACKAGE } from './content.jobs.js';
export { ContentModule } from './content.module.js';
export type { OutwardLink } from './definition/outward-links.js';

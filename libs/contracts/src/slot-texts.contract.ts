import { z } from 'zod';

const Lines = z.record(z.string().max(60), z.string().max(5_000)).describe('lines by slot, separated by line breaks');

/** The texts of slots to store; others stay as they are. */
export const SaveSlotTexts = z.strictObject({ texts: Lines });

/** A partner's own texts of a campaign before its launch. */
export const SlotTextsView = z.object({ texts: z.record(z.string(), Lines).describe('by language (BCP 47)') });
export type SlotTextsView = z.infer<typeof SlotTextsView>;

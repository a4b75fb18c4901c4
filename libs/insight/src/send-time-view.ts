import type { SendTimeView } from '#contracts';
import type { SendTime } from '#sequencing';

/** A tested time for display; null for none. */
export const sendTimeView = (time: SendTime | null): SendTimeView | null =>
  time === null ? null : { from: time.from, to: time.to, weekdays: [...(time.weekdays ?? [])] };

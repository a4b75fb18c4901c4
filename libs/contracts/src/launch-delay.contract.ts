import { z } from 'zod';

const Minutes = z.number().int().min(0).max(60);

export const SaveLaunchDelay = z.strictObject({
  minutes: Minutes.describe('between a launch and its first e-mail; 0: the launch cannot be undone in sending hours'),
});

/** How long a partner's launches wait, so that they can be undone. */
export const LaunchDelayView = z.object({
  minutes: Minutes,
  standard: Minutes.describe('of the installation, for partners without their own'),
});
export type LaunchDelayView = z.infer<typeof LaunchDelayView>;

import type { Provider } from '@nestjs/common';
import { ActivationDetailViews } from './activation-details.view.js';
import { ActivationViews } from './activations.view.js';
import { ReadyPostViews } from './ready-posts.view.js';
import { RunningProgressViews } from './running-progress.view.js';
import { VendorActs } from './vendor-acts.service.js';

/** Activations as their readers see them. */
export const ACTIVATION_PROVIDERS: readonly Provider[] = [
  ActivationViews,
  ActivationDetailViews,
  RunningProgressViews,
  ReadyPostViews,
  VendorActs,
];

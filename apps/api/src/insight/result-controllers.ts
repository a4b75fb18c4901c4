import type { Type } from '@nestjs/common';
import { CostImportsController } from '../costs/cost-imports.controller.js';
import { CostsController } from '../costs/costs.controller.js';
import { AttributionController } from './attribution.controller.js';
import { ExperimentsController } from './experiments.controller.js';
import { FirstResultsController } from './first-results.controller.js';
import { InsightController } from './insight.controller.js';
import { ProgrammeActivityController } from './programme-activity.controller.js';
import { ReturnsController } from './returns.controller.js';
import { TimelineMarksController } from './timeline-marks.controller.js';
import { VendorInsightController } from './vendor-insight.controller.js';

/** Results of campaigns, what they cost and what they brought. */
export const RESULT_CONTROLLERS: readonly Type[] = [
  AttributionController,
  CostImportsController,
  CostsController,
  ExperimentsController,
  FirstResultsController,
  InsightController,
  ProgrammeActivityController,
  ReturnsController,
  TimelineMarksController,
  VendorInsightController,
];

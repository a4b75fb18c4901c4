import type { Type } from '@nestjs/common';
import { AssetRecallMail } from './asset-recall-mail.service.js';
import { AssetRecalls } from './asset-recalls.service.js';
import { Copies } from './copies.service.js';
import { OpenRecalls } from './open-recalls.service.js';
import { RecallControl } from './recall-control.service.js';
import { RecallLetters } from './recall-letters.repository.js';
import { RecallMail } from './recall-mail.service.js';
import { RecallNames } from './recall-names.service.js';
import { RecallNotices } from './recall-notices.service.js';
import { RecallReportRows } from './recall-report-rows.service.js';
import { RecallReports } from './recall-reports.service.js';
import { RecallRows } from './recall-rows.repository.js';
import { RecallWork } from './recall-work.service.js';
import { RecalledActivations } from './recalled-activations.service.js';

/** Recalls, for other libs and processes. */
export const RECALL_SERVICES: readonly Type[] = [
  AssetRecallMail,
  AssetRecalls,
  Copies,
  OpenRecalls,
  RecallControl,
  RecalledActivations,
  RecallNames,
  RecallReports,
  RecallWork,
];

/** What those need, for this lib alone. */
export const RECALL_PARTS: readonly Type[] = [RecallLetters, RecallMail, RecallNotices, RecallReportRows, RecallRows];

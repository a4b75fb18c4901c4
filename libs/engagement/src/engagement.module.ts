import { Module } from '@nestjs/common';
import { Engagement } from './engagement.service.js';

@Module({ providers: [Engagement], exports: [Engagement] })
export class EngagementModule {}
